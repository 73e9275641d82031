import { formatAddress } from '@/lib/core/address'
import type { AuditLine } from '@/lib/data/audit-log'
import { answerAudit } from '../answer-audit'

/** The changes that the filter of the address lets through, all of them, with everything that the hashes cover. */
export function GET(request: Request): Promise<Response> {
  return answerAudit(request, 'JSON', async function* (pages) {
    let before = '[\n'
    for await (const rows of pages) {
      yield before + rows.map(toText).join(',\n')
      before = ',\n'
    }
    yield before === '[\n' ? '[]\n' : '\n]\n'
  })
}

function toText({ address, before, after, ...row }: AuditLine): string {
  const states = { before: parsed(before), after: parsed(after) }
  return JSON.stringify({ ...row, address: address && formatAddress(address), ...states })
}

/** Text that isn't JSON any more was tampered with, and stays text. */
function parsed(json: string | null): unknown {
  try {
    return json === null ? null : JSON.parse(json)
  } catch {
    return json
  }
}
