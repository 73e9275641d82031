import type { NewAgent } from '../core/agent-schemas'
import { describeRights, normalRights, rightsOf } from '../core/agent-words'
import { INVITATION_LIFETIME_MS, mayBeResent } from '../core/invitation'
import { PATHS } from '../core/paths'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { env } from '../env'
import { addressInUseMail, invitationMail } from '../mail/invitation'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { lockAccount, type Transaction, transact } from './database'
import { findInvitation } from './invitations'
import { queueMail } from './outbox'
import { newTemporaryPassword } from './passwords'
import { hashToken, newToken } from './secrets'

/** By a mailed link, or with a temporary password that the inviter hands over. */
export type InvitedBy = 'mail' | 'temporary-password'

/**
 * Invites somebody. An address that belongs to an agent of another account gets the same answer as any other, since
 * nobody may learn who is elsewhere: its owner is told by mail, and the invitation is never accepted. A temporary
 * password is returned here and stored nowhere.
 */
export async function invite(
  actor: Actor,
  input: NewAgent,
  by: InvitedBy,
  now = new Date(),
): Promise<{ password: string | null } | 'email-taken' | 'invited-already' | 'beyond-rights'> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const password = by === 'temporary-password' ? newTemporaryPassword() : null
  const token = newToken()
  const rights = normalRights(input)
  const { accountId } = actor
  const { email, name } = input
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    if (!mayChange(current, null, rights)) return 'beyond-rights'
    if (await tx.agent.findFirst({ where: { accountId, email } })) return 'email-taken'
    if (await tx.invitation.findFirst({ where: { accountId, email, closedAt: null } }))
      return 'invited-already'
    const row = {
      ...{ accountId, email, name, ...rights },
      ...{ invitedById: actor.agentId, invitedByName: actor.name },
      ...{ sentAt: now, createdAt: now, expiresAt: new Date(now.getTime() + INVITATION_LIFETIME_MS) },
    }
    const { id } = await tx.invitation.create({
      data: { ...row, tokenHash: hashToken(token), temporaryHash: password && hashToken(password) },
    })
    await mailInvitation(tx, row, by === 'mail' ? token : null)
    await recordAudit(tx, actor, {
      action: 'invitation.sent',
      subject: { type: 'invitation', id, name },
      after: { email, ...rights, by },
    })
    return { password }
  })
}

/** Mails an invitation anew with a link of its own, for seven days from now; the earlier link is over. */
export async function resendInvitation(
  actor: Actor,
  id: string,
  now = new Date(),
): Promise<'sent' | 'gone' | 'beyond-rights' | 'too-soon'> {
  return changing(actor, id, async (tx, invitation, current) => {
    if (!mayChange(current, null, invitation)) return 'beyond-rights'
    if (!mayBeResent(invitation.sentAt.getTime(), now.getTime())) return 'too-soon'
    const token = newToken()
    const sent = {
      ...{ invitedById: actor.agentId, invitedByName: actor.name },
      ...{ sentAt: now, expiresAt: new Date(now.getTime() + INVITATION_LIFETIME_MS) },
    }
    await tx.invitation.update({ where: { id }, data: { ...sent, tokenHash: hashToken(token) } })
    await mailInvitation(tx, { ...invitation, ...sent }, token)
    await recordAudit(tx, actor, {
      action: 'invitation.resent',
      subject: { type: 'invitation', id, name: invitation.name },
    })
    return 'sent'
  })
}

/** Takes an invitation back: neither its link nor its temporary password works any more. */
export async function withdrawInvitation(
  actor: Actor,
  id: string,
  now = new Date(),
): Promise<'withdrawn' | 'gone' | 'beyond-rights'> {
  return changing(actor, id, async (tx, invitation, current) => {
    if (!mayChange(current, invitation, invitation)) return 'beyond-rights'
    const { count } = await tx.invitation.updateMany({
      where: { id, closedAt: null },
      data: { closedAt: now, closedBecause: 'withdrawn' },
    })
    if (count === 0) return 'gone'
    await recordAudit(tx, actor, {
      action: 'invitation.withdrawn',
      subject: { type: 'invitation', id, name: invitation.name },
      before: { email: invitation.email },
    })
    return 'withdrawn'
  })
}

type Found = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

/** One change of an invitation of the actor's account that is neither accepted nor withdrawn. */
async function changing<T>(
  actor: Actor,
  id: string,
  deed: (tx: Transaction, invitation: Found, current: Actor) => Promise<T>,
): Promise<T | 'gone'> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const found = await findInvitation(tx, { id })
    if (!found || found.closedAt || found.accountId !== actor.accountId) return 'gone'
    return deed(tx, found, current)
  })
}

/** To an agent of another account goes the news that they can't be invited; a null `token` has nothing to mail. */
async function mailInvitation(
  tx: Transaction,
  invitation: NewAgent & { accountId: string; invitedByName: string; expiresAt: Date },
  token: string | null,
): Promise<void> {
  const { accountId, email, name, invitedByName: invitedBy, expiresAt } = invitation
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
  const owner = await tx.agent.findUnique({ where: { email }, include: { account: true } })
  const facts = { invitedBy, accountName: account.name }
  const url = `${env().APP_URL}${PATHS.acceptInvite}/${token}`
  const message = owner
    ? addressInUseMail({ ...facts, name: owner.name, ownAccountName: owner.account.name })
    : token &&
      invitationMail({ ...facts, name, rights: describeRights(rightsOf(invitation)), expiresAt, url })
  if (message) await queueMail(tx, { accountId, kind: 'invitation', to: email, message, expiresAt })
}
