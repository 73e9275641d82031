import 'server-only'
import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import type { Actor } from '../core/permissions'
import { FACTOR_LIMIT, type LimitedKey, minutesOf } from '../core/rate-limit'
import { readAnswer } from '../core/second-factor'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { endSpentHalfSignIn, takeTry } from '../data/half-sign-ins'
import type { Identity } from '../data/identities'
import { spendPasskey } from '../data/passkeys'
import { countFailures, findWait } from '../data/rate-limits'
import { spendRecoveryCode } from '../data/recovery-codes'
import { tellOfWrongFactors } from '../data/refusal-notices'
import { recordFirstInWait, recordSignIn, type SignInAttempt } from '../data/sign-in-events'
import { spendTotp } from '../data/totp'
import { HashingQueueFull, inHashingQueue } from './hashing-queue'
import { limitsOf } from './limits'

/** A second factor from somebody whose password was right. */
export interface FactorAttempt extends WayHere {
  agent: Identity
  address: Address | null
  surface: Surface
  device: string
  /** The token of a browser that may be known, or null. */
  deviceToken: string | null
  /** On the web: one of its five tries is taken. The mobile app sends password and factor at once. */
  halfSignInId?: string
}

export type FactorProof =
  | { outcome: 'proven' }
  | { outcome: 'wrong' }
  | { outcome: 'throttled'; minutes: number }
  | { outcome: 'busy' }

/**
 * Proves a code of the authenticator app or a recovery code, and spends it. The limits of wrong passwords apply, and, as
 * six digits can be guessed, one for all strangers together wherever they are. One answer for every wrong one.
 */
export function proveCode(attempt: FactorAttempt, text: string): Promise<FactorProof> {
  const { agent } = attempt
  const ofStrangers = { key: `factor:${agent.id}`, limit: FACTOR_LIMIT }
  return prove(attempt, [ofStrangers], async () => {
    const answer = readAnswer(text)
    if (!answer) return false
    return answer.kind === 'totp'
      ? spendTotp(agent.id, answer.code, new Date())
      : spendRecoveryCode(actorOf(attempt), answer.code, new Date())
  })
}

/** Proves the answer of a passkey to the challenge of a half sign-in. It can't be guessed, so it has no limit of its own. */
export function provePasskey(
  attempt: FactorAttempt,
  holderId: string,
  response: string,
): Promise<FactorProof> {
  return prove(attempt, [], () => spendPasskey({ holderId, agentId: attempt.agent.id }, response))
}

async function prove(
  attempt: FactorAttempt,
  ofStrangers: readonly LimitedKey[],
  isRight: () => Promise<boolean>,
): Promise<FactorProof> {
  const limits = await limitsOf({ ...attempt, email: attempt.agent.email })
  const keys = limits.isKnown ? limits.keys : [...limits.keys, ...ofStrangers]
  const lane = limits.isKnown ? 'known' : 'open'
  try {
    return await inHashingQueue(`factor:${attempt.agent.id}`, lane, async () => {
      const wait = await findWait(keys, Date.now())
      if (wait) {
        const failure = failureOf(attempt, 'too-many-second-factors')
        // Of each person, since somebody has their password.
        await recordFirstInWait(failure, wait, `-factor:${attempt.agent.id}`)
        return { outcome: 'throttled', minutes: minutesOf(wait.ms) }
      }
      const { halfSignInId } = attempt
      if (halfSignInId && !(await takeTry(halfSignInId, new Date()))) return { outcome: 'wrong' }
      if (await isRight()) return { outcome: 'proven' }
      await countFailures(keys, Date.now())
      if (await wasLastTry(attempt, [limits.keys[0], ...ofStrangers])) {
        await recordFactorFailure(attempt, 'second-factor-tries-spent')
        await tellOfWrongFactors(attempt.agent, attempt)
      } else await recordFactorFailure(attempt, 'wrong-second-factor')
      return { outcome: 'wrong' }
    })
  } catch (error) {
    if (error instanceof HashingQueueFull) return { outcome: 'busy' }
    throw error
  }
}

/** Whether nothing more is looked at after this wrong answer: the half sign-in is over, or the person has to wait. */
async function wasLastTry({ halfSignInId }: FactorAttempt, own: readonly LimitedKey[]): Promise<boolean> {
  const hasEnded = halfSignInId !== undefined && (await endSpentHalfSignIn(halfSignInId, new Date()))
  return hasEnded || (await findWait(own, Date.now())) !== null
}

function actorOf({ agent, surface, address }: FactorAttempt): Actor {
  const { accountId, id: agentId, name, role, managesSecurity, managesAgents } = agent
  const via = surface === 'MOBILE' ? 'mobile' : 'web'
  return { accountId, agentId, name, role, managesSecurity, managesAgents, via, address }
}

/** Records that the password was right, and that it ended with the second factor. */
export async function recordFactorFailure(attempt: FactorAttempt, because: string): Promise<void> {
  await recordSignIn(failureOf(attempt, because))
}

function failureOf(attempt: FactorAttempt, because: string): SignInAttempt {
  const { agent, surface, address, device } = attempt
  const { accountId, id: agentId, email: emailTried } = agent
  return {
    ...{ accountId, agentId, emailTried, surface, address, device },
    outcome: 'failed',
    because,
    evidence: evidenceOf(attempt, null),
  }
}
