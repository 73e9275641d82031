import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { turnOff } from '@/lib/data/allowlist-switches'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'

export const command: Command = {
  name: 'allowlist off',
  about: 'Turn the IP allowlist off: the way back in when every admin is locked out.',
  options: { account: ACCOUNT_OPTION },
  examples: ['gatehouse allowlist off', 'gatehouse allowlist off --account "Northwind"'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { operator } = await requireOperator(given)
  const { outcome } = await turnOff(operator, NOTHING_ASKED)
  const state = await readAllowlistState(operator)
  return {
    json: { changed: outcome === 'turned-off', allowlist: stateInJson(state) },
    lines: [
      ...(outcome === 'unchanged' ? ['It was off already; nothing was changed.'] : []),
      ...inForceLines(state),
    ],
  }
}
