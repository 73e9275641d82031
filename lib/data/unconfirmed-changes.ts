import type { Address } from '../core/address'
import type { Asked } from '../core/allowlist-change'
import { type Actor, requirePermitted } from '../core/permissions'
import { requireStillPermitted } from './agent-rows'
import { changeAllowlist } from './allowlist-change'
import { database, type Transaction, transact } from './database'
import { settleAccount } from './settling'
import { confirm, revert, sentenceOf } from './unconfirmed'

/** A change that is undone unless it is confirmed. */
export interface Unconfirmed {
  id: string
  /** "Ana Silva turned the IP Allowlist on". */
  sentence: string
  /** From where it was made. */
  address: Address | null
  madeAt: Date
  dueAt: Date
  /** What the sign-in at hand proves about it. */
  proof: Proof
}

/**
 * `fresh`: the list has let the sign-in in since the change. `older`: it began before the change. `list-off`: the list was off
 * for a time when it began, so nothing let it in.
 */
export type Proof = 'fresh' | 'older' | 'list-off'

/** What has to be confirmed in the account, the most urgent first. What is overdue is not there any more. */
export async function listUnconfirmed(
  actor: Actor,
  session: { createdAtMs: number },
  now = new Date(),
): Promise<Unconfirmed[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const rows = await database().unconfirmedChange.findMany({
    where: { accountId: actor.accountId, dueAt: { gt: now } },
    orderBy: { dueAt: 'asc' },
  })
  const wasOff = rows.length > 0 && (await beganWithListOff(database(), actor, new Date(session.createdAtMs)))
  return rows.map((row) => ({
    id: row.id,
    sentence: sentenceOf(row),
    address: row.address as Address | null,
    madeAt: row.madeAt,
    dueAt: row.dueAt,
    proof: proofOf(row, session.createdAtMs, wasOff),
  }))
}

function proofOf({ madeAt }: { madeAt: Date }, createdAtMs: number, wasOff: boolean): Proof {
  if (createdAtMs <= madeAt.getTime()) return 'older'
  return wasOff ? 'list-off' : 'fresh'
}

/** Whether the sign-in that a session of the actor began with was let in because the list was off. */
async function beganWithListOff(
  from: Pick<Transaction, 'signInEvent'>,
  { accountId, agentId }: Actor,
  createdAt: Date,
): Promise<boolean> {
  const signIn = await from.signInEvent.findFirst({
    where: {
      ...{ accountId, agentId, outcome: 'admitted', at: { lte: createdAt } },
      surface: { not: 'MOBILE' },
    },
    orderBy: { at: 'desc' },
    select: { because: true },
  })
  return signIn?.because === 'allowlist-off'
}

/**
 * Somebody who manages security keeps a change, from a sign-in that the list has let in since. `gone`: it was confirmed
 * or undone already. Throws NotPermitted.
 */
export async function confirmChange(
  actor: Actor,
  { id, sessionId }: { id: string; sessionId: string },
  now = new Date(),
): Promise<'confirmed' | Exclude<Proof, 'fresh'> | 'gone'> {
  const { accountId } = actor
  return transact(async (tx) => {
    await settleAccount(tx, accountId, now)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    const row = await tx.unconfirmedChange.findFirst({ where: { id, accountId } })
    if (!row) return 'gone'
    const session = await tx.session.findFirst({
      where: { id: sessionId, accountId, agentId: actor.agentId ?? '', endedAt: null, mustEnrol: false },
      select: { createdAt: true },
    })
    if (!session) return 'older'
    const wasOff = await beganWithListOff(tx, current, session.createdAt)
    const proof = proofOf(row, session.createdAt.getTime(), wasOff)
    if (proof !== 'fresh') return proof
    return (await confirm(tx, current, row)) ? 'confirmed' : 'gone'
  })
}

/** Undoes an unconfirmed change before its time, for good: asked like any other change of the list. */
export function revertNow(actor: Actor, id: string, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx, now } = change
    const row = await tx.unconfirmedChange.findFirst({ where: { id, accountId: actor.accountId } })
    if (!row) return { outcome: 'gone' as const }
    change.ask('prove-again')
    return { outcome: await revert(tx, change.actor, row, now), impact: {} }
  })
}
