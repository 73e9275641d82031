import { formatAddress } from '@/lib/core/address'
import { formatRange } from '@/lib/core/range'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { type EveryRange, readEveryRange } from '@/lib/data/every-range'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { formatInstant, table } from './output'

export const command: Command = {
  name: 'allowlist show',
  about: 'Show what the IP allowlist does now, and its ranges.',
  options: { account: ACCOUNT_OPTION },
  examples: ['gatehouse allowlist show', 'gatehouse allowlist show --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { account, operator } = await requireOperator(given)
  const state = await readAllowlistState(operator)
  const ranges = await readEveryRange(operator)
  return {
    json: {
      account: { id: account.id, name: account.name },
      allowlist: stateInJson(state),
      ranges: ranges.map(inJson),
    },
    lines: [
      ...inForceLines(state),
      ...(ranges.length === 0
        ? []
        : [
            '',
            ...table(
              ['RANGE', 'STATUS', 'EXPIRES', 'LAST MATCHED', 'ADDED BY', 'DESCRIPTION'],
              ranges.map(inWords),
            ),
          ]),
    ],
  }
}

function inJson({ accountId: _, addedById, ...range }: EveryRange & { accountId?: string }) {
  return {
    ...range,
    range: formatRange(range),
    start: formatAddress(range.start),
    end: formatAddress(range.end),
    addedById,
  }
}

function inWords(range: EveryRange): string[] {
  const instant = (at: Date | null) => (at ? formatInstant(at) : 'never')
  return [
    formatRange(range),
    range.status,
    instant(range.expiresAt),
    instant(range.lastMatchedAt),
    range.addedByName,
    range.description,
  ]
}
