import { formatAddress } from '@/lib/core/address'
import { formatCsvLine } from '@/lib/core/csv'
import type { Actor } from '@/lib/core/permissions'
import { readEnabledRanges } from '@/lib/data/every-range'
import { recordLogExport } from '@/lib/data/log-exports'
import { answerDownload, type Download } from '@/lib/server/download'

/** The enabled ranges in the columns that an import reads. Disabled ones stay behind: an import would enable them. */
export async function GET(): Promise<Response> {
  return answerDownload('MANAGE_SECURITY', download)
}

async function download(actor: Actor): Promise<Download> {
  await recordLogExport(actor, { log: 'IP Allowlist', format: 'CSV', filter: {} })
  return { fileName: 'ip-allowlist.csv', contentType: 'text/csv', parts: lines(actor) }
}

async function* lines(actor: Actor): AsyncIterable<string> {
  yield formatCsvLine(['Start IP', 'End IP', 'Description', 'Expires'])
  for await (const ranges of readEnabledRanges(actor))
    yield ranges
      .map(({ start, end, description, expiresAt }) =>
        formatCsvLine([
          formatAddress(start),
          formatAddress(end),
          description,
          expiresAt?.toISOString() ?? null,
        ]),
      )
      .join('')
}
