import { Download, ScrollText } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonStyles } from '@/components/ui/button-styles'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { LogPages } from '@/components/ui/log-pages'
import { parseAuditFilter } from '@/lib/core/audit-listing'
import { formatFields, formatPlace, type LogPlace, parsePart } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'
import { listAudit } from '@/lib/data/audit-log'
import { requirePermission } from '@/lib/server/current'
import { AuditFilterForm } from './audit-filter'
import { AuditTable } from './audit-table'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AuditLogPage({ searchParams }: Props) {
  const given = await searchParams
  const { actor } = await requirePermission('MANAGE_SECURITY', PATHS.auditLog)
  const parsed = parseAuditFilter(given)
  const page = parsed.ok ? await listAudit(actor, parsed.filter, parsePart(given)) : null
  const filter = formatFields(parsed.fields)
  const hrefAt = (name: 'newer' | 'older', place: LogPlace | null) =>
    place && PATHS.auditLog + formatFields({ ...parsed.fields, [name]: formatPlace(place) })
  return (
    <>
      <PageHeader
        title="Audit Log"
        breadcrumbs={[{ label: 'Global Settings' }, { label: 'Security' }, { label: 'Audit Log' }]}
        description="Who changed what, from where, and how it was before. Every row is sealed: one that is changed or taken out is noticed."
        actions={
          page &&
          page.rows.length > 0 &&
          (['CSV', 'JSON'] as const).map((format) => (
            <a
              key={format}
              href={`${PATHS.auditLog}/${format.toLowerCase()}${filter}`}
              className={buttonStyles()}
            >
              <Download aria-hidden="true" />
              Download {format}
            </a>
          ))
        }
      />
      <Card flush>
        <AuditFilterForm fields={parsed.fields} problems={parsed.ok ? {} : parsed.problems} />
        {page && page.rows.length > 0 ? (
          <AuditTable rows={page.rows} />
        ) : (
          <EmptyState
            icon={<ScrollText />}
            title={page ? 'No change matches' : 'The filter can’t be used yet'}
            actions={page && <ButtonLink href={PATHS.auditLog}>Show all changes</ButtonLink>}
          >
            {page
              ? 'Take something out of the filter, or choose a longer time.'
              : 'Correct the field that is marked above. Nothing of the rest is lost.'}
          </EmptyState>
        )}
        {page && (
          <LogPages
            label="Changes"
            newerHref={hrefAt('newer', page.newer)}
            olderHref={hrefAt('older', page.older)}
          />
        )}
      </Card>
    </>
  )
}
