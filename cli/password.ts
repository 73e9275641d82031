import { NewPasswordSchema } from '@/lib/core/agent-schemas'
import { isPasswordProblem, PASSWORD_PROBLEMS, type PasswordProblem } from '@/lib/core/password-rules'
import { checked } from './checked'
import type { Given, Option } from './command'
import { UsageProblem } from './problem'

export const PASSWORD_OPTION: Option = {
  about: 'Read the password from standard input; without it a temporary one is made and shown once.',
}

const LONGEST_BYTES = 4096

/** The password from standard input when `--password-stdin` is given; one line end at its end is dropped. */
export async function readPassword(given: Given): Promise<string | undefined> {
  if (!given.flag('password-stdin')) return undefined
  if (process.stdin.isTTY)
    throw new UsageProblem(
      '--password-stdin reads from a pipe, so that the password is not shown: ... < file',
    )
  const parts: Buffer[] = []
  for await (const part of process.stdin) {
    parts.push(Buffer.from(part))
    if (parts.reduce((bytes, { length }) => bytes + length, 0) > LONGEST_BYTES) break
  }
  const text = Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '')
  return checked(NewPasswordSchema, text, GIVEN)
}

const GIVEN = 'The password on standard input'

/** The answer of a change, once it is known that the password was not what stood in its way. Throws UsageProblem. */
export function tookPassword<T>(answer: T | PasswordProblem): T {
  if (isPasswordProblem(answer)) throw new UsageProblem(`${GIVEN}: ${PASSWORD_PROBLEMS[answer]}`)
  return answer
}

/** How to sign in; a temporary password is shown here and nowhere else. */
export function temporaryLines(signInUrl: string, email: string, temporary: string | null): string[] {
  if (temporary === null) return [`Sign in at ${signInUrl} as ${email}.`]
  return [
    `Sign in at ${signInUrl} as ${email} with this temporary password, shown only now:`,
    '',
    `  ${temporary}`,
  ]
}
