import { type ReactNode, useId } from 'react'
import { cn } from './cn'

interface CardProps {
  title?: ReactNode
  /** Heading level of the title. */
  level?: 2 | 3
  description?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  footer?: ReactNode
  /** Without inner padding: for tables. */
  flush?: boolean
  className?: string
  children?: ReactNode
}

/** A framed part of a page; a named region when it has a title. */
export function Card({
  title,
  level = 2,
  description,
  actions,
  footer,
  flush,
  className,
  children,
}: CardProps) {
  const id = useId()
  const Heading = `h${level}` as const
  const Box = title ? 'section' : 'div'
  return (
    <Box
      aria-labelledby={title ? id : undefined}
      className={cn('flex min-w-0 flex-col rounded-lg border border-line bg-surface shadow-card', className)}
    >
      {(title || actions) && (
        <div
          className={cn(
            'flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 pt-4 sm:px-6 sm:pt-5',
            flush && 'border-b border-line pb-4',
          )}
        >
          <div className="min-w-0 flex-1 basis-56">
            {title && (
              <Heading id={id} className="text-base font-semibold">
                {title}
              </Heading>
            )}
            {description && (
              <div className="mt-1 max-w-prose text-sm text-pretty text-muted">{description}</div>
            )}
          </div>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
      )}
      {children && (
        <div className={cn('min-w-0 flex-1', !flush && 'px-4 py-4 sm:px-6 sm:py-5')}>{children}</div>
      )}
      {footer && (
        <div className="rounded-b-lg border-t border-line bg-canvas px-4 py-3 text-sm text-muted sm:px-6">
          {footer}
        </div>
      )}
    </Box>
  )
}
