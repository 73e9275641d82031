import { setImmediate as otherWork } from 'node:timers/promises'
import type { Address } from '../core/address'
import type { LookupEntry } from '../core/lookup'
import { database, type Transaction } from './database'

const PAGE_ROWS = 2_000

/** An account's ranges in the order of their addresses; null when they are more than `most`. Others' work goes on meanwhile. */
export async function readEntries(
  accountId: string,
  most = Number.POSITIVE_INFINITY,
  from: Pick<Transaction, 'range'> = database(),
): Promise<LookupEntry[] | null> {
  const entries: LookupEntry[] = []
  for (;;) {
    const page = await readPage(from, accountId, entries.at(-1))
    for (const entry of page) entries.push(entry)
    if (entries.length > most) return null
    if (page.length < PAGE_ROWS) return entries
    await otherWork()
  }
}

/** The ranges behind `after`, from the first without it. */
async function readPage(
  from: Pick<Transaction, 'range'>,
  accountId: string,
  after?: Pick<LookupEntry, 'start' | 'end'>,
): Promise<LookupEntry[]> {
  const rows = await from.range.findMany({
    where: after
      ? {
          accountId,
          // Says again what the alternatives say, so that the index is entered at this place.
          start: { gte: after.start },
          OR: [{ start: { gt: after.start } }, { start: after.start, end: { gt: after.end } }],
        }
      : { accountId },
    orderBy: [{ start: 'asc' }, { end: 'asc' }],
    take: PAGE_ROWS,
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
