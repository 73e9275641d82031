import type { Address } from '../core/address'
import type { Asked } from '../core/allowlist-change'
import { type Actor, requirePermitted } from '../core/permissions'
import { requireStillPermitted } from './agent-rows'
import { changeAllowlist } from './allowlist-change'
import { recordAudit } from './audit'
import { database, transact } from './database'
import { settleAccount } from './settling'
import { revert, sentenceOf, takeUnconfirmed } from './unconfirmed'

/** A change that is undone unless it is confirmed. */
export interface Unconfirmed {
  id: string
  /** "Ana Silva turned the IP Allowlist on". */
  sentence: string
  /** From where it was made. */
  address: Address | null
  madeAt: Date
  dueAt: Date
  /** The sign-in at hand began after it, so it can confirm it. */
  isFresh: boolean
}

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
  return rows.map((row) => ({
    id: row.id,
    sentence: sentenceOf(row),
    address: row.address as Address | null,
    madeAt: row.madeAt,
    dueAt: row.dueAt,
    isFresh: session.createdAtMs > row.madeAt.getTime(),
  }))
}

/**
 * Somebody who manages security keeps a change, from a sign-in that the list has let in since. `not-fresh`: the session
 * began before the change, which proves nothing; `gone`: it was confirmed or undone already. Throws NotPermitted.
 */
export async function confirmChange(
  actor: Actor,
  { id, sessionId }: { id: string; sessionId: string },
  now = new Date(),
): Promise<'confirmed' | 'not-fresh' | 'gone'> {
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
    if (!session || session.createdAt <= row.madeAt) return 'not-fresh'
    if (!(await takeUnconfirmed(tx, row))) return 'gone'
    await recordAudit(tx, current, {
      action: 'change.confirmed',
      subject: { type: 'change', id, name: sentenceOf(row) },
    })
    return 'confirmed'
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
