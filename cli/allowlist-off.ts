import { z } from 'zod'
import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { cleanText } from '@/lib/core/allowlist-search'
import { parseTimeOff, REASON_MAX_CHARACTERS } from '@/lib/core/time-off'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { type TurnOff, turnOff } from '@/lib/data/allowlist-switches'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { checked } from './checked'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { formatInstant } from './output'
import { UsageProblem } from './problem'

export const command: Command = {
  name: 'allowlist off',
  about: 'Turn the IP allowlist off: the way back in when every admin is locked out.',
  options: {
    for: { value: 'TIME', about: 'It turns itself on again after 15m or 2h; 24h is the most.' },
    reason: { value: 'TEXT', about: 'Why, for the audit log and the other admins; needed with --for.' },
    account: ACCOUNT_OPTION,
  },
  examples: [
    'gatehouse allowlist off --for 15m --reason "New office, list not updated"',
    'gatehouse allowlist off --account "Northwind"',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const ending = readEnding(given, new Date())
  const { operator } = await requireOperator(given)
  const turned = await turnOff(operator, NOTHING_ASKED, ending)
  const state = await readAllowlistState(operator)
  return {
    json: { changed: turned.outcome === 'turned-off', allowlist: stateInJson(state) },
    lines: [...aboutBefore(turned, ending), ...inForceLines(state)],
  }
}

/** What somebody who looks at the outcome alone would miss. */
function aboutBefore(turned: Awaited<ReturnType<typeof turnOff>>, ending: TurnOff | null): string[] {
  if (turned.outcome === 'unchanged') return [UNCHANGED]
  if (turned.outcome !== 'turned-off' || !turned.endBefore) return []
  const was = `It was to turn itself on again at ${formatInstant(turned.endBefore)}.`
  return [ending ? was : `${was} Now it stays off until somebody turns it on.`]
}

const UNCHANGED = 'It was off already, until somebody turns it on; nothing was changed.'

const WHY = 'say in a few words why the list is turned off.'

const ReasonSchema = z
  .string(WHY)
  .transform(cleanText)
  .pipe(z.string().min(1, WHY).max(REASON_MAX_CHARACTERS, `at most ${REASON_MAX_CHARACTERS} characters.`))

function readEnding(given: Given, now: Date): TurnOff | null {
  const time = given.text('for')
  if (time === undefined) {
    if (given.text('reason') === undefined) return null
    throw new UsageProblem('--reason goes with --for: for how long is the list to be off?')
  }
  const parsed = parseTimeOff(time)
  if (!parsed.ok) throw new UsageProblem(`--for: ${parsed.problem}`)
  const reason = checked(ReasonSchema, given.text('reason'), '--reason')
  return { until: new Date(now.getTime() + parsed.ms), reason }
}
