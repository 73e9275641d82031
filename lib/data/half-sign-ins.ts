import type { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { HALF_SIGN_IN_LIFETIME_MS, HALF_SIGN_IN_TRIES } from '../core/second-factor'
import { formatEvidence, parseEvidence } from '../core/sign-in-evidence'
import { database, type Transaction, transact } from './database'
import { eachInTurn } from './each-in-turn'
import { type Identity, toIdentity } from './identities'
import { hashToken, newToken } from './secrets'
import { addSignIn, type SignInAttempt } from './sign-in-events'

/** Somebody who proved the password and still owes the second factor. It is good for answering, and for nothing else. */
export interface HalfSignIn {
  id: string
  agent: Identity
  destination: string
  /** When the password was proven. */
  createdAt: Date
}

/** From where and how the password came. */
type Seen = Pick<SignInAttempt, 'surface' | 'address' | 'device' | 'evidence'>

/** How many unanswered ones are written down at a time. */
const BATCH = 100

/** Begins a half sign-in of five minutes; answers the token for its cookie. */
export async function beginHalfSignIn(
  agent: Identity,
  destination: string,
  { surface, address, device, evidence }: Seen,
): Promise<string> {
  const token = newToken()
  const { accountId, id: agentId, passwordChangedAt } = agent
  const expiresAt = new Date(Date.now() + HALF_SIGN_IN_LIFETIME_MS)
  const data = {
    ...{ tokenHash: hashToken(token), accountId, agentId, destination, passwordChangedAt, expiresAt },
    ...{ surface, address, device, evidence: formatEvidence(evidence) },
  }
  await transact((tx) => tx.halfSignIn.create({ data }))
  return token
}

/** Drops the half sign-ins of a mobile app that now sends a factor, right or wrong, along with the password. */
export async function answerHalfSignIns(
  agentId: string,
  { address, device }: Pick<Seen, 'address' | 'device'>,
): Promise<void> {
  await transact((tx) =>
    tx.halfSignIn.deleteMany({ where: { agentId, surface: 'MOBILE', address, device, tries: 0 } }),
  )
}

/**
 * Writes down those that are over and that nobody answered, as of when the password was given: somebody who has only the
 * password stops there. One of any number who do so at once writes it. Answers how many.
 */
export async function recordUnanswered(now = new Date()): Promise<number> {
  const unanswered = {
    tries: 0,
    evidence: { not: null },
    OR: [{ expiresAt: { lte: now } }, { consumedAt: { not: null } }],
  } satisfies Prisma.HalfSignInWhereInput
  const rows = await database().halfSignIn.findMany({
    where: unanswered,
    include: { agent: { select: { email: true } } },
    orderBy: { createdAt: 'asc' },
    take: BATCH,
  })
  let recorded = 0
  await eachInTurn(rows, async ({ id, accountId, agentId, agent, createdAt, ...seen }) => {
    const evidence = parseEvidence(seen.evidence)
    if (!evidence || !seen.surface) return
    const attempt: SignInAttempt = {
      ...{ accountId, agentId, emailTried: agent.email, evidence },
      ...{ surface: seen.surface, address: seen.address as Address | null, device: seen.device ?? '' },
      ...{ outcome: 'failed', because: 'second-factor-not-given' },
    }
    recorded += await transact(async (tx) => {
      const { count } = await tx.halfSignIn.deleteMany({ where: { id, ...unanswered } })
      if (count === 1) await addSignIn(tx, attempt, createdAt)
      return count
    })
  })
  return recorded
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
