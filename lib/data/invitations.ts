import type { Agent, Invitation } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { rightsOf } from '../core/agent-words'
import { type InvitationState, stateOfInvitation } from '../core/invitation'
import type { PasswordProblem } from '../core/password-rules'
import { type Actor, mayChange } from '../core/permissions'
import { recordAudit } from './audit'
import { findPasswordProblem } from './common-passwords'
import { database, isUniqueViolation, lockAccount, type Transaction, transact } from './database'
import { tellOfManager } from './manager-notices'
import { hashPassword } from './passwords'
import { hashToken } from './secrets'

/** Why an invitation was not accepted. `email-taken`: its address belongs to an agent by now. */
export type NotAccepted = Exclude<InvitationState, 'open'> | 'unknown' | 'email-taken' | PasswordProblem

/** What the page of an invitation shows; looking at it changes nothing. Null: there is no such invitation. */
export async function viewInvitation(token: string, now = new Date()) {
  const found = await findInvitation(database(), { tokenHash: hashToken(token) })
  if (!found) return null
  const { email, name, invitedByName, account } = found
  const state = await stateOf(database(), found, now)
  return { state, email, name, invitedByName, accountName: account.name, rights: rightsOf(found) }
}

/**
 * Makes the invited person an agent with the name and password that they choose: this claims the e-mail address. It
 * signs nobody in. Of any number of callers exactly one accepts.
 */
export async function acceptInvitation(
  token: string,
  chosen: { name: string; password: string },
  clicker: Address | null,
  now = new Date(),
): Promise<{ email: string } | NotAccepted> {
  const seen = await findInvitation(database(), { tokenHash: hashToken(token) })
  if (!seen) return 'unknown'
  const state = await stateOf(database(), seen, now)
  if (state !== 'open') return state
  const problem = await findPasswordProblem(chosen.password, [chosen.name, seen.email, seen.account.name])
  if (problem) return problem
  const claim = {
    name: chosen.name,
    passwordHash: await hashPassword(chosen.password),
    passwordTemporary: false,
  }
  const claimed = await claimInvitation({ tokenHash: seen.tokenHash }, claim, clicker, now)
  return typeof claimed === 'string' ? claimed : { email: claimed.email }
}

/**
 * Makes the person an agent who signs in for the first time with the temporary password of an invitation, or null.
 * Temporary passwords are random, so a plain hash finds them.
 */
export async function claimTemporary(
  email: string,
  password: string,
  now = new Date(),
): Promise<Agent | null> {
  const temporaryHash = hashToken(password)
  const found = await database().invitation.findFirst({ where: { email, temporaryHash, closedAt: null } })
  if (!found) return null
  const { name, tokenHash } = found
  const claim = { name, passwordHash: await hashPassword(password), passwordTemporary: true }
  const claimed = await claimInvitation({ tokenHash }, claim, null, now)
  return typeof claimed === 'string' ? null : claimed
}

async function claimInvitation(
  which: { tokenHash: string },
  claim: { name: string; passwordHash: string; passwordTemporary: boolean },
  clicker: Address | null,
  now: Date,
): Promise<Agent | Exclude<NotAccepted, PasswordProblem>> {
  const { accountId } = await database().invitation.findUniqueOrThrow({ where: which })
  try {
    return await transact(async (tx) => {
      await lockAccount(tx, accountId)
      const invitation = await findInvitation(tx, which)
      if (!invitation) return 'unknown'
      const state = await stateOf(tx, invitation, now)
      if (state !== 'open') return state
      const { count } = await tx.invitation.updateMany({
        where: { id: invitation.id, closedAt: null },
        data: { closedAt: now, closedBecause: 'accepted' },
      })
      if (count === 0) return 'accepted'
      const { email } = invitation
      const rights = rightsOf(invitation)
      const agent = await tx.agent.create({ data: { accountId, email, ...claim, ...rights } })
      const actor: Actor = {
        ...{ accountId, agentId: agent.id, name: agent.name, ...rights },
        ...{ via: 'link', address: clicker },
      }
      await recordAudit(tx, actor, {
        action: 'agent.added',
        subject: { type: 'agent', id: agent.id, name: agent.name },
        after: { email, ...rights, invitedBy: invitation.invitedByName },
      })
      // The inviter is told as well: it may be long ago, or somebody else's deed in their name.
      const inviter = { agentId: null, name: invitation.invitedByName }
      await tellOfManager(tx, inviter, agent, { before: null, how: 'accepted' }, now)
      return agent
    })
  } catch (error) {
    if (isUniqueViolation(error)) return 'email-taken'
    throw error
  }
}

export function findInvitation(
  from: Pick<Transaction, 'invitation'>,
  where: { tokenHash: string } | { id: string },
) {
  return from.invitation.findUnique({ where, include: { account: true } })
}

async function stateOf(
  from: Pick<Transaction, 'agent'>,
  invitation: Invitation,
  now: Date,
): Promise<InvitationState> {
  const facts = {
    closedBecause: invitation.closedBecause,
    expiresAtMs: invitation.expiresAt.getTime(),
    isInviterEntitled: await isInviterEntitled(from, invitation),
  }
  return stateOfInvitation(facts, now.getTime())
}

/** Whoever was disabled, or lost a right that they gave, gives it to nobody any more. */
async function isInviterEntitled(from: Pick<Transaction, 'agent'>, invitation: Invitation): Promise<boolean> {
  const { invitedById, accountId } = invitation
  if (!invitedById) return true
  const inviter = await from.agent.findFirst({ where: { id: invitedById, accountId, enabled: true } })
  if (!inviter) return false
  const actor: Actor = { ...inviter, agentId: inviter.id, via: 'web', address: null }
  return mayChange(actor, null, invitation)
}
