import type { LookupEntry } from './lookup'
import type { FamilyRanges } from './lookup-ranges'
import { isElder, spansOf } from './lookup-segments'
import { compareWords, type Width } from './lookup-words'

/**
 * All ranges of one family that hold an address, for where the range of a segment has expired: an interval
 * tree laid into the sorted ranges (the middle of each stretch is its root, with the greatest end below it).
 * A search costs O(log n) and the number of ranges that hold the address, and allocates nothing.
 */
export interface OverlapParts {
  width: Width
  bounds: Uint32Array
  /** Per range: its place when the better answer comes first. */
  ranks: Uint32Array
  /** Per range: the instant from which it doesn't count. */
  expiries: Float64Array
  /** Per root: which range below it ends last. */
  greatestEnds: Uint32Array
}

export function overlapParts({ width, bounds, entries }: FamilyRanges): OverlapParts {
  const spans = spansOf(bounds, width)
  const order = Uint32Array.from(entries.keys()).sort((a, b) => {
    const wider = compareWords(spans, a * width, spans, b * width, width)
    return wider || (isElder(entries[a] as LookupEntry, entries[b] as LookupEntry) ? -1 : 1)
  })
  const ranks = new Uint32Array(order.length)
  for (const [rank, range] of order.entries()) ranks[range] = rank
  const expiries = Float64Array.from(entries, ({ expiresAtMs }) => expiresAtMs ?? Number.POSITIVE_INFINITY)
  const parts = { width, bounds, ranks, expiries, greatestEnds: new Uint32Array(ranks.length) }
  markEnds(parts, 0, ranks.length)
  return parts
}

export function overlapBytes({ bounds, ranks, expiries, greatestEnds }: OverlapParts): number {
  return bounds.byteLength + ranks.byteLength + greatestEnds.byteLength + expiries.byteLength
}

/** The best range in force that holds the address in `x` (its index among the sorted ranges), or -1. */
export function findOverlap(parts: OverlapParts, x: Uint32Array, nowMs: number): number {
  return best(parts, x, nowMs, 0, parts.ranks.length, -1)
}

function best(
  parts: OverlapParts,
  x: Uint32Array,
  nowMs: number,
  from: number,
  to: number,
  found: number,
): number {
  if (from === to) return found
  const { width, bounds, expiries, greatestEnds } = parts
  const middle = (from + to) >> 1
  // Stryker disable next-line ConditionalExpression: to skip what ends before saves time alone.
  if (compareWords(bounds, endOf(width, greatestEnds[middle] as number), x, 0, width) < 0) return found
  let better = best(parts, x, nowMs, from, middle, found)
  if (compareWords(bounds, 2 * middle * width, x, 0, width) > 0) return better
  const holds = compareWords(bounds, endOf(width, middle), x, 0, width) >= 0
  if (holds && nowMs < (expiries[middle] as number) && isBetter(parts, middle, better)) better = middle
  return best(parts, x, nowMs, middle + 1, to, better)
}

function isBetter({ ranks }: OverlapParts, range: number, than: number): boolean {
  if (than < 0) return true
  // Stryker disable next-line EqualityOperator: no two have the same rank.
  return (ranks[range] as number) < (ranks[than] as number)
}

/** Notes for each root between `from` and `to` which range below it ends last, and returns the topmost. */
function markEnds(parts: OverlapParts, from: number, to: number): number {
  const { width, bounds } = parts
  const middle = (from + to) >> 1
  let last = middle
  for (const [begin, end] of [
    [from, middle],
    [middle + 1, to],
  ] as const) {
    if (begin === end) continue
    const below = markEnds(parts, begin, end)
    if (compareWords(bounds, endOf(width, below), bounds, endOf(width, last), width) > 0) last = below
  }
  parts.greatestEnds[middle] = last
  return last
}

function endOf(width: Width, range: number): number {
  return (2 * range + 1) * width
}
