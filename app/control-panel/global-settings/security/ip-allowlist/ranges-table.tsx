import { Badge } from '@/components/ui/badge'
import { Mono } from '@/components/ui/mono'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import { type RangeQuery, type RangeSort, UNUSED_DAYS } from '@/lib/core/allowlist-search'
import { countOf, formatAddressCount } from '@/lib/core/allowlist-words'
import { countAddresses, formatRange } from '@/lib/core/range'
import type { RangeOrigin } from '@/lib/data/allowlist'
import { type RangeLine, TIMES_MAX } from '@/lib/data/allowlist-list'
import { RowActions } from './row-actions'

interface RangesTableProps {
  ranges: readonly RangeLine[]
  query: RangeQuery
  hrefOf: (change: Partial<RangeQuery>) => string
}

export function RangesTable({ ranges, query, hrefOf }: RangesTableProps) {
  const sortOf = (sort: RangeSort) => {
    const isSorted = query.sort === sort
    const descending = isSorted ? !query.descending : sort === 'added' || sort === 'matched'
    const direction = query.descending ? ('descending' as const) : ('ascending' as const)
    return { href: hrefOf({ sort, descending }), ...(isSorted ? { direction } : {}) }
  }
  return (
    <Table caption="Allowed IP ranges">
      <TableHead>
        <Th sort={sortOf('start')}>Start IP</Th>
        <Th sort={sortOf('end')}>End IP</Th>
        <Th sort={sortOf('description')}>Description</Th>
        <Th align="right">Addresses</Th>
        <Th>Status</Th>
        <Th sort={sortOf('matched')}>Last matched</Th>
        <Th sort={sortOf('added')}>Added by</Th>
        <Th hidden>Actions</Th>
      </TableHead>
      <TableBody>
        {ranges.map((range) => (
          <RangeTr key={range.id} range={range} />
        ))}
      </TableBody>
    </Table>
  )
}

function RangeTr({ range }: { range: RangeLine }) {
  const { id, version, description, enabled } = range
  const start = formatAddress(range.start)
  const end = formatAddress(range.end)
  const row = { ...{ id, version, start, end, description, enabled }, text: formatRange(range) }
  return (
    <Tr>
      <Td rowHeader label="Start IP">
        <Mono className="block min-w-[15ch] text-[0.8125rem]">{start}</Mono>
      </Td>
      <Td wide label="End IP">
        <Mono className="block min-w-[15ch] text-[0.8125rem]">{end}</Mono>
      </Td>
      <Td
        label="Description"
        wide
        className="wrap-anywhere @min-[60rem]/table:max-w-56 @min-[60rem]/table:min-w-32 @min-[68rem]/table:min-w-44"
      >
        {description || <span className="text-muted">None</span>}
        {range.coveredBy && (
          <span className="line-clamp-3 text-xs text-muted" title={range.coveredBy}>
            Already covered by {range.coveredBy}
          </span>
        )}
      </Td>
      <Td label="Addresses" align="right" className="tabular-nums">
        {formatAddressCount(countAddresses(range))}
      </Td>
      <Td label="Status">
        <Status range={range} />
      </Td>
      <Td label="Last matched">
        <LastMatched range={range} />
      </Td>
      <Td label="Added by">
        <span className="wrap-anywhere">{range.addedByName}</span>
        <span className="block text-xs text-muted @min-[68rem]/table:whitespace-nowrap">
          {ORIGINS[range.origin]}
          <Time at={range.createdAt} dateOnly />
        </span>
      </Td>
      <Td wide align="right">
        <RowActions range={{ ...row, expiresAt: range.expiresAt?.toISOString() ?? null }} />
      </Td>
    </Tr>
  )
}

function LastMatched({ range: { lastMatchedAt, times, isUnused } }: { range: RangeLine }) {
  return (
    <>
      {lastMatchedAt ? (
        <Time at={lastMatchedAt} dateOnly relative="below" />
      ) : (
        <span className="text-muted">Never</span>
      )}
      {times > 0 && (
        <span className="block text-xs text-muted">
          {times < TIMES_MAX ? countOf(times, 'time') : `${TIMES_MAX.toLocaleString('en')} times or more`}{' '}
          <span className="whitespace-nowrap">in 30 days</span>
        </span>
      )}
      {isUnused && (
        <span className="block text-xs font-medium text-warning-ink">Unused for {UNUSED_DAYS} days</span>
      )}
    </>
  )
}

const ORIGINS: Readonly<Record<RangeOrigin, string>> = {
  MANUAL: '',
  EMAIL: 'By e-mail, ',
  IMPORT: 'Imported, ',
  API: 'API, ',
  CLI: 'CLI, ',
}

const STATUS = {
  active: { tone: 'success', word: 'Active' },
  disabled: { tone: 'neutral', word: 'Disabled' },
  expiring: { tone: 'warning', word: 'Expires soon' },
  expired: { tone: 'warning', word: 'Expired' },
} as const

function Status({ range: { status, expiresAt, isExpiring } }: { range: RangeLine }) {
  const { tone, word } = STATUS[isExpiring ? 'expiring' : status]
  return (
    <>
      <Badge tone={tone} dot>
        {word}
      </Badge>
      {expiresAt && (
        <span className="mt-1 block text-xs whitespace-nowrap text-muted">
          {status === 'expired' ? 'Since' : 'Until'}{' '}
          <Time at={expiresAt} dateOnly {...(status === 'expired' ? {} : { relative: 'below' })} />
        </span>
      )}
    </>
  )
}
