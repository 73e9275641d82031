import { endedByNow } from '../core/clock'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { findAgentRow, requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { lockAccount, type Transaction, transact } from './database'
import { type EndedBecause, endSessions } from './sessions'

/** How many web sessions and mobile devices came to an end. */
export interface Ended {
  sessions: number
  devices: number
}

/**
 * Shuts a person out everywhere: web sessions (but for the one excepted), mobile devices, half and
 * pending sign-ins, and mailed links not used yet.
 */
export async function endEverything(
  tx: Transaction,
  accountId: string,
  agentId: string,
  because: EndedBecause,
  options: { exceptSessionId?: string } = {},
): Promise<Ended> {
  const now = new Date()
  const ended = endedByNow(now)
  const sessions = await endSessions(
    tx,
    { accountId, agentId, ...(options.exceptSessionId ? { exceptId: options.exceptSessionId } : {}) },
    because,
  )
  const devices = await endDevices(tx, { accountId, agentId }, because)
  await tx.pendingSignIn.updateMany({
    where: { accountId, agentId, consumedAt: null },
    data: { consumedAt: now, endedBecause: because },
  })
  await tx.halfSignIn.updateMany({
    where: { accountId, agentId, consumedAt: null },
    data: { consumedAt: now },
  })
  await tx.authorizationLink.updateMany({
    where: { accountId, agentId, consumedAt: null, deniedAt: null, expiresAt: { gt: ended } },
    data: { expiresAt: ended },
  })
  await tx.passwordReset.updateMany({
    where: { accountId, agentId, consumedAt: null, expiresAt: { gt: ended } },
    data: { expiresAt: ended },
  })
  return { sessions, devices }
}

/** Ends the live mobile devices of one agent, or one of them; answers how many. */
export async function endDevices(
  tx: Transaction,
  which: { accountId: string; agentId: string; onlyId?: string },
  because: EndedBecause,
): Promise<number> {
  const { accountId, agentId, onlyId } = which
  const { count } = await tx.mobileDevice.updateMany({
    where: { accountId, agentId, endedAt: null, ...(onlyId ? { id: onlyId } : {}) },
    data: { endedAt: new Date(), endedBecause: because },
  })
  return count
}

/** Signs an agent out everywhere, for somebody who manages agents. They can sign in again. */
export async function endSessionsOf(
  actor: Actor,
  agentId: string,
): Promise<Ended | 'gone' | 'beyond-rights'> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const agent = await findAgentRow(tx, actor.accountId, agentId)
    if (!agent) return 'gone'
    if (!mayChange(current, agent, agent)) return 'beyond-rights'
    const ended = await endEverything(tx, actor.accountId, agentId, 'ended-by-admin')
    await recordAudit(tx, actor, {
      action: 'session.ended',
      subject: { type: 'agent', id: agentId, name: agent.name },
      after: { because: 'ended-by-admin', ...ended },
    })
    return ended
  })
}
