import 'server-only'
import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import { minutesOf } from '../core/rate-limit'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { findOnlyAccount } from '../data/accounts'
import { findAgentByEmail, type Identity, verifyIdentity } from '../data/identities'
import { countFailures, findWait, type Wait } from '../data/rate-limits'
import { recordFirstInWait, recordSignIn, type SignInAttempt } from '../data/sign-in-events'
import { HashingQueueFull, inHashingQueue } from './hashing-queue'
import { limitsOf, logPlaceOf } from './limits'

/** E-mail and password as somebody sent them, from where, and where to. */
export interface Attempt extends WayHere {
  email: string
  password: string
  address: Address | null
  surface: Surface
  device: string
  /** The token of a browser that may be known, or null. */
  deviceToken: string | null
}

export type Proof =
  | { outcome: 'proven'; agent: Identity }
  | { outcome: 'throttled'; minutes: number }
  /** Nothing was checked: more people are signing in than passwords can be hashed. */
  | { outcome: 'busy' }
  | { outcome: 'wrong' }

/**
 * Proves an identity by e-mail and password, and nothing more: whoever is proven still has to ask `admit`. Limits come
 * before any hashing; right passwords don't count; one answer for wrong, unknown and disabled. Failed attempts are
 * recorded here, proven ones by `admit`.
 */
export async function proveIdentity(attempt: Attempt): Promise<Proof> {
  const email = attempt.email.trim().toLowerCase()
  const { isKnown, keys } = await limitsOf({ ...attempt, email })
  const [{ key }] = keys
  try {
    return await inHashingQueue(key, isKnown ? 'known' : 'open', async () => {
      const wait = await findWait(keys, Date.now())
      if (wait) return throttled(attempt, email, wait)
      const agent = await verifyIdentity(email, attempt.password)
      if (agent) return { outcome: 'proven', agent }
      await countFailures(keys, Date.now())
      await recordSignIn(await failureOf(attempt, email, 'wrong-credentials'))
      return { outcome: 'wrong' }
    })
  } catch (error) {
    if (error instanceof HashingQueueFull) return { outcome: 'busy' }
    throw error
  }
}

/**
 * In each wait of a key, one row for each place of e-mails, so that colleagues behind one network find their own. Who is
 * there has no place of their own: neither rows nor their time tell who that is.
 */
async function throttled(attempt: Attempt, email: string, wait: Wait): Promise<Proof> {
  const failure = await failureOf(attempt, email, 'too-many-attempts')
  await recordFirstInWait(failure, wait, `-${logPlaceOf(email)}`)
  return { outcome: 'throttled', minutes: minutesOf(wait.ms) }
}

async function failureOf(attempt: Attempt, email: string, because: string): Promise<SignInAttempt> {
  const agent = await findAgentByEmail(email)
  // Asked whoever it is, so that an unknown e-mail takes as long as a known one.
  const onlyAccount = await findOnlyAccount()
  return {
    accountId: agent?.accountId ?? onlyAccount,
    agentId: agent?.id ?? null,
    emailTried: email,
    surface: attempt.surface,
    address: attempt.address,
    outcome: 'failed',
    because,
    device: attempt.device,
    evidence: evidenceOf(attempt, null),
  }
}
