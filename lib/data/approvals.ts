import { type Address, formatAddress } from '../core/address'
import { type ApprovalNeed, approvalNeed } from '../core/approval'
import { PATHS } from '../core/paths'
import { type Actor, NotPermitted } from '../core/permissions'
import { isProofRecent } from '../core/session'
import { env } from '../env'
import { approvalWantedMail } from '../mail/approval'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, type Transaction, transact } from './database'
import { hasFactor, needsFactor } from './factors'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'
import type { PendingSignIn } from './pending-sign-ins'

/** How a refused admin stands who may need another one's approval. */
export interface ApprovalStanding {
  need: ApprovalNeed
  /** The request for this sign-in; null: none was made. */
  request: 'waiting' | 'approved' | 'refused' | null
}

/** What a sign-in still needs before its address can be authorized: nothing once somebody approved it. */
export async function findApprovalStanding(
  from: Transaction,
  pending: { id: string; agentId: string; factorProven: boolean },
  now: Date,
): Promise<ApprovalStanding> {
  const agent = await from.agent.findUniqueOrThrow({ where: { id: pending.agentId } })
  const facts = {
    factorProven: pending.factorProven,
    passwordResetAtMs: agent.passwordResetAt?.getTime() ?? null,
    isFactorMissing: (await needsFactor(from, agent)) && !(await hasFactor(from, agent.id)),
  }
  const row = await from.approval.findUnique({ where: { pendingSignInId: pending.id } })
  const request = !row ? null : !row.decidedAt ? 'waiting' : row.approved ? 'approved' : 'refused'
  return { need: request === 'approved' ? null : approvalNeed(facts, now.getTime()), request }
}

/** The same for a screen. */
export function readApprovalStanding(
  { id, agent, factorProven }: PendingSignIn,
  now = new Date(),
): Promise<ApprovalStanding> {
  return findApprovalStanding(database(), { id, agentId: agent.id, factorProven }, now)
}

/** Asks the other admins, once for each sign-in. `nobody`: there is no other active admin. */
export async function requestApproval(
  pending: PendingSignIn,
  now = new Date(),
): Promise<'asked' | 'asked-already' | 'nobody' | 'not-needed'> {
  const { agent, account, address, device } = pending
  if (!address || agent.role !== 'ADMIN') return 'not-needed'
  return transact(async (tx) => {
    await lockAccount(tx, account.id)
    const { need, request } = await findApprovalStanding(tx, { ...pending, agentId: agent.id }, now)
    if (!need) return 'not-needed'
    if (request) return 'asked-already'
    const others = await tx.agent.findMany({
      where: { accountId: account.id, role: 'ADMIN', enabled: true, id: { not: agent.id } },
      select: { email: true },
    })
    if (others.length === 0) return 'nobody'
    const { id } = await tx.approval.create({
      data: {
        ...{ accountId: account.id, agentId: agent.id, pendingSignInId: pending.id },
        ...{ address, device, requestedAt: now },
      },
      select: { id: true },
    })
    const { name, role, managesSecurity, managesAgents } = agent
    const rights = { role, managesSecurity, managesAgents }
    const actor: Actor = { accountId: account.id, agentId: agent.id, name, ...rights, via: 'web', address }
    await recordAudit(tx, actor, {
      action: 'approval.requested',
      subject: { type: 'approval', id, name: formatAddress(address) },
      after: { need, device },
    })
    const message = approvalWantedMail({
      ...{
        agentName: name,
        accountName: account.name,
        address: formatAddress(address),
        device,
        need,
        at: now,
      },
      url: `${env().APP_URL}${PATHS.ipAllowlist}`,
    })
    const expiresAt = new Date(Math.min(now.getTime() + MAIL_LIFETIME_MS, pending.expiresAt.getTime()))
    for (const { email } of others)
      await queueMail(tx, { accountId: account.id, kind: 'approval-wanted', to: email, message, expiresAt })
    return 'asked'
  })
}

/** A request that the actor may decide. */
export interface WaitingApproval {
  id: string
  agentName: string
  agentEmail: string
  address: Address
  device: string
  requestedAt: Date
}

/** The requests of other admins that still matter; none for who is no admin. */
export async function listWaitingApprovals(actor: Actor, now = new Date()): Promise<WaitingApproval[]> {
  if (actor.role !== 'ADMIN') return []
  const rows = await database().approval.findMany({
    where: { ...waiting(actor.accountId, now), agentId: { not: actor.agentId ?? '' } },
    include: { agent: { select: { name: true, email: true } } },
    orderBy: { requestedAt: 'asc' },
    take: 20,
  })
  return rows.map(({ id, agent, address, device, requestedAt }) => ({
    ...{
      id,
      agentName: agent.name,
      agentEmail: agent.email,
      address: address as Address,
      device,
      requestedAt,
    },
  }))
}

/**
 * Approves a request, or refuses it: for one of any number who decide. Only another admin may, with a password that was
 * proven a moment ago. Approving authorizes nothing by itself: the person still needs the link out of the mail.
 */
export async function decideApproval(
  actor: Actor,
  { id, approve, provenAt }: { id: string; approve: boolean; provenAt: Date },
  now = new Date(),
): Promise<'approved' | 'refused' | 'gone' | 'own' | 'prove-again'> {
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    if (current.role !== 'ADMIN') throw new NotPermitted('MANAGE_SECURITY')
    const row = await tx.approval.findFirst({
      where: { id, ...waiting(actor.accountId, now) },
      include: { agent: { select: { name: true } } },
    })
    if (!row) return 'gone'
    if (row.agentId === actor.agentId) return 'own'
    if (approve && !isProofRecent(provenAt.getTime(), now.getTime())) return 'prove-again'
    const { count } = await tx.approval.updateMany({
      where: { id, decidedAt: null },
      data: { decidedAt: now, approved: approve, decidedById: actor.agentId, decidedByName: actor.name },
    })
    if (count !== 1) return 'gone'
    await recordAudit(tx, current, {
      action: approve ? 'approval.granted' : 'approval.refused',
      subject: { type: 'approval', id, name: formatAddress(row.address as Address) },
      after: { agent: row.agent.name },
    })
    return approve ? 'approved' : 'refused'
  })
}

function waiting(accountId: string, now: Date) {
  return { accountId, decidedAt: null, pending: { consumedAt: null, expiresAt: { gt: now } } }
}
