import { vi } from 'vitest'
import type { Address } from '@/lib/core/address'
import { surfaceOf } from '@/lib/core/paths'
import type { Actor } from '@/lib/core/permissions'
import { evidenceOf } from '@/lib/core/sign-in-evidence'
import { requestLink } from '@/lib/data/authorization-links'
import { database } from '@/lib/data/database'
import { beginHalfSignIn } from '@/lib/data/half-sign-ins'
import { type Identity, toIdentity } from '@/lib/data/identities'
import { beginPendingSignIn, findPendingSignIn, type PendingSignIn } from '@/lib/data/pending-sign-ins'
import { open } from '@/lib/data/secrets'
import { address, newRange, plantRanges, plantSwitches } from './allowlists'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

export const PASSWORD = 'correct horse battery'
export const DEVICE = 'Firefox on Windows'

/** Straight from a peer that no header speaks for. */
export const PLAIN_WAY = {
  resolved: { address: null, because: 'peer-is-client', trace: [], undeclaredProxy: null },
  headerName: 'x-forwarded-for',
} as const

/** The token of a half sign-in of the actor, from 198.51.100.7. */
export async function halfwayIn(actor: Actor, destination = '/control-panel'): Promise<string> {
  return beginHalfSignIn(await identityOf(actor), destination, {
    ...{ surface: surfaceOf(destination), address: address('198.51.100.7'), device: DEVICE },
    evidence: evidenceOf(PLAIN_WAY, null),
  })
}

/** Puts the account behind a list on which only an office stands. */
export async function behindOffice(actor: Actor): Promise<void> {
  await plantRanges(actor, newRange('203.0.113.0/24', { description: 'Office' }))
  await plantSwitches(actor, { allowlistEnabled: true })
}

export async function identityOf({ agentId }: Actor): Promise<Identity> {
  return toIdentity(await database().agent.findUniqueOrThrow({ where: { id: agentId ?? '' } }))
}

/** The actor, refused at that address (null: unknown), with the cookie's token. */
export async function refused(
  actor: Actor,
  at: string | null = '198.51.100.7',
  factorProven = false,
): Promise<{ pending: PendingSignIn; cookie: string }> {
  const cookie = await beginPendingSignIn({
    agent: await identityOf(actor),
    surface: 'CONTROL_PANEL',
    destination: '/control-panel',
    address: at === null ? null : address(at),
    device: DEVICE,
    factorProven,
  })
  const pending = await findPendingSignIn(cookie)
  if (!pending) throw new Error('The pending sign-in is not there.')
  return { pending, cookie }
}

/** Asks for a link and takes its token out of the mail that is queued. */
export async function mailedLink(pending: PendingSignIn, now = new Date()): Promise<string> {
  const { outcome } = await requestLink(pending, now)
  if (outcome !== 'queued') throw new Error(outcome)
  return tokenIn((await latestMail()).text)
}

export function tokenIn(text: string): string {
  const token = /\/authorize-ip\/([\w-]{43})\s/.exec(text)?.[1]
  if (!token) throw new Error('There is no link in the mail.')
  return token
}

/** The mail queued last, as it will be sent. */
export async function latestMail(): Promise<{ to: string; subject: string; text: string; html: string }> {
  const [row] = await database().outboxMail.findMany({ orderBy: { id: 'desc' }, take: 1 })
  const text = row?.sealed && open(row.sealed)
  if (!text) throw new Error('There is no mail.')
  return JSON.parse(text)
}

/** Refused in a browser that holds `cookie`, with a link on its way. */
export async function withLink(
  actor: Actor,
  at = '198.51.100.7',
): Promise<{ pending: PendingSignIn; cookie: string; token: string; address: Address }> {
  const { pending, cookie } = await refused(actor, at)
  return { pending, cookie, token: await mailedLink(pending), address: address(at) }
}

export async function auditCount(actor: Actor): Promise<number> {
  return database().auditEvent.count({ where: { accountId: actor.accountId } })
}
