import type { Address } from '../core/address'
import { type Allowlist, decide, type Surface, type Verdict } from '../core/allowlist'
import type { CompiledLookup, Lookup, LookupEntry } from '../core/lookup'
import { type AccountSwitches, type SwitchesRow, switchesOf } from './account-switches'
import { compiledList } from './compiled-lists'
import { database, type Transaction } from './database'
import { compileInThread } from './long-lists'
import { readEntries } from './range-entries'
import { readSettled } from './settling'

/** So many ranges are read and compiled in the thread that answers requests; more, in another one. */
const LONGEST_HERE = 10_000

/** The account's switches as they are now; null when there is no such account. */
export async function readSwitches(accountId: string, now = new Date()): Promise<AccountSwitches | null> {
  const read = async () => {
    const [row] = await database().$queryRaw<SwitchesRow[]>`
      SELECT "id" AS "accountId", "allowlistEnabled", "mobileEnforced", "checkEveryRequest", "allowlistVersion",
             "offUntil", "revertAt"
      FROM "Account" WHERE "id" = ${accountId}`
    return row ? switchesOf(row, now.getTime()) : null
  }
  return readSettled(read, (account) => account, now)
}

/** The verdict for one address on one surface, on the list that these switches name. Reads nothing it need not. */
export async function judge(
  switches: AccountSwitches,
  question: { surface: Surface; address: Address | null; nowMs: number },
): Promise<Verdict> {
  const isAsked = switches.allowlistEnabled && (question.surface !== 'MOBILE' || switches.mobileEnforced)
  return decide({ ...question, allowlist: await allowlistOf(switches, isAsked) })
}

async function allowlistOf(switches: AccountSwitches, isAsked: boolean): Promise<Allowlist> {
  if (isAsked) return readAllowlist(switches)
  const ranges: Lookup = { size: 0, find: () => null, findAddress: () => null }
  return { enabled: switches.allowlistEnabled, mobileEnforced: switches.mobileEnforced, ranges }
}

/** The whole list that these switches name, compiled. */
export async function readAllowlist(switches: AccountSwitches): Promise<Allowlist> {
  return {
    enabled: switches.allowlistEnabled,
    mobileEnforced: switches.mobileEnforced,
    ranges: await compiledList(switches.id, switches.allowlistVersion, () => readList(switches.id)),
  }
}

async function readList(accountId: string): Promise<LookupEntry[] | CompiledLookup> {
  return (await readEntries(accountId, LONGEST_HERE)) ?? compileInThread(accountId)
}

/** How a range reads, for a log row. */
export async function findRangeText(
  rangeId: string,
  from: Pick<Transaction, '$queryRaw'> = database(),
): Promise<{ start: Address; end: Address; description: string } | null> {
  const [row] = await from.$queryRaw<{ start: Address; end: Address; description: string }[]>`
    SELECT "start", "end", "description" FROM "Range" WHERE "id" = ${rangeId}`
  return row ?? null
}
