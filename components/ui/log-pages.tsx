import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from './button-link'

interface LogPagesProps {
  /** What is paged, e.g. "Sign-ins". */
  label: string
  newerHref: string | null
  olderHref: string | null
}

/** Links to the newer and older part of a log that nobody counts; nothing when all of it is on the page. */
export function LogPages({ label, newerHref, olderHref }: LogPagesProps) {
  if (!newerHref && !olderHref) return null
  return (
    <nav
      aria-label={`${label}, pages`}
      className="flex flex-wrap items-center justify-between gap-2 border-t border-line px-4 py-3 sm:px-6"
    >
      <span>
        {newerHref && (
          <ButtonLink href={newerHref} size="sm" rel="prev">
            <ChevronLeft aria-hidden="true" />
            Newer
          </ButtonLink>
        )}
      </span>
      {olderHref && (
        <ButtonLink href={olderHref} size="sm" rel="next">
          Older
          <ChevronRight aria-hidden="true" />
        </ButtonLink>
      )}
    </nav>
  )
}
