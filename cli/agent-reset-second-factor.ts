import { EmailSchema } from '@/lib/core/agent-schemas'
import { operatorOf } from '@/lib/data/accounts'
import { resetFactors } from '@/lib/data/factor-changes'
import { findAgentByEmail } from '@/lib/data/identities'
import { requireAccount } from './account'
import { checked } from './checked'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { Problem } from './problem'
import { requireDatabase } from './ready'

export const command: Command = {
  name: 'agent reset-second-factor',
  about: 'Take the second factors of an agent who lost them, and sign them out everywhere.',
  operands: { label: 'EMAIL', about: 'E-mail address of the agent.', atMost: 1 },
  options: { account: ACCOUNT_OPTION },
  examples: ['gatehouse agent reset-second-factor ana@example.com'],
  run,
}

async function run(given: Given): Promise<Report> {
  const email = checked(EmailSchema, given.operands[0], 'EMAIL')
  await requireDatabase()
  const agent = await findAgentByEmail(email)
  const account = given.text('account') === undefined ? null : await requireAccount(given)
  if (!agent || (account && account.id !== agent.accountId))
    throw new Problem(
      `There is no agent with the e-mail address ${email}${account ? ` in "${account.name}"` : ''}.`,
    )
  const reset = await resetFactors(operatorOf(agent.accountId), agent.id)
  if (reset === 'no-factor') throw new Problem(`${email} has no second factor; nothing was changed.`)
  if (typeof reset === 'string') throw new Problem(`${email} was removed meanwhile; nothing was changed.`)
  return {
    json: { agent: { id: agent.id, name: reset.name, email }, ended: reset.ended },
    lines: [
      `${reset.name} has no second factor any more, was signed out everywhere and told by mail.`,
      'The password alone signs them in until they set one up again.',
    ],
  }
}
