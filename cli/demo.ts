import { describePermissions, ROLE_WORDS } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { listAccounts } from '@/lib/data/accounts'
import { newTemporaryPassword } from '@/lib/data/passwords'
import { env } from '@/lib/env'
import { type Demo, makeDemo } from '@/prisma/fixtures/demo'
import type { Command, Given, Report } from './command'
import { PROGRAM } from './help'
import { table } from './output'
import { PASSWORD_OPTION, readPassword, tookPassword } from './password'
import { Problem } from './problem'
import { requireDatabaseOrMake } from './ready'

export const command: Command = {
  name: 'demo',
  about: 'Fill a demo account to look around in; refused beside real accounts.',
  options: {
    'password-stdin': {
      ...PASSWORD_OPTION,
      about: 'Read the password of everybody in it from standard input; without it one is made.',
    },
  },
  examples: ['gatehouse demo', 'gatehouse demo --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const chosen = await readPassword(given)
  await requireDatabaseOrMake()
  await refuseBesideOthers()
  const password = chosen ?? newTemporaryPassword()
  const demo = tookPassword(await makeDemo(password, new Date()))
  if (demo === 'email-taken') throw new Problem('Somebody else made the demo account at this moment.')
  const signInUrl = `${env().APP_URL}${PATHS.signIn}`
  return {
    json: {
      account: { id: demo.accountId, name: demo.accountName },
      people: demo.people,
      ...(chosen === undefined ? { password } : {}),
      signInUrl,
    },
    lines: inWords(demo, signInUrl, chosen === undefined ? password : null),
  }
}

async function refuseBesideOthers(): Promise<void> {
  const accounts = await listAccounts()
  const real = accounts.find((account) => !account.isDemo)
  if (real)
    throw new Problem(
      `There is a real account here ("${real.name}"), and a demo does not belong beside it. Set DATA_DIR to another folder for it.`,
    )
  if (accounts.length > 0)
    throw new Problem(
      `The demo account is there already. A lost password: ${PROGRAM} agent reset-password ana@northwind.example`,
    )
}

function inWords(demo: Demo, signInUrl: string, password: string | null): string[] {
  const people = demo.people.map((person) => [
    person.email,
    ROLE_WORDS[person.role],
    person.disabled ? 'disabled: cannot sign in' : describePermissions(person),
  ])
  return [
    `The demo account "${demo.accountName}" is made: ${demo.people.length} people, ${demo.ranges} ranges, the IP allowlist off.`,
    password === null
      ? `Start Gatehouse with "npm start" and sign in at ${signInUrl} as any of these:`
      : `Start Gatehouse with "npm start" and sign in at ${signInUrl} with the password ${password} as any of these:`,
    '',
    ...table(['E-MAIL', 'ROLE', 'PERMISSIONS'], people).map((line) => `  ${line}`),
  ]
}
