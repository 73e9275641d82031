import { ChevronRight } from 'lucide-react'
import { Link } from './link'

export interface Crumb {
  label: string
  /** Left out for steps that have no page and for the page itself. */
  href?: string
}

/** The way to this page; the last item is the page itself. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        {items.map((item, index) => (
          <li key={item.label} className="flex min-h-6 items-center gap-1.5">
            {index > 0 && <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 opacity-70" />}
            {item.href ? (
              <Link plain href={item.href} className="rounded-sm py-0.5 hover:text-ink hover:underline">
                {item.label}
              </Link>
            ) : (
              <span
                className="min-w-0 wrap-anywhere"
                aria-current={index === items.length - 1 ? 'page' : undefined}
              >
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
