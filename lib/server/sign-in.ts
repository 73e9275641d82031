import 'server-only'
import { type Address, networkOf } from '../core/address'
import type { Surface } from '../core/allowlist'
import { type LimitedKey, minutesOf, networkKeys, PERSON_LIMIT } from '../core/rate-limit'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { findOnlyAccount } from '../data/accounts'
import { findAgentByEmail, type Identity, verifyIdentity } from '../data/identities'
import { isKnownDevice } from '../data/known-devices'
import { countFailures, readWaitMs } from '../data/rate-limits'
import { hashToken } from '../data/secrets'
import { recordSignIn } from '../data/sign-in-events'
import { HashingQueueFull, inHashingQueue } from './hashing-queue'

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
      const waitMs = await readWaitMs(keys, Date.now())
      if (waitMs > 0) return throttled(attempt, email, minutesOf(waitMs))
      const agent = await verifyIdentity(email, attempt.password)
      if (agent) return { outcome: 'proven', agent }
      await countFailures(keys, Date.now())
      await recordFailure(attempt, email, 'wrong-credentials')
      return { outcome: 'wrong' }
    })
  } catch (error) {
    if (error instanceof HashingQueueFull) return { outcome: 'busy' }
    throw error
  }
}

/** What limits the tries of this person from here, and whether it is a browser in which they signed in before. */
export async function limitsOf({
  email,
  address,
  deviceToken,
}: Pick<Attempt, 'email' | 'address' | 'deviceToken'>): Promise<{
  isKnown: boolean
  keys: [LimitedKey, ...LimitedKey[]]
}> {
  const isKnown = await isKnownDevice(deviceToken, { email })
  return { isKnown, keys: isKnown ? [ownKey(email, deviceToken)] : limitedKeys(email, address) }
}

/** In a browser in which the person signed in before only its own failures count: no stranger's lock the owner out. */
function ownKey(email: string, deviceToken: string | null): LimitedKey {
  return { key: `person:${hashToken(email)}:device:${hashToken(deviceToken ?? '')}`, limit: PERSON_LIMIT }
}

/** What limits a try: the e-mail together with the network, and the networks. The e-mail is hashed: it may be a password. */
function limitedKeys(email: string, address: Address | null): [LimitedKey, ...LimitedKey[]] {
  const network = address ? networkOf(address) : 'unknown'
  return [{ key: `person:${hashToken(email)}:${network}`, limit: PERSON_LIMIT }, ...networkKeys(address)]
}

async function throttled(attempt: Attempt, email: string, minutes: number): Promise<Proof> {
  await recordFailure(attempt, email, 'too-many-attempts')
  return { outcome: 'throttled', minutes }
}

async function recordFailure(attempt: Attempt, email: string, because: string): Promise<void> {
  const agent = await findAgentByEmail(email)
  // Asked whoever it is, so that an unknown e-mail takes as long as a known one.
  const onlyAccount = await findOnlyAccount()
  await recordSignIn({
    accountId: agent?.accountId ?? onlyAccount,
    agentId: agent?.id ?? null,
    emailTried: email,
    surface: attempt.surface,
    address: attempt.address,
    outcome: 'failed',
    because,
    device: attempt.device,
    evidence: evidenceOf(attempt, null),
  })
}
