import type { Address } from '../core/address'
import { type Actor, requirePermitted } from '../core/permissions'
import type { Range } from '../core/range'
import { isInForce, type RangeOrigin, type RangeRow } from './allowlist'
import { database } from './database'

export type EveryRange = RangeRow & { status: 'active' | 'disabled' | 'expired' }

/** The whole list in the order of its addresses, up to 100,000 ranges: for programs. Screens page. */
export async function readEveryRange(actor: Actor, now = new Date()): Promise<EveryRange[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const rows = await database().range.findMany({
    where: { accountId: actor.accountId },
    orderBy: [{ start: 'asc' }, { end: 'asc' }],
  })
  return rows.map((row) => ({
    ...row,
    start: row.start as Address,
    end: row.end as Address,
    origin: row.origin as RangeOrigin,
    status: row.enabled ? (isInForce(row, now) ? 'active' : 'expired') : 'disabled',
  }))
}

const PAGE_ROWS = 1_000

/** The ranges that aren't disabled, in the order of their addresses, page by page. */
export async function* readEnabledRanges(
  actor: Actor,
): AsyncIterable<(Range & { description: string; expiresAt: Date | null })[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  let last: Range | null = null
  for (;;) {
    const page = await readPageOfEnabled(actor.accountId, last)
    if (page.length > 0) yield page
    last = page.at(-1) ?? null
    if (page.length < PAGE_ROWS) return
  }
}

async function readPageOfEnabled(accountId: string, last: Range | null) {
  const rows = await database().range.findMany({
    where: {
      accountId,
      enabled: true,
      ...(last && {
        start: { gte: last.start },
        OR: [{ start: { gt: last.start } }, { start: last.start, end: { gt: last.end } }],
      }),
    },
    orderBy: [{ start: 'asc' }, { end: 'asc' }],
    take: PAGE_ROWS,
    select: { start: true, end: true, description: true, expiresAt: true },
  })
  return rows.map((row) => ({ ...row, start: row.start as Address, end: row.end as Address }))
}

/** The range with that id in the actor's account, or null. */
export async function findRangeById(actor: Actor, id: string): Promise<{ id: string } | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  return database().range.findFirst({ where: { id, accountId: actor.accountId }, select: { id: true } })
}

/** The range with exactly these addresses in the actor's account, or null. */
export async function findRangeByAddresses(
  actor: Actor,
  { start, end }: Range,
): Promise<{ id: string } | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const accountId = actor.accountId
  return database().range.findFirst({ where: { accountId, start, end }, select: { id: true } })
}
