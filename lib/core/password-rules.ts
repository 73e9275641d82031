import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from './agent-schemas'

/** Why a password that somebody chose is refused, in words that say what to do. */
export const PASSWORD_PROBLEMS = {
  'password-length': `Use ${PASSWORD_MIN_CHARACTERS} to ${PASSWORD_MAX_CHARACTERS} characters. A few words make a good password.`,
  'password-common':
    'This is one of the most common passwords, or close to one. Choose a few words that have nothing to do with each other.',
  'password-predictable':
    'This repeats or counts up, so it is quickly guessed. Choose a few words that have nothing to do with each other.',
  'password-personal': `Names and e-mail addresses are quickly guessed. Leave yours out, or have at least ${PASSWORD_MIN_CHARACTERS} characters besides.`,
} as const
export type PasswordProblem = keyof typeof PASSWORD_PROBLEMS

/** Tells a problem of the password from whatever else a change may answer. */
export function isPasswordProblem(answer: unknown): answer is PasswordProblem {
  return typeof answer === 'string' && Object.hasOwn(PASSWORD_PROBLEMS, answer)
}

/**
 * What is wrong with a password, or null (NIST SP 800-63B, OWASP ASVS 5.0 V6.2): its length, whether it is common or
 * is made of what everybody knows about its person. No rule asks for digits, signs or capitals. `own`: names, e-mail
 * address and company of the person; `common`: common passwords in lower case.
 */
export function judgePassword(
  password: string,
  own: readonly string[],
  common: ReadonlySet<string>,
): PasswordProblem | null {
  const { length } = password
  if (length < PASSWORD_MIN_CHARACTERS || length > PASSWORD_MAX_CHARACTERS) return 'password-length'
  const text = fold(password)
  if (isCommon(text, common)) return 'password-common'
  if (isPredictable(lettersOf(text))) return 'password-predictable'
  return isPersonal(text, own) ? 'password-personal' : null
}

/** Alone, repeated, with digits and signs around it or in place of letters: "P@ssw0rd-2026!" is "password". */
function isCommon(text: string, common: ReadonlySet<string>): boolean {
  const core = text.replace(/^\P{L}+|\P{L}+$/gu, '')
  const plain = [text, lettersOf(text), core, lettersOf(core), lettersOf(withoutDisguise(core))]
  return plain.some((one) => common.has(one) || common.has(unitOf(one)))
}

const DISGUISES = { '@': 'a', 4: 'a', 3: 'e', 1: 'i', '!': 'i', 0: 'o', $: 's', 5: 's', 7: 't' } as const

function withoutDisguise(text: string): string {
  return text.replace(/[@431!0$57]/g, (sign) => DISGUISES[sign as keyof typeof DISGUISES])
}

const SEQUENCES = [
  '0123456789012345678901234567890123456789',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
]

/** "abcabcabcabc", "123456789012", a row of keys: up to three characters over and over, or a sequence, also backwards. */
function isPredictable(letters: string): boolean {
  const backwards = [...letters].reverse().join('')
  return (
    unitOf(letters).length <= 3 ||
    SEQUENCES.some((sequence) => sequence.includes(letters) || sequence.includes(backwards))
  )
}

const SHORTEST_PART = 3

/** Whether fewer characters are left than a password needs once everything about the person is taken out. */
function isPersonal(text: string, own: readonly string[]): boolean {
  const parts = own
    .flatMap((one) => fold(one).split(/[^\p{L}\p{N}]+/u))
    .filter(({ length }) => length >= SHORTEST_PART)
    .sort((a, b) => b.length - a.length)
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), text)
  return rest.length < PASSWORD_MIN_CHARACTERS && rest !== text
}

/** The shortest text of which `text` is a repetition. */
function unitOf(text: string): string {
  const at = `${text}${text}`.indexOf(text, 1)
  return text.slice(0, Math.max(0, at))
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '')
}

/** Lower case, without accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
