import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { turnOn } from '@/lib/data/allowlist-switches'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'

export const command: Command = {
  name: 'allowlist on',
  about: 'Turn the IP allowlist on. Running sessions go on unless told otherwise.',
  options: {
    'end-sessions': { about: 'Also end the web sessions outside the list.' },
    account: ACCOUNT_OPTION,
  },
  examples: ['gatehouse allowlist on', 'gatehouse allowlist on --end-sessions'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { operator } = await requireOperator(given)
  const endSessionsOutside = given.flag('end-sessions')
  const result = await turnOn(operator, { endSessionsOutside, exceptSessionId: null }, NOTHING_ASKED)
  const sessionsEnded = 'sessionsEnded' in result ? Number(result.sessionsEnded) : 0
  const state = await readAllowlistState(operator)
  return {
    json: { changed: result.outcome === 'turned-on', sessionsEnded, allowlist: stateInJson(state) },
    lines: [
      ...(result.outcome === 'unchanged'
        ? [unchangedLine('confirmed' in result && result.confirmed, sessionsEnded)]
        : []),
      ...inForceLines(state),
      ...(endSessionsOutside ? [`Sessions ended: ${sessionsEnded}.`] : []),
    ],
  }
}

function unchangedLine(isConfirmed: boolean, sessionsEnded: number): string {
  if (isConfirmed) return 'It was on already, and would have been turned off again; now it stays on.'
  return sessionsEnded > 0 ? 'It was on already.' : 'It was on already; nothing was changed.'
}
