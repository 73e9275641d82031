import { formatAddress } from '../core/address'
import { endedByNow } from '../core/clock'
import { type Actor, mayChange, requirePermitted } from '../core/permissions'
import { TOTP_NAME } from '../core/second-factor'
import { type FactorChange, factorChangedMail } from '../mail/second-factor'
import { type Ended, endEverything } from './agent-endings'
import { findAgentRow, requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { lockAccount, type Transaction, transact } from './database'
import { hasFactor, needsFactor } from './factors'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'
import { type RecoveryCodes, replaceRecoveryCodes } from './recovery-codes'

interface Factor {
  kind: 'totp' | 'passkey'
  name: string
}

/** A factor was added. `codes`: recovery codes, shown once; null when there were some already. */
export interface Enrolled {
  outcome: 'enrolled'
  codes: string[] | null
}

interface Addition {
  factor: Factor
  /** Writes the factor and answers its id; null when there is nothing to write any more. */
  add: () => Promise<string | null>
  codes: RecoveryCodes
  /** The session in which this happens; it is free again if it had to enrol first. */
  sessionId: string
}

/**
 * Puts a factor in force, in a transaction that began with lockAccount. The first one brings recovery codes, and ends
 * every pending sign-in and link of a password that was proven without it. Null when there was nothing to add.
 */
export async function addFactor(
  tx: Transaction,
  actor: Actor,
  { factor, add, codes, sessionId }: Addition,
  now: Date,
): Promise<Enrolled | null> {
  const { accountId, agentId } = actor
  if (!agentId) return null
  // Whoever begins a session takes this row first, so none begins without the factor behind its back.
  await tx.agent.updateMany({ where: { id: agentId }, data: { id: agentId } })
  const isFirst = !(await hasFactor(tx, agentId))
  const id = await add()
  if (id === null) return null
  if (isFirst) {
    await replaceRecoveryCodes(tx, { accountId, agentId }, codes)
    await endUnfinished(tx, agentId, now)
  }
  await tx.session.updateMany({ where: { id: sessionId, agentId }, data: { mustEnrol: false } })
  await recordAudit(tx, actor, {
    action: 'factor.added',
    subject: { type: 'factor', id, name: factor.name },
    after: { kind: factor.kind },
  })
  await tell(tx, actor, agentId, { deed: 'added', name: factor.name }, now)
  return { outcome: 'enrolled', codes: isFirst ? codes.codes : null }
}

/** What a password alone had opened: nothing of it may outlive the first factor. */
async function endUnfinished(tx: Transaction, agentId: string, now: Date): Promise<void> {
  await tx.pendingSignIn.updateMany({
    where: { agentId, consumedAt: null },
    data: { consumedAt: now, endedBecause: 'factor-changed' },
  })
  await tx.halfSignIn.updateMany({ where: { agentId, consumedAt: null }, data: { consumedAt: now } })
  const ended = endedByNow(now)
  await tx.authorizationLink.updateMany({
    where: { agentId, consumedAt: null, deniedAt: null, expiresAt: { gt: ended } },
    data: { expiresAt: ended },
  })
}

/** Takes one of the actor's own factors away; with the last one its recovery codes. `required`: the account demands one. */
export async function removeOwnFactor(
  actor: Actor,
  which: { kind: 'totp' } | { kind: 'passkey'; id: string },
  now = new Date(),
): Promise<'removed' | 'gone' | 'required'> {
  const { accountId, agentId } = actor
  if (!agentId) return 'gone'
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    const factor = await findFactor(tx, agentId, which)
    if (!factor) return 'gone'
    const passkeys = await tx.passkey.count({ where: { agentId } })
    const totp = await tx.totpFactor.count({ where: { agentId, confirmedAt: { not: null } } })
    const isLast = passkeys + totp === 1
    const role = (await findAgentRow(tx, accountId, agentId))?.role ?? actor.role
    if (isLast && (await needsFactor(tx, { accountId, role }))) return 'required'
    if (which.kind === 'totp') await tx.totpFactor.deleteMany({ where: { agentId } })
    else await tx.passkey.deleteMany({ where: { agentId, id: which.id } })
    if (isLast) await tx.recoveryCode.deleteMany({ where: { agentId } })
    await recordAudit(tx, actor, {
      action: 'factor.removed',
      subject: { type: 'factor', id: factor.id, name: factor.name },
      after: { kind: which.kind, isLast },
    })
    await tell(tx, actor, agentId, { deed: 'removed', name: factor.name }, now)
    return 'removed'
  })
}

async function findFactor(
  tx: Transaction,
  agentId: string,
  which: Parameters<typeof removeOwnFactor>[1],
): Promise<{ id: string; name: string } | null> {
  if (which.kind === 'passkey') return tx.passkey.findFirst({ where: { agentId, id: which.id } })
  const totp = await tx.totpFactor.findFirst({ where: { agentId, confirmedAt: { not: null } } })
  return totp && { id: totp.id, name: TOTP_NAME }
}

/**
 * Takes all second factors of somebody who lost theirs, signs them out everywhere and tells them by mail. Never one's
 * own: whoever holds a session could shed the factor with it. It takes all the rights that the agent has.
 */
export async function resetFactors(
  actor: Actor,
  agentId: string,
  now = new Date(),
): Promise<{ name: string; ended: Ended } | 'gone' | 'beyond-rights' | 'own' | 'no-factor'> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  if (actor.agentId === agentId) return 'own'
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_AGENTS')
    const agent = await findAgentRow(tx, actor.accountId, agentId)
    if (!agent) return 'gone'
    if (!mayChange(current, null, agent)) return 'beyond-rights'
    if (!(await hasFactor(tx, agentId))) return 'no-factor'
    await tx.totpFactor.deleteMany({ where: { agentId } })
    await tx.passkey.deleteMany({ where: { agentId } })
    await tx.recoveryCode.deleteMany({ where: { agentId } })
    const ended = await endEverything(tx, actor.accountId, agentId, 'factor-reset')
    await recordAudit(tx, actor, {
      action: 'factor.reset',
      subject: { type: 'agent', id: agentId, name: agent.name },
      after: { ...ended },
    })
    await tell(tx, actor, agentId, { deed: 'reset', by: actor.name }, now)
    return { name: agent.name, ended }
  })
}

async function tell(
  tx: Transaction,
  actor: Actor,
  agentId: string,
  change: FactorChange,
  now: Date,
): Promise<void> {
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, include: { account: true } })
  const message = factorChangedMail({
    change,
    agentName: agent.name,
    accountName: agent.account.name,
    address: actor.address && formatAddress(actor.address),
    at: now,
  })
  await queueMail(tx, {
    accountId: agent.accountId,
    kind: 'factor-changed',
    to: agent.email,
    message,
    expiresAt: new Date(now.getTime() + MAIL_LIFETIME_MS),
  })
}
