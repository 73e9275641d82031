import { Download, Network, Upload } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonStyles } from '@/components/ui/button-styles'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { SearchField } from '@/components/ui/search-field'
import { formatRangeQuery, RANGES_PER_PAGE, type RangeQuery } from '@/lib/core/allowlist-search'
import { PATHS } from '@/lib/core/paths'
import type { RangePage } from '@/lib/data/allowlist-list'
import { AddOwnAddress } from './add-own-address'
import { RangeDesk } from './desk'
import { MARK_WORDS, MarkFilter } from './mark-filter'
import { NewRangeButton } from './new-range-button'
import { RangesTable } from './ranges-table'

interface ListTabProps {
  enabled: boolean
  /** Ranges on the list, whatever the search. */
  total: number
  found: RangePage
  query: RangeQuery
  canAddMine: boolean
  /** Opens "New IP Range" with this in it. */
  startWith?: string
}

/** "Allowed IP List": search, table, paging, and the dialogs of its rows. */
export function ListTab({ enabled, total, found, query, canAddMine, startWith }: ListTabProps) {
  const hrefOf = (change: Partial<RangeQuery>) =>
    PATHS.ipAllowlist + formatRangeQuery({ ...query, page: 1, ...change })
  return (
    <RangeDesk
      canAddMine={canAddMine}
      isInForce={enabled}
      isLastInForce={enabled && total === 1}
      startWith={startWith}
    >
      <Card flush>
        {total === 0 ? (
          <Empty canAddMine={canAddMine} />
        ) : (
          <>
            <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line p-4 sm:px-6">
              <SearchField
                label="Search ranges or an IP"
                action={PATHS.ipAllowlist}
                defaultValue={query.search}
                keep={{
                  show: query.mark ?? undefined,
                  sort: query.sort,
                  order: query.descending ? 'desc' : 'asc',
                }}
                clearHref={hrefOf({ search: '' })}
              />
              <div className="flex flex-wrap gap-2">
                <NewRangeButton />
                <ImportLink />
                <ExportLink />
              </div>
              <MarkFilter mark={query.mark} hrefOf={(mark) => hrefOf({ mark })} />
              <WithoutScripts />
            </div>
            {found.ranges.length > 0 ? (
              <>
                <RangesTable ranges={found.ranges} query={query} hrefOf={hrefOf} />
                <Pagination
                  label="IP ranges"
                  page={found.page}
                  pageSize={RANGES_PER_PAGE}
                  total={found.total}
                  href={(page) => hrefOf({ page })}
                />
              </>
            ) : (
              <NothingFound query={query} href={hrefOf({ search: '', mark: null })} />
            )}
          </>
        )}
      </Card>
    </RangeDesk>
  )
}

function Empty({ canAddMine }: { canAddMine: boolean }) {
  return (
    <EmptyState
      icon={<Network />}
      title="No range is on the list yet"
      actions={
        <>
          {canAddMine && <AddOwnAddress variant="primary" />}
          <NewRangeButton variant={canAddMine ? 'secondary' : 'primary'} />
          <ImportLink />
        </>
      }
    >
      Begin with the address you are on, so that you can't lock yourself out. Then add your offices and your
      VPN.
      <WithoutScripts />
    </EmptyState>
  )
}

function WithoutScripts() {
  return (
    <noscript>
      <p className="mt-1 text-sm text-muted">
        Adding, editing and deleting a single range needs JavaScript. Importing ranges works without it.
      </p>
    </noscript>
  )
}

function ImportLink() {
  return (
    <ButtonLink href={PATHS.importRanges}>
      <Upload aria-hidden="true" />
      Import
    </ButtonLink>
  )
}

function ExportLink() {
  return (
    <a href={`${PATHS.ipAllowlist}/csv`} className={buttonStyles({ variant: 'ghost' })}>
      <Download aria-hidden="true" />
      Export
    </a>
  )
}

function NothingFound({ query: { search, mark }, href }: { query: RangeQuery; href: string }) {
  const which = mark ? `is ${MARK_WORDS[mark].toLowerCase()}` : ''
  const found = search ? `matches “${search}”` : ''
  return (
    <EmptyState
      icon={<Network />}
      title={`No range ${[found, which].filter(Boolean).join(' and ')}`}
      actions={<ButtonLink href={href}>Show all ranges</ButtonLink>}
    >
      {search && 'Descriptions are searched for the words. An IP address finds the ranges that hold it.'}
    </EmptyState>
  )
}
