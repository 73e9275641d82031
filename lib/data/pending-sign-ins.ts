import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import { PENDING_SIGN_IN_LIFETIME_MS } from '../core/authorization-link'
import { type AccountSwitches, switchesAt } from './account-switches'
import { database, type Transaction, transact } from './database'
import { hasFactor } from './factors'
import { type Identity, toIdentity } from './identities'
import { hashToken, newToken } from './secrets'

/** Somebody with the right password whom the list refused, as the blocked screen knows them. */
export interface PendingSignIn {
  id: string
  agent: Identity
  account: AccountSwitches & { name: string; contactEmail: string | null }
  surface: Surface
  destination: string
  address: Address | null
  device: string
  /** When the password was proven. */
  createdAt: Date
  expiresAt: Date
  /** A second factor was proven along with the password. */
  factorProven: boolean
}

/**
 * Remembers a proven identity for 60 minutes; answers the token for its cookie. It is dead from the start when the
 * person has a second factor that was not proven.
 */
export async function beginPendingSignIn(start: {
  agent: Identity
  surface: Surface
  destination: string
  address: Address | null
  device: string
  factorProven: boolean
}): Promise<string> {
  const token = newToken()
  const { agent, ...rest } = start
  const data = {
    ...rest,
    tokenHash: hashToken(token),
    accountId: agent.accountId,
    agentId: agent.id,
    passwordChangedAt: agent.passwordChangedAt,
    expiresAt: new Date(Date.now() + PENDING_SIGN_IN_LIFETIME_MS),
  }
  await transact((tx) => tx.pendingSignIn.create({ data }))
  return token
}

/**
 * The living pending sign-in of a token: not used, not over, its person still active with the same password, and every
 * factor proven that the person has.
 */
export async function findPendingSignIn(
  token: string | null | undefined,
  now = new Date(),
): Promise<PendingSignIn | null> {
  if (!token) return null
  const row = await database().pendingSignIn.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { agent: true, account: true },
  })
  if (!row || row.consumedAt || row.expiresAt <= now || !row.agent.enabled) return null
  if (row.agent.passwordChangedAt.getTime() !== row.passwordChangedAt.getTime()) return null
  if (!row.factorProven && (await hasFactor(database(), row.agentId))) return null
  const { id, agent, account, surface, destination, address, device, createdAt, expiresAt, factorProven } =
    row
  return {
    id,
    agent: toIdentity(agent),
    account: {
      ...switchesAt(account, now.getTime()),
      name: account.name,
      contactEmail: account.contactEmail,
    },
    surface,
    destination,
    address: address as Address | null,
    device,
    createdAt,
    expiresAt,
    factorProven,
  }
}

/** Spends a pending sign-in; true for the one who did. */
export async function consumePendingSignIn(tx: Transaction, id: string): Promise<boolean> {
  const now = new Date()
  const { count } = await tx.pendingSignIn.updateMany({
    where: { id, consumedAt: null, expiresAt: { gt: now } },
    data: { consumedAt: now },
  })
  return count === 1
}

/** Whom a refused agent may turn to: the account's contact address, or else the active admins. */
export async function listContacts(account: { id: string; name: string; contactEmail: string | null }) {
  if (account.contactEmail) return [{ name: account.name, email: account.contactEmail }]
  return database().agent.findMany({
    where: { accountId: account.id, role: 'ADMIN', enabled: true },
    select: { name: true, email: true },
    orderBy: { name: 'asc' },
    take: 20,
  })
}
