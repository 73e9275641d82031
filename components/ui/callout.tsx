import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

export type CalloutTone = 'info' | 'success' | 'warning' | 'danger'

const looks = {
  info: { icon: Info, box: 'border-accent-line bg-accent-soft', ink: 'text-accent-ink' },
  success: { icon: CircleCheck, box: 'border-success-line bg-success-soft', ink: 'text-success-ink' },
  warning: { icon: TriangleAlert, box: 'border-warning-line bg-warning-soft', ink: 'text-warning-ink' },
  danger: { icon: OctagonAlert, box: 'border-danger-line bg-danger-soft', ink: 'text-danger-ink' },
}

type CalloutProps = Omit<ComponentProps<'div'>, 'title'> & {
  tone?: CalloutTone
  title?: ReactNode
  /** Buttons or links under the text. */
  actions?: ReactNode
}

/** A message set off from the page. Give `role="alert"` or `"status"` when it appears in answer to something. */
export function Callout({ tone = 'info', title, actions, className, children, ...props }: CalloutProps) {
  const { icon: Icon, box, ink } = looks[tone]
  return (
    <div {...props} className={cn('flex gap-3 rounded-lg border p-4 text-sm', box, className)}>
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', ink)} />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cn(title && 'mt-1')}>{children}</div>}
        {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  )
}
