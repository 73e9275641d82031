import { parseAuditFilter } from '@/lib/core/audit-listing'
import { givenFields } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'
import { type AuditLine, readAudit } from '@/lib/data/audit-log'
import { recordLogExport } from '@/lib/data/log-exports'
import { answerDownload } from '@/lib/server/download'

/** A download of the Audit Log, filtered as the address says and written by `write`. */
export function answerAudit(
  request: Request,
  format: 'CSV' | 'JSON',
  write: (pages: AsyncIterable<AuditLine[]>) => AsyncIterable<string>,
): Promise<Response> {
  const parsed = parseAuditFilter(Object.fromEntries(new URL(request.url).searchParams))
  return answerDownload('MANAGE_SECURITY', async (actor) => {
    if (!parsed.ok)
      return `The filter of ${PATHS.auditLog} can’t be used: ${Object.values(parsed.problems).join(' ')}`
    await recordLogExport(actor, { log: 'Audit Log', format, filter: givenFields(parsed.fields) })
    return {
      fileName: `audit-log.${format.toLowerCase()}`,
      contentType: format === 'CSV' ? 'text/csv' : 'application/json',
      parts: write(readAudit(actor, parsed.filter)),
    }
  })
}
