import { formatAddress } from '@/lib/core/address'
import { formatCsvLine } from '@/lib/core/csv'
import { givenFields } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'
import type { Actor } from '@/lib/core/permissions'
import { type ParsedSignInFilter, parseSignInFilter, TOO_MANY_PEOPLE } from '@/lib/core/sign-in-listing'
import { describeReason, describeSignIn, SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { recordLogExport } from '@/lib/data/log-exports'
import { readSignIns, type SignInLine } from '@/lib/data/sign-in-log'
import { answerDownload, type Download } from '@/lib/server/download'

/** The attempts that the filter of the address lets through, all of them. */
export async function GET(request: Request): Promise<Response> {
  const parsed = parseSignInFilter(Object.fromEntries(new URL(request.url).searchParams))
  return answerDownload('MANAGE_SECURITY', (actor) => download(actor, parsed))
}

async function download(actor: Actor, parsed: ParsedSignInFilter): Promise<Download | string> {
  if (!parsed.ok) return unusable(Object.values(parsed.problems))
  const pages = await readSignIns(actor, parsed.filter)
  if (!pages) return unusable([TOO_MANY_PEOPLE])
  await recordLogExport(actor, { log: 'Sign-in Log', format: 'CSV', filter: givenFields(parsed.fields) })
  return { fileName: 'sign-in-log.csv', contentType: 'text/csv', parts: lines(pages) }
}

function unusable(problems: readonly string[]): string {
  return `The filter of ${PATHS.signInLog} can’t be used: ${problems.join(' ')}`
}

const HEAD = ['Time', 'Name', 'E-mail', 'Surface', 'IP address', 'Verdict', 'Reason', 'Range', 'Device']

async function* lines(pages: AsyncIterable<SignInLine[]>): AsyncIterable<string> {
  yield formatCsvLine(HEAD)
  for await (const rows of pages) yield rows.map(toLine).join('')
}

function toLine(row: SignInLine): string {
  return formatCsvLine([
    row.at.toISOString(),
    row.name,
    row.email,
    SURFACE_WORDS[row.surface],
    row.address && formatAddress(row.address),
    describeSignIn(row).words,
    describeReason(row),
    row.rangeText,
    row.device,
  ])
}
