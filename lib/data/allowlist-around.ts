import type { Address } from '../core/address'
import { compileLookup, type Lookup } from '../core/lookup'
import type { Transaction } from './database'

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
