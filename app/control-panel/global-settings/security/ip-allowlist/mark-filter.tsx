import { cn } from '@/components/ui/cn'
import { Link } from '@/components/ui/link'
import { RANGE_MARKS, type RangeMark, UNUSED_DAYS } from '@/lib/core/allowlist-search'

export const MARK_WORDS: Readonly<Record<RangeMark, string>> = {
  unused: `Unused for ${UNUSED_DAYS} days`,
  expiring: 'Expiring soon',
  covered: 'Covered by another',
  disabled: 'Disabled',
}

interface MarkFilterProps {
  mark: RangeMark | null
  hrefOf: (mark: RangeMark | null) => string
}

/** Shows all ranges, or those that may want tidying up. */
export function MarkFilter({ mark, hrefOf }: MarkFilterProps) {
  return (
    <nav aria-label="Show ranges" className="w-full">
      <ul className="-my-1 flex flex-wrap gap-x-1 gap-y-1 text-sm">
        {[null, ...RANGE_MARKS].map((one) => (
          <li key={one ?? 'all'}>
            <Link
              plain
              href={hrefOf(one)}
              scroll={false}
              aria-current={one === mark ? 'true' : undefined}
              className={cn(
                'inline-flex h-8 items-center rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink',
                one === mark && 'bg-accent-soft font-medium text-accent-ink',
              )}
            >
              {one ? MARK_WORDS[one] : 'All'}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
