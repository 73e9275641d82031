import type { Surface } from '../core/allowlist'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { endDevices } from './agent-endings'
import { type AgentRow, findAgentRow, requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import { listOwnDevices } from './own-access'
import { endSessions, listOwnSessions } from './sessions'

/** Where somebody is signed in: a web session, or a phone. */
export interface Place {
  id: string
  kind: 'web' | 'mobile'
  name: string
  surface: Surface
  address: string | null
  lastAddress: string | null
  lastSeenAt: Date
}

/** Everywhere the actor is signed in, latest first. */
export async function listOwnPlaces(actor: Actor, nowMs: number): Promise<Place[]> {
  const [sessions, devices] = await Promise.all([listOwnSessions(actor, nowMs), listOwnDevices(actor, nowMs)])
  const web = sessions.map(({ id, device: name, surface, address, lastAddress, lastSeenAt }) => ({
    ...{ kind: 'web' as const, id, name, surface, address, lastAddress, lastSeenAt },
  }))
  const mobile = devices.map(({ id, name, address, lastAddress, lastSeenAt }) => ({
    ...{ kind: 'mobile' as const, surface: 'MOBILE' as const, id, name, address, lastAddress, lastSeenAt },
  }))
  return [...web, ...mobile].sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())
}

/** Everywhere an agent of the account is signed in, for who manages agents. Null: there is no such agent. */
export async function listPlacesOf(
  actor: Actor,
  agentId: string,
  nowMs: number,
): Promise<{ agent: AgentRow; places: Place[] } | null> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const agent = await findAgentRow(database(), actor.accountId, agentId)
  return agent && { agent, places: await listOwnPlaces({ ...actor, agentId }, nowMs) }
}

/** Signs an agent out in one place, for who manages agents; `false`: it was over already. */
export async function endPlaceOf(
  actor: Actor,
  agentId: string,
  place: { kind: 'web' | 'mobile'; id: string },
): Promise<boolean | 'gone' | 'beyond-rights'> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  return transact(async (tx) => {
    const { accountId } = actor
    await lockAccount(tx, accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const agent = await findAgentRow(tx, accountId, agentId)
    if (!agent) return 'gone'
    if (!mayChange(current, agent, agent)) return 'beyond-rights'
    const which = { accountId, agentId, onlyId: place.id }
    const isWeb = place.kind === 'web'
    const count = await (isWeb
      ? endSessions(tx, which, 'ended-by-admin')
      : endDevices(tx, which, 'ended-by-admin'))
    if (count === 0) return false
    await recordAudit(tx, actor, {
      action: isWeb ? 'session.ended' : 'device.ended',
      subject: { type: isWeb ? 'session' : 'device', id: place.id, name: agent.name },
      after: { because: 'ended-by-admin' },
    })
    return true
  })
}
