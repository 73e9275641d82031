import { type Actor, NotPermitted, type Permission, type Role, requirePermitted } from '../core/permissions'
import type { Transaction } from './database'

/** What a change of an agent has to know about that agent. */
export interface AgentRow {
  id: string
  name: string
  email: string
  role: Role
  managesSecurity: boolean
  managesAgents: boolean
  enabled: boolean
  version: number
}

const FIELDS = {
  id: true,
  name: true,
  email: true,
  role: true,
  managesSecurity: true,
  managesAgents: true,
  enabled: true,
  version: true,
} as const

/**
 * The actor with the rights of this moment: somebody disabled or demoted since the request began can't use what
 * they had. Call it after lockAccount. Throws NotPermitted.
 */
export async function requireStillPermitted(
  tx: Transaction,
  actor: Actor,
  permission: Permission,
): Promise<Actor> {
  if (actor.agentId === null) return actor
  const row = await findAgentRow(tx, actor.accountId, actor.agentId)
  if (!row?.enabled) throw new NotPermitted(permission)
  const { role, managesSecurity, managesAgents } = row
  const now = { ...actor, role, managesSecurity, managesAgents }
  requirePermitted(now, permission)
  return now
}

/** The agent of that id in this account, or null. */
export async function findAgentRow(
  tx: Pick<Transaction, 'agent'>,
  accountId: string,
  agentId: string,
): Promise<AgentRow | null> {
  return tx.agent.findFirst({ where: { id: agentId, accountId }, select: FIELDS })
}

/** Whether the account would have no active admin without this agent. Call it after lockAccount. */
export async function isLastAdmin(tx: Transaction, accountId: string, agent: AgentRow): Promise<boolean> {
  if (agent.role !== 'ADMIN' || !agent.enabled) return false
  const others = await tx.agent.count({
    where: { accountId, role: 'ADMIN', enabled: true, id: { not: agent.id } },
  })
  return others === 0
}
