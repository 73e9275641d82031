import { EmailSchema } from '@/lib/core/agent-schemas'
import { PATHS } from '@/lib/core/paths'
import { operatorOf } from '@/lib/data/accounts'
import { resetPassword } from '@/lib/data/agent-passwords'
import { findAgentByEmail } from '@/lib/data/identities'
import { env } from '@/lib/env'
import { requireAccount } from './account'
import { checked } from './checked'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { PASSWORD_OPTION, readPassword, temporaryLines, tookPassword } from './password'
import { Problem } from './problem'
import { requireDatabase } from './ready'

export const command: Command = {
  name: 'agent reset-password',
  about: 'Give an agent a new password and sign them out everywhere.',
  operands: { label: 'EMAIL', about: 'E-mail address of the agent.', atMost: 1 },
  options: { 'password-stdin': PASSWORD_OPTION, account: ACCOUNT_OPTION },
  examples: [
    'gatehouse agent reset-password ana@example.com',
    'gatehouse agent reset-password ana@example.com --password-stdin < password.txt',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const email = checked(EmailSchema, given.operands[0], 'EMAIL')
  const chosen = await readPassword(given)
  await requireDatabase()
  const agent = await findAgentByEmail(email)
  const account = given.text('account') === undefined ? null : await requireAccount(given)
  if (!agent || (account && account.id !== agent.accountId))
    throw new Problem(
      `There is no agent with the e-mail address ${email}${account ? ` in "${account.name}"` : ''}.`,
    )
  const reset = tookPassword(await resetPassword(operatorOf(agent.accountId), agent.id, chosen))
  if (typeof reset === 'string') throw new Problem(`${email} was removed meanwhile; nothing was changed.`)
  const temporaryPassword = chosen === undefined ? reset.password : null
  const signInUrl = `${env().APP_URL}${PATHS.signIn}`
  return {
    json: {
      agent: { id: agent.id, name: reset.name, email },
      ended: reset.ended,
      ...(temporaryPassword ? { temporaryPassword } : {}),
      signInUrl,
    },
    lines: [
      `${reset.name} has a new password and was signed out everywhere (${endedInWords(reset.ended)}).`,
      ...temporaryLines(signInUrl, email, temporaryPassword),
    ],
  }
}

function endedInWords({ sessions, devices }: { sessions: number; devices: number }): string {
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
  return `${counted(sessions, 'session')}, ${counted(devices, 'mobile device')}`
}
