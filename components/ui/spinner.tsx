import { cn } from './cn'

/** Turning ring; silent by itself. Give `label` where no text beside it says what is going on. */
export function Spinner({ label, className }: { label?: string; className?: string }) {
  return (
    <>
      <svg
        viewBox="0 0 16 16"
        fill="none"
        aria-hidden="true"
        className={cn('size-4 shrink-0 animate-spin', className)}
      >
        <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeWidth="2" opacity="0.28" />
        <path
          d="M8 1.75A6.25 6.25 0 0 1 14.25 8"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
        />
      </svg>
      {label && <span className="sr-only">{label}</span>}
    </>
  )
}
