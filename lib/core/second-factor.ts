const MINUTE_MS = 60_000

/** Somebody who gave the right password has this long to give the second factor. */
export const HALF_SIGN_IN_LIFETIME_MS = 5 * MINUTE_MS
/** So many answers are looked at in one half sign-in. */
export const HALF_SIGN_IN_TRIES = 5
/** RFC 6238 with what every authenticator app takes: SHA-1, six digits, 30 seconds; one step early or late is taken. */
export const TOTP_STEP_MS = 30_000
export const TOTP_DIGITS = 6
export const TOTP_WINDOW_STEPS = 1
/** A set-up of an authenticator app that wasn't finished by then begins anew. */
export const ENROLMENT_LIFETIME_MS = 15 * MINUTE_MS
/** What the audit log and mails call an authenticator app; an agent has one. */
export const TOTP_NAME = 'Authenticator app'
export const RECOVERY_CODES = 10
export const PASSKEYS_MAX = 10
export const PASSKEY_NAME_MAX_CHARACTERS = 60

/** What somebody typed as a second factor. */
export type Answer = { kind: 'totp' | 'recovery'; code: string }

/** Letters and digits that can't be taken for one another; 12 of them are 59 bits. */
export const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const RECOVERY_CHARACTERS = 12
const RECOVERY_PATTERN = new RegExp(`^[${RECOVERY_ALPHABET}]{${RECOVERY_CHARACTERS}}$`)

/** Six digits, or a recovery code, however they are spaced; null for anything else. */
export function readAnswer(text: string): Answer | null {
  const code = text.replace(/[\s-]/g, '').toLowerCase()
  if (/^\d{6}$/.test(code)) return { kind: 'totp', code }
  return RECOVERY_PATTERN.test(code) ? { kind: 'recovery', code } : null
}

/** A recovery code out of random bytes, which are used without bias: "abcd-efgh-jkmn". Needs 24 bytes or more. */
export function formatRecoveryCode(bytes: Uint8Array): string | null {
  const unbiased = 256 - (256 % RECOVERY_ALPHABET.length)
  const letters = [...bytes].filter((byte) => byte < unbiased).slice(0, RECOVERY_CHARACTERS)
  if (letters.length < RECOVERY_CHARACTERS) return null
  const text = letters.map((byte) => RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** Whom a passkey is made for (WebAuthn's relying party). */
export interface RelyingParty {
  /** A domain name. */
  id: string
  origin: string
}

/**
 * The relying party of an APP_URL; null where browsers have no passkeys: at an IP address, and on plain http anywhere
 * but on localhost.
 */
export function relyingPartyOf(appUrl: string): RelyingParty | null {
  const { hostname, origin, protocol } = new URL(appUrl)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  const isAddress = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  return isAddress || (protocol !== 'https:' && !isLocal) ? null : { id: hostname, origin }
}
