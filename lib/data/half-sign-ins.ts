import { HALF_SIGN_IN_LIFETIME_MS, HALF_SIGN_IN_TRIES } from '../core/second-factor'
import { database, type Transaction, transact } from './database'
import { type Identity, toIdentity } from './identities'
import { hashToken, newToken } from './secrets'

/** Somebody who proved the password and still owes the second factor. It is good for answering, and for nothing else. */
export interface HalfSignIn {
  id: string
  agent: Identity
  destination: string
  /** When the password was proven. */
  createdAt: Date
}

/** Begins a half sign-in of five minutes; answers the token for its cookie. */
export async function beginHalfSignIn(agent: Identity, destination: string): Promise<string> {
  const token = newToken()
  const { accountId, id: agentId, passwordChangedAt } = agent
  const expiresAt = new Date(Date.now() + HALF_SIGN_IN_LIFETIME_MS)
  const data = { tokenHash: hashToken(token), accountId, agentId, destination, passwordChangedAt, expiresAt }
  await transact((tx) => tx.halfSignIn.create({ data }))
  return token
}

/** The living half sign-in of a token: not used, not over, its person still active with the same password. */
export async function findHalfSignIn(
  token: string | null | undefined,
  now = new Date(),
): Promise<HalfSignIn | null> {
  if (!token) return null
  const row = await database().halfSignIn.findUnique({
    where: { tokenHash: hashToken(token) },
    include: { agent: true },
  })
  if (!row || row.consumedAt || row.expiresAt <= now || row.tries >= HALF_SIGN_IN_TRIES) return null
  const { id, agent, destination, createdAt } = row
  if (!agent.enabled || agent.passwordChangedAt.getTime() !== row.passwordChangedAt.getTime()) return null
  return { id, agent: toIdentity(agent), destination, createdAt }
}

/**
 * Takes one of the five tries, before anything is looked at: of any number of answers at once no more than five are.
 * False when none is left.
 */
export async function takeTry(halfSignInId: string, now: Date): Promise<boolean> {
  return transact(async (tx) => {
    const { count } = await tx.halfSignIn.updateMany({
      where: living(halfSignInId, now),
      data: { tries: { increment: 1 } },
    })
    return count === 1
  })
}

/** Ends a half sign-in whose last try was wrong; true for the one who did, and false while tries are left. */
export async function endSpentHalfSignIn(id: string, now: Date): Promise<boolean> {
  return transact(async (tx) => {
    const { count } = await tx.halfSignIn.updateMany({
      where: { id, consumedAt: null, tries: { gte: HALF_SIGN_IN_TRIES } },
      data: { consumedAt: now },
    })
    return count === 1
  })
}

/** Spends a half sign-in whose factor was proven; true for the one who did. */
export async function consumeHalfSignIn(tx: Transaction, id: string, now = new Date()): Promise<boolean> {
  const { count } = await tx.halfSignIn.updateMany({
    where: { id, consumedAt: null, expiresAt: { gt: now } },
    data: { consumedAt: now },
  })
  return count === 1
}

function living(id: string, now: Date) {
  return { id, consumedAt: null, expiresAt: { gt: now }, tries: { lt: HALF_SIGN_IN_TRIES } }
}

/** Drops half sign-ins and challenges that are over. */
export async function forgetHalfSignIns(before: Date): Promise<void> {
  await transact(async (tx) => {
    await tx.halfSignIn.deleteMany({ where: { expiresAt: { lt: before } } })
    await tx.passkeyChallenge.deleteMany({ where: { expiresAt: { lt: before } } })
  })
}
