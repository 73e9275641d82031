import { randomInt } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import { PASSWORD_MAX_CHARACTERS } from '../core/agent-schemas'

/**
 * argon2id (RFC 9106) with OWASP's parameters; hashed by native threads, off the main thread. Changed here, they hold
 * for new passwords at once and for others from their person's next sign-in.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Verified when there is nobody to verify, so that every wrong answer costs the same. */
let nobody: Promise<string> | undefined

export function hashPassword(password: string): Promise<string> {
  return hash(password, PARAMETERS)
}

/** The same hash for the same text and salt (base64), so that one of several secrets is found by one hash. */
export function hashWithSalt(text: string, salt: string): Promise<string> {
  return hash(text, { ...PARAMETERS, salt: Buffer.from(salt, 'base64') })
}

/** True for the right password. Costs the same for an unknown person (`stored` null) and an overlong password. */
export async function isRightPassword(stored: string | null, password: string): Promise<boolean> {
  const isHashable = password.length <= PASSWORD_MAX_CHARACTERS
  nobody ??= hash('nobody has this password', PARAMETERS)
  const right = await verify(isHashable && stored ? stored : await nobody, isHashable ? password : '')
  return right && isHashable && stored !== null
}

/** Whether a stored password was hashed with other parameters than those in force. */
export function isHashOutdated(stored: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored)
  return (
    memoryCost !== PARAMETERS.memoryCost ||
    timeCost !== PARAMETERS.timeCost ||
    parallelism !== PARAMETERS.parallelism ||
    !stored.startsWith('$argon2id$')
  )
}

/** Letters and digits that can't be taken for one another when read aloud or copied by hand. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of four, about 79 bits. */
export function newTemporaryPassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
