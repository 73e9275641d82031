import { cn } from '../ui/cn'

/** The mark: a gatehouse, two towers and an arch. Decoration beside the name. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 text-accent-ink', className)}>
      <path
        fill="currentColor"
        d="M2.5 3.5a.75.75 0 0 1 .75-.75h2.5a.75.75 0 0 1 .75.75V6H10V3.5a.75.75 0 0 1 .75-.75h2.5a.75.75 0 0 1 .75.75V6h3.5V3.5a.75.75 0 0 1 .75-.75h2.5a.75.75 0 0 1 .75.75v17a.75.75 0 0 1-.75.75H16.5V16a4.5 4.5 0 0 0-9 0v5.25H3.25a.75.75 0 0 1-.75-.75z"
      />
      <circle cx="12" cy="16.5" r="1.75" fill="currentColor" />
    </svg>
  )
}

/** Mark and name. */
export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 text-base font-semibold tracking-tight', className)}>
      <BrandMark />
      <span>Gatehouse</span>
    </span>
  )
}
