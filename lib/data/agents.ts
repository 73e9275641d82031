import type { AgentEdit, NewAgent } from '../core/agent-schemas'
import { normalRights } from '../core/agent-words'
import type { PasswordProblem } from '../core/password-rules'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { type Ended, endEverything } from './agent-endings'
import { type AgentRow, findAgentRow, isLastAdmin, requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { findPasswordProblem } from './common-passwords'
import { isUniqueViolation, lockAccount, type Transaction, transact } from './database'
import { forgetDevices } from './known-devices'
import { tellOfManager } from './manager-notices'
import { hashPassword, newTemporaryPassword } from './passwords'

/** Why a change of an agent was not made. */
export type Refusal = 'gone' | 'beyond-rights' | 'last-admin' | 'overtaken'

/**
 * Adds an agent at once, for the operator, who may know that an e-mail is in use in another account; everybody else
 * invites. With a temporary password, which is returned here and stored nowhere; with `password` that one holds
 * instead, and is not temporary.
 */
export async function addAgent(
  actor: Actor,
  input: NewAgent,
  password?: string,
): Promise<{ agentId: string; password: string } | 'email-taken' | 'beyond-rights' | PasswordProblem> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const problem =
    password === undefined ? null : await findPasswordProblem(password, [input.name, input.email])
  if (problem) return problem
  const secret = password ?? newTemporaryPassword()
  const passwordHash = await hashPassword(secret)
  const rights = normalRights(input)
  try {
    return await transact(async (tx) => {
      await lockAccount(tx, actor.accountId)
      const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
      if (!mayChange(current, null, rights)) return 'beyond-rights'
      const { name, email } = input
      const { id } = await tx.agent.create({
        data: {
          accountId: actor.accountId,
          name,
          email,
          passwordHash,
          passwordTemporary: password === undefined,
          ...rights,
        },
        select: { id: true },
      })
      await recordAudit(tx, actor, {
        action: 'agent.added',
        subject: { type: 'agent', id, name },
        after: { email, ...rights },
      })
      const added = { id, accountId: actor.accountId, name, email, ...rights }
      await tellOfManager(tx, actor, added, { before: null, how: 'created' })
      return { agentId: id, password: secret }
    })
  } catch (error) {
    if (isUniqueViolation(error)) return 'email-taken'
    throw error
  }
}

/** Changes name, role and permissions. A change of role signs the agent out everywhere. */
export async function changeAgent(actor: Actor, edit: AgentEdit): Promise<Ended | Refusal> {
  return changing(actor, edit.agentId, async (tx, agent, current) => {
    const after = { name: edit.name, ...normalRights(edit) }
    if (!mayChange(current, agent, after)) return 'beyond-rights'
    if (agent.version !== edit.version) return 'overtaken'
    if (after.role !== 'ADMIN' && (await isLastAdmin(tx, actor.accountId, agent))) return 'last-admin'
    await tx.agent.update({ where: { id: agent.id }, data: { ...after, version: { increment: 1 } } })
    const ended =
      after.role === agent.role
        ? { sessions: 0, devices: 0 }
        : await endEverything(tx, actor.accountId, agent.id, 'role-changed')
    const { role, managesSecurity, managesAgents } = agent
    await recordAudit(tx, actor, {
      action: 'agent.edited',
      subject: { type: 'agent', id: agent.id, name: after.name },
      before: { name: agent.name, role, managesSecurity, managesAgents },
      after,
    })
    const changed = { ...agent, ...after, accountId: actor.accountId }
    if (agent.enabled) await tellOfManager(tx, actor, changed, { before: agent, how: 'granted' })
    return ended
  })
}

/** Disabling signs the agent out everywhere and holds until somebody enables them again. */
export async function setAgentEnabled(
  actor: Actor,
  agentId: string,
  enabled: boolean,
): Promise<Ended | Refusal> {
  return changing(actor, agentId, async (tx, agent, current) => {
    // Enabling hands out all the rights that the agent has.
    if (!mayChange(current, enabled ? null : agent, agent)) return 'beyond-rights'
    if (!enabled && (await isLastAdmin(tx, actor.accountId, agent))) return 'last-admin'
    if (agent.enabled === enabled) return { sessions: 0, devices: 0 }
    await tx.agent.update({ where: { id: agentId }, data: { enabled, version: { increment: 1 } } })
    const ended = enabled
      ? { sessions: 0, devices: 0 }
      : await endEverything(tx, actor.accountId, agentId, 'disabled')
    if (!enabled) await forgetDevices(tx, actor.accountId, agentId)
    await recordAudit(tx, actor, {
      action: enabled ? 'agent.enabled' : 'agent.disabled',
      subject: { type: 'agent', id: agentId, name: agent.name },
    })
    const { accountId } = actor
    if (enabled) await tellOfManager(tx, actor, { ...agent, accountId }, { before: null, how: 'enabled' })
    return ended
  })
}

/** One change of one agent of the actor's account: after every other change of the account, with rights as they are. */
async function changing<T>(
  actor: Actor,
  agentId: string,
  deed: (tx: Transaction, agent: AgentRow, current: Actor) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const agent = await findAgentRow(tx, actor.accountId, agentId)
    return agent ? deed(tx, agent, current) : 'gone'
  })
}
