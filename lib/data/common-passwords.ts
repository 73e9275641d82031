import { judgePassword, type PasswordProblem } from '../core/password-rules'

/** How many of the list count, from the most common on (OWASP ASVS 5.0, 6.2.4 asks for 3,000). */
const COUNTED = 10_000

let common: Promise<ReadonlySet<string>> | undefined

/** What is wrong with a password that somebody chose, or null. `own`: names, e-mail address and company of the person. */
export async function findPasswordProblem(
  password: string,
  own: readonly string[],
): Promise<PasswordProblem | null> {
  common ??= readCommon()
  return judgePassword(password, own, await common)
}

/** Read when the first password is chosen: half a megabyte that most processes of the command line never need. */
async function readCommon(): Promise<ReadonlySet<string>> {
  const { default: ranked } = await import('@zxcvbn-ts/language-common/src/passwords.json')
  return new Set(ranked.slice(0, COUNTED))
}
