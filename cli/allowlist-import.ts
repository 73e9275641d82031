import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { viewImpact } from '@/lib/core/impact-words'
import {
  countImport,
  describeImportAhead,
  describeImportDone,
  describeProblems,
  type SortedList,
  skippedLines,
} from '@/lib/core/import-words'
import type { Actor } from '@/lib/core/permissions'
import { coversWholeFamily, formatRange } from '@/lib/core/range'
import { parseRangeList, type RangeList } from '@/lib/core/range-list'
import { RANGES_MAX } from '@/lib/data/allowlist'
import { foresee } from '@/lib/data/allowlist-impact'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { importRanges, surveyImport } from '@/lib/data/range-import'
import { RECENT_DAYS, RECENT_ROWS_MAX } from '@/lib/data/recent-sign-ins'
import { requireOperator } from './account'
import { inForceLines, stateInJson } from './allowlist-words'
import { ACCOUNT_OPTION, type Command, type Given, type Report } from './command'
import { Problem } from './problem'
import { readRangeList } from './range-list-given'

export const command: Command = {
  name: 'allowlist import',
  about: 'Put the ranges of a text or CSV file on the IP allowlist, all of them or none.',
  operands: { label: 'FILE', about: 'The file; - reads standard input.', atMost: 1 },
  options: {
    'dry-run': { about: 'Say what would happen and who would be refused. Changes nothing.' },
    yes: { about: 'Import it even if a range holds every address there is.' },
    account: ACCOUNT_OPTION,
  },
  examples: [
    'gatehouse allowlist import offices.csv --dry-run',
    'gatehouse allowlist import offices.csv',
    'gatehouse allowlist import - < offices.txt',
  ],
  run,
}

async function run(given: Given): Promise<Report> {
  const list = parseRangeList(await readRangeList(given.operands[0] ?? ''))
  const { operator } = await requireOperator(given)
  if (list.problems.length > 0) return unreadable(list)
  if (list.ranges.length === 0) throw new Problem('There is no range in this list. Nothing was changed.')
  const survey = await surveyImport(operator, list.ranges)
  return given.flag('dry-run')
    ? ahead(operator, list, survey)
    : deed(operator, list, survey, given.flag('yes'))
}

function unreadable(list: RangeList): Report {
  const { problems } = list
  return {
    failed: true,
    json: { added: 0, problems },
    lines: [
      `${describeProblems(list)} Nothing was changed.`,
      ...problems.map(({ line, message }) => `Line ${line}: ${message}`),
    ],
  }
}

async function ahead(
  operator: Actor,
  list: RangeList,
  survey: SortedList & { room: number },
): Promise<Report> {
  if (survey.room < 0) throw full(survey.added.length + survey.room)
  const impact = await foresee(operator, { change: 'add', ranges: survey.added })
  const view =
    impact && survey.added.length > 0
      ? viewImpact(impact, { agentId: null, days: RECENT_DAYS, rowsRead: RECENT_ROWS_MAX })
      : null
  return {
    json: { ...inJson(list, survey), dryRun: true, impact: view },
    lines: [
      `${describeImportAhead(countImport(list, survey))} Nothing was changed.`,
      ...told(list, survey),
      ...(view ? [view.headline] : []),
      ...(view?.people ?? []).map(({ name, address, isMobile, at, besides }) =>
        [`${name}: ${address ?? 'unknown address'}`, isMobile && 'mobile app', at.slice(0, 10), ...besides]
          .filter(Boolean)
          .join(', '),
      ),
      ...(view && view.more > 0 ? [`and ${view.more} more`] : []),
      ...(view?.note ? [view.note] : []),
    ],
  }
}

async function deed(operator: Actor, list: RangeList, survey: SortedList, isSure: boolean): Promise<Report> {
  const consents = isSure ? (['covers-everything'] as const) : []
  const result = await importRanges(operator, list.ranges, { ...NOTHING_ASKED, consents })
  switch (result.outcome) {
    case 'imported':
    case 'nothing-new': {
      const { listed, expired } = result
      const added = result.outcome === 'imported' ? result.added : 0
      const state = await readAllowlistState(operator)
      const counts = { added, listed, expired, repeated: list.repeated.length }
      return {
        json: { ...inJson(list, survey), ...counts, dryRun: false, allowlist: stateInJson(state) },
        lines: [describeImportDone(counts), ...told(list, survey), ...inForceLines(state)],
      }
    }
    case 'list-full':
      throw full(result.room)
    case 'covers-everything': {
      const all = list.ranges.find(({ range }) => coversWholeFamily(range))
      throw new Problem(
        `Line ${all?.line}: ${all && formatRange(all.range)} holds every address of its kind. Add --yes if you mean it. Nothing was changed.`,
      )
    }
    case 'admits-everyone':
    case 'locks-you-out':
    case 'takes-yours-off':
    case 'undeclared-proxy':
    case 'prove-again':
      throw new Error('The operator is not asked this.')
  }
}

function full(room: number): Problem {
  return new Problem(
    `Nothing was changed: a list holds at most ${RANGES_MAX} ranges, and there is room for ${room} more.`,
  )
}

/** What was passed over. */
function told(list: RangeList, survey: SortedList): string[] {
  return [
    ...skippedLines(list, survey).map(({ line, range, why }) => `Line ${line}: ${range} ${why}.`),
    ...(list.ignoredColumns.length > 0
      ? [`Columns that were not read: ${list.ignoredColumns.join(', ')}.`]
      : []),
  ]
}

function inJson(list: RangeList, survey: SortedList) {
  return {
    ...countImport(list, survey),
    skipped: skippedLines(list, survey),
    ignoredColumns: list.ignoredColumns,
  }
}
