import { familyOf } from '@/lib/core/address'
import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { DescriptionSchema } from '@/lib/core/allowlist-schemas'
import type { Actor } from '@/lib/core/permissions'
import { formatRange, type Range } from '@/lib/core/range'
import { isInForce, RANGES_MAX, type RangeRow } from '@/lib/data/allowlist'
import { addRange } from '@/lib/data/allowlist-ranges'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { checked } from './checked'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { readExpiry } from './expiry-given'
import { formatInstant } from './output'
import { Problem } from './problem'
import { readRange } from './range-given'

export const command: Command = {
  name: 'allowlist add',
  about: 'Put ranges on the IP allowlist.',
  operands: { label: 'RANGE...', about: 'An address, a CIDR block, or "a - b" in quotes.', atMost: 1000 },
  options: {
    description: { value: 'TEXT', about: 'What it is, such as "Office".' },
    expires: { value: 'WHEN', about: 'Ends by itself: 24h, 7d, or 2030-01-31T18:00 in UTC.' },
    yes: { about: 'Add it even if it holds every address there is.' },
    account: ACCOUNT_OPTION,
  },
  examples: [
    'gatehouse allowlist add 203.0.113.0/24 --description "Office"',
    'gatehouse allowlist add "192.0.2.10 - 192.0.2.20" 2001:db8:1::/48',
    'gatehouse allowlist add 198.51.100.7 --description "On call" --expires 24h',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const ranges = given.operands.map(readRange)
  const description = checked(DescriptionSchema, given.text('description'), '--description')
  const expiresAt = readExpiry(given.text('expires'), new Date())
  const { operator } = await requireOperator(given)
  const added: { id: string; range: string; coveredBy: string | null }[] = []
  for (const range of ranges) {
    const done = await addOne(operator, { range, description, expiresAt }, given.flag('yes'))
    if (typeof done === 'string') throw new Problem([done, before(added)].filter(Boolean).join(' '))
    added.push({ ...done, range: formatRange(range) })
  }
  const state = await readAllowlistState(operator)
  return {
    json: { added, allowlist: stateInJson(state) },
    lines: [
      ...added.map(
        ({ range, coveredBy }) => `Added ${range}${coveredBy ? ` (already covered by ${coveredBy})` : ''}.`,
      ),
      ...inForceLines(state),
    ],
  }
}

async function addOne(
  operator: Actor,
  input: { range: Range; description: string; expiresAt: Date | null },
  isSure: boolean,
): Promise<{ id: string; coveredBy: string | null } | string> {
  const consents = isSure ? (['covers-everything'] as const) : []
  const result = await addRange(operator, { ...input, origin: 'CLI' }, { ...NOTHING_ASKED, consents })
  const name = formatRange(input.range)
  switch (result.outcome) {
    case 'added':
      return { id: result.id, coveredBy: result.coveredBy }
    case 'duplicate':
      return `${name} is on the list already${butNotForGood(result.existing, result.undoneAt, new Date())}.`
    case 'expiry-past':
      return `${name} was not added: its expiry is past.`
    case 'list-full':
      return `${name} was not added: a list holds at most ${RANGES_MAX} ranges.`
    case 'covers-everything':
      return `${name} holds every IPv${familyOf(input.range.start)} address. Add --yes if you mean it.`
    case 'admits-everyone':
    case 'locks-you-out':
    case 'takes-yours-off':
    case 'undeclared-proxy':
    case 'prove-again':
      throw new Error('The operator is not asked this.')
  }
}

function butNotForGood(row: RangeRow, undoneAt: Date | null, now: Date): string {
  if (undoneAt)
    return `, but only until ${formatInstant(undoneAt)} unless somebody confirms that change: remove it first`
  if (isInForce(row, now)) return ''
  return `, but ${row.enabled ? 'expired' : 'disabled'}: remove it first`
}

function before(added: readonly { range: string }[]): string {
  return added.length === 0 ? '' : `Added before that: ${added.map(({ range }) => range).join(', ')}.`
}
