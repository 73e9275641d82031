import { type Address, formatAddress } from '../core/address'
import type { Surface } from '../core/allowlist'
import { KNOWN_DEVICE_LIFETIME_MS } from '../core/known-device'
import { PATHS } from '../core/paths'
import { SURFACE_WORDS } from '../core/sign-in-words'
import { env } from '../env'
import { newDeviceMail } from '../mail/new-device'
import { database, type Transaction } from './database'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'
import { hashToken } from './secrets'

/** Whether the browser that holds this token is one in which the agent has signed in before. */
export async function isKnownDevice(
  token: string | null | undefined,
  agent: { id: string } | { email: string },
  now = new Date(),
): Promise<boolean> {
  if (!token) return false
  const known = await database().knownDevice.count({
    where: { tokenHash: hashToken(token), agent, lastSeenAt: { gt: forgottenAt(now) } },
  })
  return known > 0
}

/** A browser in which somebody signs in. */
export interface DeviceSeen {
  /** Of its long-lived cookie. */
  token: string
  accountId: string
  agentId: string
  surface: Surface
  /** "Firefox on Windows", out of a closed list. */
  device: string
  address: Address | null
}

/**
 * Remembers the browser for this agent, in the transaction of the sign-in and before it is noted as their last one. A
 * browser that was not known is told to the person by mail, but for the first that they ever sign in with.
 */
export async function rememberDevice(tx: Transaction, seen: DeviceSeen, now = new Date()): Promise<void> {
  const { token, accountId, agentId, device, address } = seen
  const tokenHash = hashToken(token)
  await tx.knownDevice.deleteMany({ where: { tokenHash, agentId, lastSeenAt: { lte: forgottenAt(now) } } })
  const latest = { device, lastAddress: address, lastSeenAt: now }
  const { createdAt } = await tx.knownDevice.upsert({
    where: { tokenHash_agentId: { tokenHash, agentId } },
    create: { tokenHash, agentId, accountId, createdAt: now, ...latest },
    update: latest,
  })
  if (createdAt.getTime() === now.getTime()) await tellNewDevice(tx, seen, now)
}

/** Forgets every browser of an agent: whoever has one of them is a stranger again. */
export async function forgetDevices(tx: Transaction, accountId: string, agentId: string): Promise<void> {
  await tx.knownDevice.deleteMany({ where: { accountId, agentId } })
}

type Told = Record<'name' | 'email' | 'accountId' | 'accountName', string> & {
  lastSignInAt: string | Date | null
}

/**
 * Mails somebody that they sign in on a device that is not known; in the transaction of that sign-in and before it is
 * noted as their last one. Somebody's very first sign-in is no news.
 */
export async function tellNewDevice(
  tx: Transaction,
  { agentId, surface, device, address }: Omit<DeviceSeen, 'token' | 'accountId'>,
  now = new Date(),
): Promise<void> {
  const [agent] = await tx.$queryRaw<Told[]>`
    SELECT g."name", g."email", g."accountId", g."lastSignInAt", a."name" AS "accountName"
    FROM "Agent" g JOIN "Account" a ON a."id" = g."accountId" WHERE g."id" = ${agentId}`
  if (!agent?.lastSignInAt) return
  const message = newDeviceMail({
    agentName: agent.name,
    accountName: agent.accountName,
    device,
    surface: SURFACE_WORDS[surface],
    address: address && formatAddress(address),
    at: now,
    url: `${env().APP_URL}${PATHS.agentConsole}`,
  })
  const expiresAt = new Date(now.getTime() + MAIL_LIFETIME_MS)
  const { accountId, email } = agent
  await queueMail(tx, { accountId, kind: 'new-device', to: email, message, expiresAt })
}

function forgottenAt(now: Date): Date {
  return new Date(now.getTime() - KNOWN_DEVICE_LIFETIME_MS)
}
