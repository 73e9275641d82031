import type { Agent } from '@/prisma/generated/sqlite/client/client'
import { type Address, formatAddress } from '../core/address'
import { decideLinkRequest } from '../core/authorization-link'
import { RESET_LIFETIME_MS, type ResetState, stateOfReset } from '../core/password-reset'
import type { PasswordProblem } from '../core/password-rules'
import { PATHS } from '../core/paths'
import type { Actor } from '../core/permissions'
import { env } from '../env'
import { passwordResetMail } from '../mail/password'
import { endEverything } from './agent-endings'
import { recordAudit } from './audit'
import { findPasswordProblem } from './common-passwords'
import { database, lockAccount, type Transaction, transact } from './database'
import { forgetDevices } from './known-devices'
import { queueMail } from './outbox'
import { tellPasswordChanged } from './password-notices'
import { hashPassword } from './passwords'
import { hashToken, newToken } from './secrets'

const HOUR_MS = 60 * 60 * 1000

/**
 * Mails a link to choose a new password to the agent with this e-mail, if there is one who can sign in: 60 seconds
 * apart and five an hour at most. Answers nothing, since nobody may learn who is here.
 */
export async function requestReset(
  email: string,
  from: { address: Address | null; device: string },
  now = new Date(),
): Promise<void> {
  const found = await database().agent.findUnique({ where: { email } })
  if (!found) return
  await transact(async (tx) => {
    await lockAccount(tx, found.accountId)
    const agent = await tx.agent.findUnique({ where: { id: found.id }, include: { account: true } })
    if (!agent?.enabled) return
    const earlier = await tx.passwordReset.findMany({
      where: { agentId: agent.id, requestedAt: { gt: new Date(now.getTime() - HOUR_MS) } },
      select: { requestedAt: true },
    })
    const requestedAtMs = earlier.map(({ requestedAt }) => requestedAt.getTime())
    if (!decideLinkRequest(requestedAtMs, now.getTime()).allowed) return
    const token = newToken()
    const { accountId, id: agentId } = agent
    const expiresAt = new Date(now.getTime() + RESET_LIFETIME_MS)
    const row = { accountId, agentId, ...from, requestedAt: now, expiresAt }
    await tx.passwordReset.create({ data: { ...row, tokenHash: hashToken(token) } })
    const message = passwordResetMail({
      agentName: agent.name,
      accountName: agent.account.name,
      address: from.address && formatAddress(from.address),
      device: from.device,
      requestedAt: now,
      expiresAt,
      url: `${env().APP_URL}${PATHS.resetPassword}/${token}`,
    })
    await queueMail(tx, { accountId, kind: 'password-reset', to: agent.email, message, expiresAt })
    await recordAudit(tx, ownerOf(agent, from.address), {
      action: 'agent.reset_requested',
      subject: { type: 'agent', id: agentId, name: agent.name },
    })
  })
}

/** What the page of a link shows; looking at it changes nothing. Null: there is no such link. */
export async function viewReset(
  token: string,
  now = new Date(),
): Promise<{ state: ResetState; email: string } | null> {
  const reset = await findReset(database(), token)
  return reset && { state: stateOf(reset, now), email: reset.agent.email }
}

/**
 * Chooses a new password with a mailed link: spends it, signs its person out everywhere, makes every browser a
 * stranger and tells the person by mail. It signs nobody in: the allowlist is asked at the sign-in that follows.
 */
export async function consumeReset(
  token: string,
  password: string,
  clicker: Address | null,
  now = new Date(),
): Promise<'changed' | Exclude<ResetState, 'open'> | 'unknown' | PasswordProblem> {
  const seen = await findReset(database(), token)
  if (!seen) return 'unknown'
  const state = stateOf(seen, now)
  if (state !== 'open') return state
  const { agent } = seen
  const problem = await findPasswordProblem(password, [agent.name, agent.email, agent.account.name])
  if (problem) return problem
  const passwordHash = await hashPassword(password)
  return transact(async (tx) => {
    await lockAccount(tx, agent.accountId)
    const reset = await findReset(tx, token)
    const stateNow = reset ? stateOf(reset, now) : 'unknown'
    if (stateNow !== 'open') return stateNow
    const { count } = await tx.passwordReset.updateMany({
      where: { id: seen.id, consumedAt: null },
      data: { consumedAt: now },
    })
    if (count === 0) return 'used'
    const { id: agentId, accountId, name } = agent
    await tx.agent.update({
      where: { id: agentId },
      data: {
        ...{ passwordHash, passwordTemporary: false, passwordResetAt: now },
        ...{ passwordChangedAt: now, linksDeniedAt: null },
      },
    })
    await endEverything(tx, accountId, agentId, 'password-changed')
    await forgetDevices(tx, accountId, agentId)
    await recordAudit(tx, ownerOf(agent, clicker), {
      action: 'agent.password_changed',
      subject: { type: 'agent', id: agentId, name },
      after: { by: 'mailed link' },
    })
    await tellPasswordChanged(tx, agentId, { how: 'by-mail', address: clicker }, now)
    return 'changed'
  })
}

function findReset(from: Pick<Transaction, 'passwordReset'>, token: string) {
  return from.passwordReset.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { agent: { include: { account: true } } },
  })
}

type Reset = NonNullable<Awaited<ReturnType<typeof findReset>>>

function stateOf({ consumedAt, expiresAt, agent }: Reset, now: Date): ResetState {
  const facts = {
    consumedAtMs: consumedAt?.getTime() ?? null,
    expiresAtMs: expiresAt.getTime(),
    isAgentEnabled: agent.enabled,
  }
  return stateOfReset(facts, now.getTime())
}

/** Whoever holds a link acts for its agent, from where they are. */
function ownerOf(agent: Agent, address: Address | null): Actor {
  const { id: agentId, accountId, name, role, managesSecurity, managesAgents } = agent
  return { accountId, agentId, name, role, managesSecurity, managesAgents, via: 'link', address }
}
