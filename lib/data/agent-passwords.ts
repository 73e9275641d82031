import type { PasswordProblem } from '../core/password-rules'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { type Ended, endEverything } from './agent-endings'
import { findAgentRow, requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { findPasswordProblem } from './common-passwords'
import { database, lockAccount, transact } from './database'
import { forgetDevices } from './known-devices'
import { tellPasswordChanged } from './password-notices'
import { hashPassword, isRightPassword, newTemporaryPassword } from './passwords'

/**
 * Gives an agent a new temporary password, returned here and stored nowhere, and signs them out everywhere. With
 * `password` that one holds instead, and is not temporary. Whoever does this could sign in as that agent, so it
 * takes all the rights that the agent has.
 */
export async function resetPassword(
  actor: Actor,
  agentId: string,
  password?: string,
): Promise<{ password: string; name: string; ended: Ended } | 'gone' | 'beyond-rights' | PasswordProblem> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const secret = password ?? newTemporaryPassword()
  const passwordHash = await hashPassword(secret)
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const agent = await findAgentRow(tx, actor.accountId, agentId)
    if (!agent) return 'gone'
    if (!mayChange(current, null, agent)) return 'beyond-rights'
    const problem =
      password === undefined ? null : await findPasswordProblem(password, [agent.name, agent.email])
    if (problem) return problem
    await tx.agent.update({
      where: { id: agentId },
      data: {
        ...{ passwordHash, passwordTemporary: password === undefined },
        ...{ passwordChangedAt: new Date(), linksDeniedAt: null },
      },
    })
    const ended = await endEverything(tx, actor.accountId, agentId, 'password-changed')
    await forgetDevices(tx, actor.accountId, agentId)
    const how = actor.agentId === null ? 'by-operator' : 'by-admin'
    await tellPasswordChanged(tx, agentId, { how, address: actor.address })
    await recordAudit(tx, actor, {
      action: 'agent.password_reset',
      subject: { type: 'agent', id: agentId, name: agent.name },
    })
    return { password: secret, name: agent.name, ended }
  })
}

export type PasswordChange = 'changed' | 'wrong-password' | 'same-password' | PasswordProblem

/**
 * The actor's own new password. Ends every other session, mobile device, pending sign-in and link of theirs; the
 * session that changes it goes on. Limits are the business of `changePassword` in lib/server.
 */
export async function changeOwnPassword(
  actor: Actor,
  change: { sessionId: string; currentPassword: string; newPassword: string },
): Promise<PasswordChange> {
  const agentId = actor.agentId ?? ''
  const stored = await database().agent.findFirst({
    where: { id: agentId, accountId: actor.accountId, enabled: true },
    select: { passwordHash: true, name: true, email: true, account: { select: { name: true } } },
  })
  if (!(await isRightPassword(stored?.passwordHash ?? null, change.currentPassword))) return 'wrong-password'
  if (change.newPassword === change.currentPassword) return 'same-password'
  const own = stored ? [stored.name, stored.email, stored.account.name] : []
  const problem = await findPasswordProblem(change.newPassword, own)
  if (problem) return problem
  const passwordHash = await hashPassword(change.newPassword)
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const { count } = await tx.agent.updateMany({
      where: { id: agentId, accountId: actor.accountId, passwordHash: stored?.passwordHash ?? '' },
      data: {
        ...{ passwordHash, passwordTemporary: false },
        ...{ passwordChangedAt: new Date(), linksDeniedAt: null },
      },
    })
    if (count === 0) return 'wrong-password'
    await endEverything(tx, actor.accountId, agentId, 'password-changed', {
      exceptSessionId: change.sessionId,
    })
    await tellPasswordChanged(tx, agentId, { how: 'by-themself', address: actor.address })
    await recordAudit(tx, actor, {
      action: 'agent.password_changed',
      subject: { type: 'agent', id: agentId, name: actor.name },
    })
    return 'changed'
  })
}
