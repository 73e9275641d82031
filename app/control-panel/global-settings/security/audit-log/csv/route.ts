import { formatAddress } from '@/lib/core/address'
import { describeChange, describeWay, nameAction } from '@/lib/core/audit-words'
import { formatCsvLine } from '@/lib/core/csv'
import type { AuditLine } from '@/lib/data/audit-log'
import { answerAudit } from '../answer-audit'

const HEAD = [
  'Row',
  'Time',
  'Who',
  'Way',
  'IP address',
  'Change',
  'What happened',
  'Subject',
  'Before',
  'After',
]

/** The changes that the filter of the address lets through, all of them, for a spreadsheet. */
export function GET(request: Request): Promise<Response> {
  return answerAudit(request, 'CSV', async function* (pages) {
    yield formatCsvLine(HEAD)
    for await (const rows of pages) yield rows.map(toLine).join('')
  })
}

function toLine(row: AuditLine): string {
  return formatCsvLine([
    row.sequence === null ? '' : String(row.sequence),
    row.at.toISOString(),
    row.actorName,
    describeWay(row.via),
    row.address && formatAddress(row.address),
    nameAction(row.action),
    describeChange(row),
    row.subjectName,
    row.before,
    row.after,
  ])
}
