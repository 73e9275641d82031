import type { Actor } from '../core/permissions'
import { type Ended, endDevices, endEverything } from './agent-endings'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import { livingPhones } from './living'

/** The actor's phones that could still come back, latest first. */
export async function listOwnDevices(actor: Actor, nowMs: number) {
  return database().mobileDevice.findMany({
    where: { accountId: actor.accountId, agentId: actor.agentId ?? '', ...livingPhones(nowMs) },
    select: { id: true, name: true, address: true, lastAddress: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  })
}

/** Signs one phone of the actor out; ending it twice changes nothing. */
export async function endOwnDevice(actor: Actor, deviceId: string): Promise<boolean> {
  const { accountId, agentId } = actor
  if (!agentId) return false
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    const count = await endDevices(tx, { accountId, agentId, onlyId: deviceId }, 'ended-by-agent')
    if (count > 0)
      await recordAudit(tx, actor, {
        action: 'device.ended',
        subject: { type: 'device', id: deviceId, name: actor.name },
        after: { because: 'ended-by-agent' },
      })
    return count > 0
  })
}

/**
 * Signs the actor out everywhere but in the session named: nothing that was proven elsewhere becomes a session any more,
 * either.
 */
export async function endOwnOthers(actor: Actor, keptSessionId: string): Promise<Ended> {
  const { accountId, agentId } = actor
  if (!agentId) return { sessions: 0, devices: 0 }
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    const exceptSessionId = keptSessionId
    const ended = await endEverything(tx, accountId, agentId, 'ended-by-agent', { exceptSessionId })
    if (ended.sessions + ended.devices > 0)
      await recordAudit(tx, actor, {
        action: 'session.ended',
        subject: { type: 'agent', id: agentId, name: actor.name },
        after: { because: 'ended-by-agent', ...ended },
      })
    return ended
  })
}
