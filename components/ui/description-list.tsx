import type { ReactNode } from 'react'
import { cn } from './cn'

interface DescriptionListProps {
  items: readonly { term: string; detail: ReactNode }[]
  /** Terms above their details in a grid, instead of beside them. */
  grid?: boolean
  className?: string
}

/** Facts as terms and details. */
export function DescriptionList({ items, grid, className }: DescriptionListProps) {
  return (
    <dl
      className={cn(
        'text-sm',
        grid
          ? 'grid gap-x-8 gap-y-5 sm:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]'
          : 'divide-y divide-line',
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.term}
          className={cn(
            'min-w-0',
            !grid &&
              'grid items-baseline gap-x-6 gap-y-0.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[9rem_1fr]',
          )}
        >
          <dt className="text-muted">{item.term}</dt>
          <dd className={cn('min-w-0 wrap-anywhere', grid && 'mt-1')}>{item.detail}</dd>
        </div>
      ))}
    </dl>
  )
}
