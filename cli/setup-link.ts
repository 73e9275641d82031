import { isSetupOpen } from '@/lib/data/accounts'
import { setupLink } from '@/lib/data/setup-link'
import type { Command, Report } from './command'
import { PROGRAM } from './help'
import { Problem } from './problem'
import { requireDatabase } from './ready'

export const command: Command = {
  name: 'setup-link',
  about: 'Print the link with which the first account is made in the browser.',
  options: {},
  examples: ['gatehouse setup-link'],
  run,
}

async function run(): Promise<Report> {
  await requireDatabase()
  if (!(await isSetupOpen()))
    throw new Problem(
      `There is an account already, so set-up is closed. "${PROGRAM} agent create" adds people to it.`,
    )
  const url = setupLink()
  return { json: { setupUrl: url }, lines: [url] }
}
