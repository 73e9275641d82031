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
