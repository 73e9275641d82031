import type { Address } from '../core/address'
import { type Allowlist, decide, type Surface, type Verdict } from '../core/allowlist'
import type { Lookup, LookupEntry } from '../core/lookup'
import { compiledList } from './compiled-lists'
import { database } from './database'
import type { AccountSwitches } from './sessions'

/** The account's switches as the database has them now; null when there is no such account. */
export async function readSwitches(accountId: string): Promise<AccountSwitches | null> {
  return database().account.findUnique({
    where: { id: accountId },
    select: {
      id: true,
      allowlistEnabled: true,
      mobileEnforced: true,
      checkEveryRequest: true,
      allowlistVersion: true,
    },
  })
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
    ranges: await compiledList(switches.id, switches.allowlistVersion, () => readEntries(switches.id)),
  }
}

async function readEntries(accountId: string): Promise<LookupEntry[]> {
  const rows = await database().range.findMany({
    where: { accountId },
    select: { id: true, start: true, end: true, enabled: true, expiresAt: true, createdAt: true },
  })
  return rows.map((row) => ({
    id: row.id,
    start: row.start as Address,
    end: row.end as Address,
    enabled: row.enabled,
    expiresAtMs: row.expiresAt?.getTime() ?? null,
    createdAtMs: row.createdAt.getTime(),
  }))
}

/** How a range reads, for a log row. */
export async function findRangeText(
  rangeId: string,
): Promise<{ start: Address; end: Address; description: string } | null> {
  const row = await database().range.findUnique({
    where: { id: rangeId },
    select: { start: true, end: true, description: true },
  })
  return row && { start: row.start as Address, end: row.end as Address, description: row.description }
}
