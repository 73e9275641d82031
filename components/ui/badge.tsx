import { cva, type VariantProps } from 'class-variance-authority'
import type { ReactNode } from 'react'
import { cn } from './cn'

const badgeStyles = cva(
  'inline-flex min-h-6 shrink-0 items-center gap-1.5 rounded-full border px-2 text-xs font-medium whitespace-nowrap max-[22rem]:shrink max-[22rem]:whitespace-normal [&_svg]:size-3.5',
  {
    variants: {
      tone: {
        neutral: 'border-line-strong bg-sunken text-muted',
        accent: 'border-accent-line bg-accent-soft text-accent-ink',
        success: 'border-success-line bg-success-soft text-success-ink',
        warning: 'border-warning-line bg-warning-soft text-warning-ink',
        danger: 'border-danger-line bg-danger-soft text-danger-ink',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

type BadgeProps = VariantProps<typeof badgeStyles> & {
  /** A dot before the words: for states. */
  dot?: boolean
  className?: string
  children: ReactNode
}

/** A short state or kind in words; colour only repeats it. */
export function Badge({ tone, dot, className, children }: BadgeProps) {
  return (
    <span className={cn(badgeStyles({ tone }), className)}>
      {dot && (
        <span
          aria-hidden="true"
          className="size-1.5 shrink-0 rounded-full bg-current forced-colors:bg-[CanvasText]"
        />
      )}
      {children}
    </span>
  )
}
