import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from './button-link'

interface PaginationProps {
  /** What is paged, e.g. "IP ranges". */
  label: string
  /** From 1. */
  page: number
  pageSize: number
  total: number
  href: (page: number) => string
}

/** "1–25 of 240" with links to the page before and after; only the sentence when all fits on one page. */
export function Pagination({ label, page, pageSize, total, href }: PaginationProps) {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const first = (page - 1) * pageSize + 1
  const last = Math.min(total, page * pageSize)
  const count = new Intl.NumberFormat('en')
  return (
    <nav
      aria-label={`${label}, pages`}
      className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm sm:px-6"
    >
      <p className="text-muted tabular-nums">
        {count.format(first)}–{count.format(last)} of {count.format(total)}
      </p>
      {pages > 1 && (
        <div className="flex gap-2">
          {page > 1 && (
            <ButtonLink href={href(page - 1)} size="sm" rel="prev">
              <ChevronLeft aria-hidden="true" />
              Previous<span className="sr-only"> page</span>
            </ButtonLink>
          )}
          {page < pages && (
            <ButtonLink href={href(page + 1)} size="sm" rel="next">
              Next<span className="sr-only"> page</span>
              <ChevronRight aria-hidden="true" />
            </ButtonLink>
          )}
        </div>
      )}
    </nav>
  )
}
