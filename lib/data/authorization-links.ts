import { type Address, formatAddress } from '../core/address'
import {
  decideLinkRequest,
  isLinkingBarred,
  LINK_LONGEST_MS,
  type LinkFacts,
  type LinkState,
  stateOfLink,
} from '../core/authorization-link'
import { PATHS } from '../core/paths'
import type { Actor } from '../core/permissions'
import { env } from '../env'
import { authorizationLinkMail } from '../mail/authorization-link'
import { findApprovalStanding } from './approvals'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import { queueMail } from './outbox'
import type { PendingSignIn } from './pending-sign-ins'
import { hashToken, newToken } from './secrets'

export type LinkRequest =
  | { outcome: 'queued' }
  | { outcome: 'too-soon' | 'too-many'; waitMs: number }
  /** The mailbox alone is not enough: another admin has to approve first. */
  | { outcome: 'needs-approval' }
  | { outcome: 'barred' | 'not-an-admin' | 'address-unknown' }
  /** It was used, or ended, since it was read: nothing new may begin with it. */
  | { outcome: 'sign-in-over' }

/** Mails a link that authorizes the address of this pending sign-in. Earlier links stay valid. */
export async function requestLink(pending: PendingSignIn, now = new Date()): Promise<LinkRequest> {
  const { address } = pending
  if (!address) return { outcome: 'address-unknown' }
  return transact(async (tx) => {
    await lockAccount(tx, pending.account.id)
    const agent = await tx.agent.findUnique({ where: { id: pending.agent.id } })
    if (!agent?.enabled || agent.role !== 'ADMIN') return { outcome: 'not-an-admin' }
    if (isLinkingBarred(agent)) return { outcome: 'barred' }
    if (!(await tx.pendingSignIn.findFirst({ where: { id: pending.id, consumedAt: null } })))
      return { outcome: 'sign-in-over' }
    const { need } = await findApprovalStanding(tx, { ...pending, agentId: agent.id }, now)
    if (need) return { outcome: 'needs-approval' }
    const earlier = await tx.authorizationLink.findMany({
      where: { agentId: agent.id, requestedAt: { gt: new Date(now.getTime() - LINK_LONGEST_MS) } },
      select: { requestedAt: true },
    })
    const verdict = decideLinkRequest(
      earlier.map(({ requestedAt }) => requestedAt.getTime()),
      now.getTime(),
    )
    if (!verdict.allowed) return { outcome: verdict.because, waitMs: verdict.waitMs }

    const token = newToken()
    const expiresAt = new Date(now.getTime() + LINK_LONGEST_MS)
    const { accountId, id: agentId, name } = agent
    const link = await tx.authorizationLink.create({
      data: {
        tokenHash: hashToken(token),
        accountId,
        agentId,
        pendingSignInId: pending.id,
        address,
        device: pending.device,
        requestedAt: now,
        expiresAt,
      },
    })
    const message = authorizationLinkMail({
      agentName: name,
      accountName: pending.account.name,
      address: formatAddress(address),
      device: pending.device,
      requestedAt: now,
      latestEnd: expiresAt,
      url: `${env().APP_URL}${PATHS.authorizeIp}/${token}`,
    })
    await queueMail(tx, {
      accountId,
      kind: 'authorization-link',
      to: agent.email,
      message,
      linkId: link.id,
      expiresAt,
    })
    await recordAudit(tx, requester(pending), {
      action: 'link.requested',
      subject: { type: 'link', id: link.id, name: formatAddress(address) },
      after: { address: formatAddress(address), device: pending.device },
    })
    return { outcome: 'queued' }
  })
}

function requester({ agent, account, address }: PendingSignIn): Actor {
  const { id: agentId, name, role, managesSecurity, managesAgents } = agent
  return { accountId: account.id, agentId, name, role, managesSecurity, managesAgents, via: 'web', address }
}

/** How far the latest link of a pending sign-in has come. */
export interface LinkProgress {
  mail: 'waiting' | 'delayed' | 'delivered' | 'failed'
  state: LinkState
  address: Address
  requestedAt: Date
  expiresAt: Date
  /** This one or an earlier one can still be used. */
  hasOpenLink: boolean
}

/** The progress of the latest link, or null when none was asked for. */
export async function findLinkProgress(
  pendingSignInId: string,
  now = new Date(),
): Promise<LinkProgress | null> {
  const links = await database().authorizationLink.findMany({
    where: { pendingSignInId },
    include: { agent: true },
    orderBy: { requestedAt: 'desc' },
  })
  const [latest] = links
  if (!latest) return null
  const stateOf = (link: typeof latest) => stateOfLink(factsOf(link), now.getTime())
  const mail = await database().outboxMail.findFirst({ where: { linkId: latest.id } })
  const mailState = latest.sentAt
    ? 'delivered'
    : !mail || mail.failedAt
      ? 'failed'
      : mail.lastError
        ? 'delayed'
        : 'waiting'
  return {
    mail: mailState,
    state: stateOf(latest),
    address: latest.address as Address,
    requestedAt: latest.requestedAt,
    expiresAt: latest.expiresAt,
    hasOpenLink: links.some((link) => stateOf(link) === 'open'),
  }
}

/** The facts of a stored link that decide what it is good for. */
export function factsOf(link: {
  consumedAt: Date | null
  deniedAt: Date | null
  expiresAt: Date
  misses: number
  agent: { enabled: boolean; role: string }
}): LinkFacts {
  return {
    consumedAtMs: link.consumedAt?.getTime() ?? null,
    deniedAtMs: link.deniedAt?.getTime() ?? null,
    expiresAtMs: link.expiresAt.getTime(),
    misses: link.misses,
    isAdminStill: link.agent.enabled && link.agent.role === 'ADMIN',
  }
}
