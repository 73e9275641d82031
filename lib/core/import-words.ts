import { countOf } from './allowlist-words'
import type { ImpactView } from './impact-words'
import { formatRange } from './range'
import type { ListedRange, RangeList } from './range-list'

/** How many ranges of a list come on the allowlist, and how many don't, by reason. */
export interface ImportCounts {
  added: number
  /** On the allowlist already. */
  listed: number
  expired: number
  /** In the list once more. */
  repeated: number
}

/** What would become of a list, by its lines. */
export interface SortedList {
  added: readonly ListedRange[]
  listed: readonly { range: ListedRange; isInForce: boolean }[]
  expired: readonly ListedRange[]
}

export function countImport({ repeated }: RangeList, { added, listed, expired }: SortedList): ImportCounts {
  return {
    ...{ added: added.length, listed: listed.length },
    ...{ expired: expired.length, repeated: repeated.length },
  }
}

/** "12 ranges will be added. 3 are on the list already and stay as they are." */
export function describeImportAhead({ added, ...skipped }: ImportCounts): string {
  const first = added === 0 ? 'No range will be added.' : `${countOf(added, 'range')} will be added.`
  return [first, ...skips(skipped)].join(' ')
}

/** "12 ranges were added. 3 are on the list already and stay as they are." */
export function describeImportDone({ added, ...skipped }: ImportCounts): string {
  const first = added === 0 ? 'No range was added.' : `${countOf(added, 'range was', 'ranges were')} added.`
  return [first, ...skips(skipped)].join(' ')
}

function skips({ listed, expired, repeated }: Omit<ImportCounts, 'added'>): string[] {
  return [
    listed > 0 &&
      `${countOf(listed, 'is', 'are')} on the list already and ${listed === 1 ? 'stays as it is' : 'stay as they are'}.`,
    expired > 0 && `${countOf(expired, 'has', 'have')} expired and ${expired === 1 ? 'is' : 'are'} left out.`,
    repeated > 0 && `${countOf(repeated, 'line repeats', 'lines repeat')} an earlier one.`,
  ].filter((sentence) => sentence !== false)
}

/** "4 lines can't be read." */
export function describeProblems({ problems }: RangeList): string {
  const lines = new Set(problems.map(({ line }) => line)).size
  return `${countOf(lines, 'line')} can’t be read.`
}

/** A line that adds nothing, and why. */
export interface SkippedLine {
  line: number
  range: string
  why: string
}

/** The lines that add nothing, in their order. */
export function skippedLines({ repeated }: RangeList, { listed, expired }: SortedList): SkippedLine[] {
  const skipped = [
    ...repeated.map(({ line, range, firstLine }) => ({
      line,
      range,
      why: `stands in line ${firstLine} already`,
    })),
    ...listed.map(({ range: { line, range }, isInForce }) => ({
      ...{ line, range },
      why: isInForce ? 'is on the list already' : 'is on the list already, but disabled or expired',
    })),
    ...expired.map(({ line, range }) => ({ line, range, why: 'has expired' })),
  ]
  return skipped
    .sort((a, b) => a.line - b.line)
    .map(({ line, range, why }) => ({ line, range: formatRange(range), why }))
}

/** What a screen shows of an import that is not made yet. */
export interface ImportPreview {
  counts: ImportCounts
  /** Some of the lines that add nothing. */
  skipped: readonly SkippedLine[]
  /** How many more there are. */
  moreSkipped: number
  /** Null: nothing would be added. */
  impact: ImpactView | null
}

const SHOWN = 20

export function previewImport(list: RangeList, sorted: SortedList, impact: ImpactView | null): ImportPreview {
  const skipped = skippedLines(list, sorted)
  return {
    counts: countImport(list, sorted),
    skipped: skipped.slice(0, SHOWN),
    moreSkipped: Math.max(0, skipped.length - SHOWN),
    impact,
  }
}
