import { type Address, formatAddress } from '../core/address'
import type { Verdict } from '../core/allowlist'
import { type LinkState, stateOfLink, TEMPORARY_RANGE_MS } from '../core/authorization-link'
import { PATHS } from '../core/paths'
import type { Actor } from '../core/permissions'
import { env } from '../env'
import { linkDeniedNotice, linkUsedNotice } from '../mail/link-notices'
import { switchesAt } from './account-switches'
import { addRangeInTransaction } from './allowlist'
import { judgeAround } from './allowlist-around'
import { judge } from './allowlist-reading'
import { findApprovalStanding } from './approvals'
import { recordAudit } from './audit'
import { factsOf } from './authorization-links'
import { database, type Transaction, transact } from './database'
import { tellManagers } from './notices'
import { codeOf, hashToken, isSameSecret } from './secrets'
import { settleAccount } from './settling'

/** What the page of a link shows. Reading it changes nothing. */
export interface LinkView {
  state: LinkState
  address: Address
  device: string
  requestedAt: Date
  expiresAt: Date
  agentName: string
  accountName: string
  /** Opened in the browser that asked: no code needed. */
  isSameBrowser: boolean
  /** The list (or its being off) admits the address already. */
  isAdmittedAlready: boolean
}

const WITH_OWNERS = {
  agent: true,
  account: true,
  pending: { select: { id: true, agentId: true, tokenHash: true, factorProven: true } },
} as const

/** The link of a token as it is now, or null for an unknown one. `pendingToken`: the cookie of the browser that looks. */
export async function viewLink(
  token: string,
  pendingToken: string | null,
  now = new Date(),
): Promise<LinkView | null> {
  const link = await findLink(database(), token)
  if (!link) return null
  const address = link.address as Address
  const verdict = await judgeLink(link, now)
  return {
    state: stateNow(link, now),
    address,
    device: link.device,
    requestedAt: link.requestedAt,
    expiresAt: link.expiresAt,
    agentName: link.agent.name,
    accountName: link.account.name,
    isSameBrowser: isBrowserThatAsked(link, pendingToken),
    isAdmittedAlready: verdict.admit,
  }
}

type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>

function findLink(tx: Transaction, token: string) {
  return tx.authorizationLink.findUnique({ where: { tokenHash: hashToken(token) }, include: WITH_OWNERS })
}

/** Whether the list admits the link's address by now. */
function judgeLink({ account, address }: Link, now: Date): Promise<Verdict> {
  const nowMs = now.getTime()
  return judge(switchesAt(account, nowMs), { surface: 'CONTROL_PANEL', address: address as Address, nowMs })
}

function stateNow(link: Link, now: Date): LinkState {
  return stateOfLink(factsOf(link), now.getTime())
}

function isBrowserThatAsked(link: Link, pendingToken: string | null): boolean {
  return pendingToken !== null && isSameSecret(hashToken(pendingToken), link.pending.tokenHash)
}

export type LinkUse =
  | { outcome: 'authorized'; address: Address }
  | { outcome: 'admitted-already'; address: Address }
  /** Nothing like a code was given, which costs no miss. */
  | { outcome: 'code-missing' }
  | { outcome: 'wrong-code' }
  | { outcome: 'unknown' }
  /** The mailbox alone is not enough: another admin has to approve first. The link is not spent. */
  | { outcome: 'needs-approval' }
  | { outcome: Exclude<LinkState, 'open'> }

/** Spends a link: token spent, range added (one address, never wider) and audit written, all or nothing. */
export async function consumeLink(
  use: {
    token: string
    code: string | null
    pendingToken: string | null
    keep: 'forever' | 'day'
    clicker: Address | null
  },
  now = new Date(),
): Promise<LinkUse> {
  return transact(async (tx) => {
    const link = await lockedLink(tx, use.token)
    if (!link) return { outcome: 'unknown' }
    const state = stateNow(link, now)
    if (state !== 'open') return { outcome: state }
    if (!isBrowserThatAsked(link, use.pendingToken)) {
      if (!use.code) return { outcome: 'code-missing' }
      if (!isSameSecret(use.code, codeOf(link.pendingSignInId))) return countMiss(tx, link, now)
    }

    const address = link.address as Address
    const nowMs = now.getTime()
    const question = { surface: 'CONTROL_PANEL', address, nowMs } as const
    const { admit } = await judgeAround(tx, switchesAt(link.account, nowMs), question)
    if (admit) return { outcome: 'admitted-already', address }
    if ((await findApprovalStanding(tx, link.pending, now)).need) return { outcome: 'needs-approval' }
    const { count } = await tx.authorizationLink.updateMany({
      where: { id: link.id, consumedAt: null, deniedAt: null },
      data: { consumedAt: now },
    })
    if (count !== 1) return { outcome: 'used' }
    const until = use.keep === 'day' ? new Date(now.getTime() + TEMPORARY_RANGE_MS) : null
    await addRangeInTransaction(tx, ownerOf(link, use.clicker), {
      range: { start: address, end: address },
      description: `Authorized by e-mail: ${link.agent.name}`,
      origin: 'EMAIL',
      expiresAt: until,
    })
    const url = `${env().APP_URL}${PATHS.ipAllowlist}`
    const about = { accountId: link.accountId, kind: 'link-used', except: [link.agentId] } as const
    const facts = { ...inWords(link, now), until, url }
    await tellManagers(tx, about, (accountName) => linkUsedNotice({ ...facts, accountName }), now)
    return { outcome: 'authorized', address }
  })
}

async function lockedLink(tx: Transaction, token: string): Promise<Link | null> {
  const found = await tx.authorizationLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { accountId: true },
  })
  if (!found) return null
  await settleAccount(tx, found.accountId, new Date())
  return findLink(tx, token)
}

async function countMiss(tx: Transaction, link: Link, now: Date): Promise<LinkUse> {
  const { misses } = await tx.authorizationLink.update({
    where: { id: link.id },
    data: { misses: { increment: 1 } },
    select: { misses: true },
  })
  const isKilled = stateNow({ ...link, misses }, now) === 'guessed'
  if (isKilled)
    await recordAudit(tx, ownerOf(link, null), {
      action: 'link.killed',
      subject: { type: 'link', id: link.id, name: formatAddress(link.address as Address) },
      after: { because: 'wrong-codes' },
    })
  return { outcome: isKilled ? 'guessed' : 'wrong-code' }
}

/** A link acts for its admin, from where the clicker is. */
function ownerOf({ agent, accountId }: Link, clicker: Address | null): Actor {
  const { id: agentId, name, role, managesSecurity, managesAgents } = agent
  return { accountId, agentId, name, role, managesSecurity, managesAgents, via: 'link', address: clicker }
}

/**
 * "I didn't request this": the link, all pending links and pending sign-ins of that admin die, no new link is sent
 * until the password is changed, and the others who manage security are told.
 */
export async function denyLink(
  token: string,
  clicker: Address | null,
  now = new Date(),
): Promise<LinkState | 'unknown'> {
  return transact(async (tx) => {
    const link = await lockedLink(tx, token)
    if (!link) return 'unknown'
    const state = stateNow(link, now)
    if (state !== 'open' && state !== 'expired' && state !== 'guessed') return state
    const { agentId } = link
    await giveUpLinkMail(tx, agentId, now)
    // Before their links, in the order of what drops old ones: the other way round, each would wait for the other.
    await tx.pendingSignIn.updateMany({
      where: { agentId, consumedAt: null },
      data: { consumedAt: now, endedBecause: 'denied' },
    })
    await tx.authorizationLink.updateMany({
      where: { agentId, consumedAt: null, deniedAt: null },
      data: { deniedAt: now },
    })
    await barLinks(tx, link, now)
    await recordAudit(tx, ownerOf(link, clicker), {
      action: 'link.denied',
      subject: { type: 'link', id: link.id, name: formatAddress(link.address as Address) },
    })
    const about = { accountId: link.accountId, kind: 'link-denied', except: [agentId] } as const
    const facts = inWords(link, now)
    await tellManagers(tx, about, (accountName) => linkDeniedNotice({ ...facts, accountName }), now)
    return 'denied'
  })
}

/** No new link for the password of now, also if the clock has gone back since it was set. */
async function barLinks(tx: Transaction, { agent }: Link, now: Date): Promise<void> {
  const linksDeniedAt = agent.passwordChangedAt > now ? agent.passwordChangedAt : now
  await tx.agent.update({ where: { id: agent.id }, data: { linksDeniedAt } })
}

/** Links that are still waiting for the mail server don't leave any more. */
async function giveUpLinkMail(tx: Transaction, agentId: string, now: Date): Promise<void> {
  const links = await tx.authorizationLink.findMany({
    where: { agentId, sentAt: null },
    select: { id: true },
  })
  await tx.outboxMail.updateMany({
    where: { linkId: { in: links.map(({ id }) => id) }, sentAt: null, failedAt: null },
    data: { failedAt: now, sealed: null, lastError: 'The request was denied.' },
  })
}

/** What a notice about a link says. */
function inWords({ agent, address, device, requestedAt }: Link, at: Date) {
  return { agentName: agent.name, address: formatAddress(address as Address), device, requestedAt, at }
}
