import { EmailSchema, NameSchema } from '@/lib/core/agent-schemas'
import { PATHS } from '@/lib/core/paths'
import type { Rights } from '@/lib/core/permissions'
import { addAgent } from '@/lib/data/agents'
import { env } from '@/lib/env'
import { requireOperator } from './account'
import { checked } from './checked'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { PASSWORD_OPTION, readPassword, temporaryLines, tookPassword } from './password'
import { Problem, UsageProblem } from './problem'

export const command: Command = {
  name: 'agent create',
  about: 'Add an agent to an account.',
  options: {
    name: { value: 'NAME', about: "The person's name.", required: true },
    email: { value: 'EMAIL', about: 'E-mail address that they sign in with.', required: true },
    admin: { about: 'Make them an admin, who has all permissions.' },
    'manage-security': { about: 'Grant Manage Security (allowlist and logs).' },
    'manage-agents': { about: 'Grant Manage Agents (people and roles).' },
    'password-stdin': PASSWORD_OPTION,
    account: ACCOUNT_OPTION,
  },
  examples: [
    'gatehouse agent create --name "Ben Okafor" --email ben@example.com',
    'gatehouse agent create --name "Chloe Roy" --email chloe@example.com --manage-security',
    'gatehouse agent create --name "Ana Silva" --email ana@example.com --admin --password-stdin < password.txt',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const name = checked(NameSchema, given.required('name'), '--name')
  const email = checked(EmailSchema, given.required('email'), '--email')
  const rights = rightsOf(given)
  const chosen = await readPassword(given)
  const { account, operator } = await requireOperator(given)
  const made = tookPassword(await addAgent(operator, { name, email, ...rights }, chosen))
  if (made === 'email-taken')
    throw new Problem(`${email} belongs to another agent already. Use another e-mail address.`)
  if (made === 'beyond-rights') throw new Error('The operator may add any agent.')
  const temporaryPassword = chosen === undefined ? made.password : null
  const signInUrl = `${env().APP_URL}${PATHS.signIn}`
  return {
    json: {
      agent: { id: made.agentId, name, email, ...rights },
      account: { id: account.id, name: account.name },
      ...(temporaryPassword ? { temporaryPassword } : {}),
      signInUrl,
    },
    lines: [
      `${name} is now ${rights.role === 'ADMIN' ? 'an admin' : 'an agent'} of "${account.name}".`,
      ...temporaryLines(signInUrl, email, temporaryPassword),
    ],
  }
}

function rightsOf(given: Given): Rights {
  const managesSecurity = given.flag('manage-security')
  const managesAgents = given.flag('manage-agents')
  if (!given.flag('admin')) return { role: 'AGENT', managesSecurity, managesAgents }
  if (managesSecurity || managesAgents)
    throw new UsageProblem('An admin has all permissions: leave out --manage-security and --manage-agents.')
  return { role: 'ADMIN', managesSecurity: false, managesAgents: false }
}
