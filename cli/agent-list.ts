import { formatAddress } from '@/lib/core/address'
import { parseAgentListing } from '@/lib/core/agent-listing'
import { describePermissions, ROLE_WORDS } from '@/lib/core/agent-words'
import { type AgentLine, listAgents } from '@/lib/data/agent-list'
import { requireOperator } from './account'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { formatInstant, table } from './output'

export const command: Command = {
  name: 'agent list',
  about: 'List the agents of an account.',
  options: {
    search: { value: 'TEXT', about: 'Only those with this in their name or e-mail address.' },
    account: ACCOUNT_OPTION,
  },
  examples: ['gatehouse agent list', 'gatehouse agent list --search ana --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { account, operator } = await requireOperator(given)
  const agents: AgentLine[] = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const listing = { ...parseAgentListing({}), search: given.text('search') ?? '', page }
    const found = await listAgents(operator, listing)
    pages = found.pages
    agents.push(...found.agents)
  }
  const count = agents.length === 1 ? '1 agent' : `${agents.length} agents`
  return {
    json: { account: { id: account.id, name: account.name }, agents: agents.map(inJson) },
    lines: [
      `${count} of "${account.name}"${agents.length === 0 ? '.' : ':'}`,
      ...(agents.length === 0
        ? []
        : table(['NAME', 'E-MAIL', 'ROLE', 'PERMISSIONS', 'STATUS', 'LAST SIGN-IN'], agents.map(inWords))),
    ],
  }
}

function inJson({ lastSignIn, version: _, ...agent }: AgentLine) {
  const address = lastSignIn?.address ? formatAddress(lastSignIn.address) : null
  return { ...agent, lastSignIn: lastSignIn && { ...lastSignIn, address } }
}

function inWords(agent: AgentLine): string[] {
  return [
    agent.name,
    agent.email,
    ROLE_WORDS[agent.role],
    describePermissions(agent),
    statusOf(agent),
    lastSignInOf(agent),
  ]
}

function statusOf(agent: AgentLine): string {
  if (agent.status !== 'active') return agent.status
  return agent.passwordTemporary ? 'temporary password' : 'active'
}

function lastSignInOf({ lastSignIn }: AgentLine): string {
  if (!lastSignIn) return 'never'
  const from = lastSignIn.address ? ` from ${formatAddress(lastSignIn.address)}` : ''
  return `${formatInstant(lastSignIn.at)}${from}`
}
