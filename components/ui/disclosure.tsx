import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

interface DisclosureProps {
  summary: ReactNode
  /** A Badge or so that stands beside the summary, closed as well. */
  beside?: ReactNode
  /** Open from the beginning. */
  isOpen?: boolean
  children: ReactNode
}

/** Something to know that most people needn't see: opens in place, without JavaScript as well. */
export function Disclosure({ summary, beside, isOpen, children }: DisclosureProps) {
  return (
    <details open={isOpen} className="group">
      <summary className="flex min-h-8 w-fit cursor-pointer list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-sm [&::-webkit-details-marker]:hidden">
        <span className="inline-flex items-center gap-1.5 text-sm font-medium text-accent-ink hover:underline decoration-accent-line underline-offset-4">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 transition-transform duration-150 group-open:rotate-90 motion-reduce:transition-none"
          />
          {summary}
        </span>
        {beside}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  )
}
