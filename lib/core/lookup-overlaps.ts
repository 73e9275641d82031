import type { LookupEntry } from './lookup'
import type { FamilyRanges } from './lookup-ranges'
import { isElder, spansOf } from './lookup-segments'
import { compareWords, type Width } from './lookup-words'

/**
 * All ranges of one family that hold an address, for where the range of a segment has expired: an interval
 * tree laid into the sorted ranges (the middle of each stretch is its root, with the greatest end below it).
 * A search costs O(log n) and the number of ranges that hold the address, and allocates nothing.
 */
export class Overlaps {
  private readonly greatestEnds: Uint32Array

  private constructor(
    private readonly width: Width,
    private readonly bounds: Uint32Array,
    /** Per range: its place when the better answer comes first. */
    private readonly ranks: Uint32Array,
    /** Per range: the instant from which it doesn't count. */
    private readonly expiries: Float64Array,
  ) {
    this.greatestEnds = new Uint32Array(ranks.length)
    this.markEnds(0, ranks.length)
  }

  static of(ranges: FamilyRanges): Overlaps {
    const { width, bounds, entries } = ranges
    const spans = spansOf(bounds, width)
    const order = Uint32Array.from(entries.keys()).sort((a, b) => {
      const wider = compareWords(spans, a * width, spans, b * width, width)
      if (wider !== 0) return wider
      return isElder(entries[a] as LookupEntry, entries[b] as LookupEntry) ? -1 : 1
    })
    const ranks = new Uint32Array(order.length)
    for (const [rank, range] of order.entries()) ranks[range] = rank
    const expiries = Float64Array.from(entries, ({ expiresAtMs }) => expiresAtMs ?? Number.POSITIVE_INFINITY)
    return new Overlaps(width, bounds, ranks, expiries)
  }

  get bytes(): number {
    return (
      this.bounds.byteLength + this.ranks.byteLength + this.greatestEnds.byteLength + this.expiries.byteLength
    )
  }

  /** The best range in force that holds the address in `x` (its index among the sorted ranges), or -1. */
  find(x: Uint32Array, nowMs: number): number {
    return this.best(x, nowMs, 0, this.ranks.length, -1)
  }

  private best(x: Uint32Array, nowMs: number, from: number, to: number, found: number): number {
    if (from === to) return found
    const middle = (from + to) >> 1
    if (compareWords(this.bounds, this.endOf(this.greatestEnds[middle] as number), x, 0, this.width) < 0)
      return found
    let best = this.best(x, nowMs, from, middle, found)
    if (compareWords(this.bounds, 2 * middle * this.width, x, 0, this.width) > 0) return best
    const holds = compareWords(this.bounds, this.endOf(middle), x, 0, this.width) >= 0
    if (holds && nowMs < (this.expiries[middle] as number) && this.isBetter(middle, best)) best = middle
    return this.best(x, nowMs, middle + 1, to, best)
  }

  private isBetter(range: number, than: number): boolean {
    return than < 0 || (this.ranks[range] as number) < (this.ranks[than] as number)
  }

  /** Notes for each root between `from` and `to` which range below it ends last, and returns the topmost. */
  private markEnds(from: number, to: number): number {
    if (from === to) return -1
    const middle = (from + to) >> 1
    let last = middle
    for (const below of [this.markEnds(from, middle), this.markEnds(middle + 1, to)]) {
      if (
        below >= 0 &&
        compareWords(this.bounds, this.endOf(below), this.bounds, this.endOf(last), this.width) > 0
      ) {
        last = below
      }
    }
    this.greatestEnds[middle] = last
    return last
  }

  private endOf(range: number): number {
    return (2 * range + 1) * this.width
  }
}
