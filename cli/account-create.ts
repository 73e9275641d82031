import { EmailSchema, NameSchema } from '@/lib/core/agent-schemas'
import { PATHS } from '@/lib/core/paths'
import { createAccount } from '@/lib/data/accounts'
import { newTemporaryPassword } from '@/lib/data/passwords'
import { env } from '@/lib/env'
import { checked } from './checked'
import type { Command, Given, Report } from './command'
import { PASSWORD_OPTION, readPassword, temporaryLines, tookPassword } from './password'
import { Problem } from './problem'
import { requireDatabaseOrMake } from './ready'

export const command: Command = {
  name: 'account create',
  about: 'Make an account with its first admin.',
  options: {
    name: { value: 'NAME', about: 'Name of the account, such as your company.', required: true },
    'admin-name': { value: 'NAME', about: 'Name of its first admin.', required: true },
    'admin-email': { value: 'EMAIL', about: 'E-mail address that the admin signs in with.', required: true },
    'password-stdin': PASSWORD_OPTION,
  },
  examples: [
    'gatehouse account create --name "Northwind" --admin-name "Ana Silva" --admin-email ana@example.com',
    'gatehouse account create --name N --admin-name A --admin-email a@example.com --password-stdin < password.txt',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const accountName = checked(NameSchema, given.required('name'), '--name')
  const name = checked(NameSchema, given.required('admin-name'), '--admin-name')
  const email = checked(EmailSchema, given.required('admin-email'), '--admin-email')
  const chosen = await readPassword(given)
  await requireDatabaseOrMake()
  const password = chosen ?? newTemporaryPassword()
  const made = tookPassword(
    await createAccount({ accountName, name, email, password }, { passwordTemporary: chosen === undefined }),
  )
  if (made === 'email-taken')
    throw new Problem(`${email} belongs to another agent already. Use another e-mail address.`)
  const signInUrl = `${env().APP_URL}${PATHS.signIn}`
  return {
    json: {
      account: { id: made.accountId, name: accountName },
      admin: { id: made.agentId, name, email },
      ...(chosen === undefined ? { temporaryPassword: password } : {}),
      signInUrl,
    },
    lines: [
      `The account "${accountName}" is made (${made.accountId}).`,
      ...temporaryLines(signInUrl, email, chosen === undefined ? password : null),
    ],
  }
}
