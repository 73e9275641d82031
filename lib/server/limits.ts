import 'server-only'
import { type Address, networkOf } from '../core/address'
import { resetKeys } from '../core/password-reset'
import { type LimitedKey, networkKeys, PERSON_LIMIT } from '../core/rate-limit'
import { isKnownDevice } from '../data/known-devices'
import { hashToken, sign } from '../data/secrets'

/** Whose tries are limited, and where they come from. */
export interface Trier {
  /** In lower case. */
  email: string
  address: Address | null
  /** The token of a browser that may be known, or null. */
  deviceToken: string | null
}

/**
 * What limits the tries of this person from here, of the password and of the second factor alike, and whether it is a
 * browser in which they signed in before.
 */
export async function limitsOf(trier: Trier): Promise<{
  isKnown: boolean
  keys: [LimitedKey, ...LimitedKey[]]
}> {
  const { email, address, deviceToken } = trier
  const isKnown = await isKnownDevice(deviceToken, { email })
  return { isKnown, keys: isKnown ? [ownKey(email, deviceToken)] : strangersKeys(email, address) }
}

/** In a browser in which the person signed in before only its own failures count: no stranger's lock the owner out. */
function ownKey(email: string, deviceToken: string | null): LimitedKey {
  return { key: `person:${markOf(email)}:device:${hashToken(deviceToken ?? '')}`, limit: PERSON_LIMIT }
}

function strangersKeys(email: string, address: Address | null): [LimitedKey, ...LimitedKey[]] {
  return [
    { key: `person:${markOf(email)}:${placeOf(address)}`, limit: PERSON_LIMIT },
    ...networkKeys(address),
  ]
}

/** What limits asking for a link to choose a new password. */
export function resetLimitsOf({ email, address }: Pick<Trier, 'email' | 'address'>): LimitedKey[] {
  return resetKeys(markOf(email), placeOf(address), address)
}

/** One of 64 places that all e-mails share, so that any number of them leaves a bounded number of rows in a wait. */
export function logPlaceOf(email: string): string {
  return markOf(email).charAt(0)
}

/** Stands for an e-mail in a stored key. People type passwords there, so nobody may find it again by trying. */
function markOf(email: string): string {
  return sign('limits', email)
}

function placeOf(address: Address | null): string {
  return address ? networkOf(address) : 'unknown'
}
