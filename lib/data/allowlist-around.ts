import type { Address } from '../core/address'
import { decide, type Surface, type Verdict } from '../core/allowlist'
import { compileLookup, type Lookup } from '../core/lookup'
import type { AccountSwitches } from './account-switches'
import type { Transaction } from './database'

/**
 * The verdict for one address on one surface, on the list as it is in this transaction, which may have changed it. (What is
 * compiled and kept for everybody is read from outside of it, and would be the list of before under the version of after.)
 */
export async function judgeAround(
  tx: Transaction,
  {
    id,
    allowlistEnabled: enabled,
    mobileEnforced,
  }: Pick<AccountSwitches, 'id' | 'allowlistEnabled' | 'mobileEnforced'>,
  question: { surface: Surface; address: Address | null; nowMs: number },
): Promise<Verdict> {
  const ranges = await lookUpAround(tx, id, question.address)
  return decide({ ...question, allowlist: { enabled, mobileEnforced, ranges } })
}

/**
 * The account's list as far as one address is concerned, as it is in this transaction: only the ranges around the
 * address are read, however long the list is. Answers for that address alone.
 */
export async function lookUpAround(
  tx: Transaction,
  accountId: string,
  address: Address | null,
): Promise<Lookup> {
  const size = await tx.range.count({ where: { accountId } })
  const around = address
    ? await tx.range.findMany({ where: { accountId, start: { lte: address }, end: { gte: address } } })
    : []
  const lookup = compileLookup(
    around.map((row) => ({
      id: row.id,
      start: row.start as Address,
      end: row.end as Address,
      enabled: row.enabled,
      expiresAtMs: row.expiresAt?.getTime() ?? null,
      createdAtMs: row.createdAt.getTime(),
    })),
  )
  return {
    size,
    find: (text, nowMs) => lookup.find(text, nowMs),
    findAddress: (asked, nowMs) => lookup.findAddress(asked, nowMs),
  }
}
