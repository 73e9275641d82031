import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import type { Actor } from '@/lib/core/permissions'
import { formatRange } from '@/lib/core/range'
import { deleteRange } from '@/lib/data/allowlist-ranges'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { findRangeByAddresses, findRangeById } from '@/lib/data/every-range'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { Problem } from './problem'
import { readRange } from './range-given'

export const command: Command = {
  name: 'allowlist remove',
  about: 'Take ranges off the IP allowlist.',
  operands: { label: 'RANGE...', about: 'As "allowlist show" shows it, or its id.', atMost: 1000 },
  options: { account: ACCOUNT_OPTION },
  examples: [
    'gatehouse allowlist remove 203.0.113.0/24',
    'gatehouse allowlist remove "192.0.2.10 - 192.0.2.20"',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const { operator } = await requireOperator(given)
  const found: { id: string; text: string }[] = []
  for (const text of given.operands) found.push({ id: await findId(operator, text), text })
  const removed: string[] = []
  for (const { id } of found) {
    const result = await deleteRange(operator, { id }, NOTHING_ASKED)
    if (result.outcome === 'deleted') removed.push(formatRange(result.row))
  }
  const state = await readAllowlistState(operator)
  return {
    json: { removed, allowlist: stateInJson(state) },
    lines: [...removed.map((range) => `Removed ${range}.`), ...inForceLines(state)],
  }
}

async function findId(operator: Actor, text: string): Promise<string> {
  const row = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)
    ? await findRangeById(operator, text)
    : await findRangeByAddresses(operator, readRange(text))
  if (row) return row.id
  throw new Problem(`${text} is not on the list; "allowlist show" lists what is. Nothing was changed.`)
}
