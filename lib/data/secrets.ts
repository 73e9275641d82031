import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { env } from '../env'

/** Each purpose has a key of its own, derived from AUTH_SECRET (HKDF, RFC 5869). */
type Purpose =
  | 'outbox'
  | 'totp'
  | 'setup'
  | 'code'
  | 'limits'
  | 'mobile-access'
  | 'mobile-refresh'
  | 'audit'
  | 'backup'

/** A new token of 256 bits, as base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: its SHA-256, as hex. Enough for 256 random bits; never used for passwords. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** HMAC-SHA-256 of `text` under the key of the purpose, as base64url. */
export function sign(purpose: Purpose, text: string): string {
  return createHmac('sha256', keyFor(purpose)).update(text).digest('base64url')
}

/** Compares in constant time. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

/** The six digits that belong to one pending sign-in; shown on the screen that asked and stored nowhere. */
export function codeOf(pendingSignInId: string): string {
  const digest = createHmac('sha256', keyFor('code')).update(pendingSignInId).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

/** Encrypts with AES-256-GCM; `open` gives the text back, or null when it was changed or the key is another. */
export function seal(text: string, purpose: 'outbox' | 'totp' = 'outbox'): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
}

export function open(sealed: string, purpose: 'outbox' | 'totp' = 'outbox'): string | null {
  try {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Derived once for each secret: one process has one, tests have several. */
const keys = new Map<string, Buffer>()

function keyFor(purpose: Purpose): Buffer {
  const secret = env().AUTH_SECRET
  const name = `${purpose} ${secret}`
  const known = keys.get(name)
  if (known) return known
  const key = Buffer.from(hkdfSync('sha256', secret, '', `gatehouse ${purpose}`, 32))
  keys.set(name, key)
  return key
}
