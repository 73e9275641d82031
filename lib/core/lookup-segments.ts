import type { LookupEntry } from './lookup'
import { areDisjoint, type FamilyRanges } from './lookup-ranges'
import { countUp } from './lookup-sort'
import { compareWords, decrement, increment, type Width } from './lookup-words'

/** Disjoint stretches of addresses in order, each with the range that answers there. */
export interface Segments {
  width: Width
  /** Per segment `2 * width` words: first address, last address. */
  bounds: Uint32Array
  /** Per segment the index of its range in the sorted entries. */
  owners: Uint32Array
  /** Some segment's range expires and another range may have to answer in its place. */
  needsOverlaps: boolean
}

/** Cuts ranges into segments: the narrowest range answers, of equals the oldest, then the one with the lesser id. */
export function* cutSegments(ranges: FamilyRanges): Generator<void, Segments> {
  const { width, bounds, entries } = ranges
  if (!areDisjoint(ranges)) return yield* new Sweep(ranges).run()
  return { width, bounds, owners: countUp(entries.length), needsOverlaps: false }
}

/**
 * A line sweep over the sorted ranges. Those that have begun wait in a heap, best first; those that have ended
 * are dropped when they come to its top. O(n log n), at most 2n - 1 segments.
 */
class Sweep {
  private readonly width: Width
  private readonly bounds: Uint32Array
  private readonly entries: LookupEntry[]
  private readonly spans: Uint32Array
  private readonly heap: Uint32Array
  private waiting = 0
  private readonly at: Uint32Array
  private readonly cut: Uint32Array
  private readonly made: Uint32Array
  private readonly owners: Uint32Array
  private count = 0
  private needsOverlaps = false

  constructor({ width, bounds, entries }: FamilyRanges) {
    this.width = width
    this.bounds = bounds
    this.entries = entries
    this.spans = spansOf(bounds, width)
    this.heap = new Uint32Array(entries.length)
    this.at = new Uint32Array(width)
    this.cut = new Uint32Array(width)
    this.made = new Uint32Array(2 * bounds.length)
    this.owners = new Uint32Array(2 * entries.length)
  }

  *run(): Generator<void, Segments> {
    const { width, bounds, at } = this
    const stride = 2 * width
    let next = 0
    let open = true
    for (let turn = 0; open && (next < this.entries.length || this.waiting > 0); turn++) {
      if (turn % 4096 === 4095) yield
      if (this.waiting === 0) at.set(bounds.subarray(next * stride, next * stride + width))
      while (this.beginsBy(next, at)) this.push(next++)
      while (this.waiting > 0 && this.endCompared(this.heap[0] as number) < 0) this.pop()
      if (this.waiting === 0) continue
      open = this.emitUntil(next)
    }
    return {
      width,
      bounds: this.made.slice(0, this.count * stride),
      owners: this.owners.slice(0, this.count),
      needsOverlaps: this.needsOverlaps,
    }
  }

  /** Whether the range begins at `limit` or before. */
  private beginsBy(range: number, limit: Uint32Array): boolean {
    // Stryker disable next-line all: words behind the last range don't compare as less or equal either.
    if (range >= this.entries.length) return false
    return compareWords(this.bounds, 2 * range * this.width, limit, 0, this.width) <= 0
  }

  private endCompared(range: number): number {
    return compareWords(this.bounds, (2 * range + 1) * this.width, this.at, 0, this.width)
  }

  /** The best range answers from `at` to its end, or to where the next range begins; false at the family's end. */
  private emitUntil(next: number): boolean {
    const { width, bounds, at, cut, made } = this
    const owner = this.heap[0] as number
    const end = (2 * owner + 1) * width
    cut.set(bounds.subarray(end, end + width))
    if (this.beginsBy(next, cut)) {
      const begin = 2 * next * width
      cut.set(bounds.subarray(begin, begin + width))
      decrement(cut, 0, width)
    }
    if (this.waiting > 1 && (this.entries[owner] as LookupEntry).expiresAtMs !== null)
      this.needsOverlaps = true
    if (this.owners[this.count - 1] !== owner) {
      made.set(at, 2 * this.count * width)
      this.owners[this.count++] = owner
    }
    made.set(cut, (2 * this.count - 1) * width)
    at.set(cut)
    return increment(at, 0, width)
  }

  private push(range: number): void {
    let place = this.waiting++
    // Stryker disable next-line EqualityOperator: nothing is better than what is not there, above the top.
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.isBetter(range, this.heap[parent] as number)) break
      this.heap[place] = this.heap[parent] as number
      place = parent
    }
    this.heap[place] = range
  }

  private pop(): void {
    const range = this.heap[--this.waiting] as number
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= this.waiting) break
      // Where there is no other child, that place still holds the range itself, which is no better than itself.
      const other = child + 1
      if (this.isBetter(this.heap[other] as number, this.heap[child] as number)) child = other
      if (!this.isBetter(this.heap[child] as number, range)) break
      this.heap[place] = this.heap[child] as number
      place = child
    }
    this.heap[place] = range
  }

  private isBetter(a: number, b: number): boolean {
    const wider = compareWords(this.spans, a * this.width, this.spans, b * this.width, this.width)
    if (wider < 0) return true
    return wider === 0 && isElder(this.entries[a] as LookupEntry, this.entries[b] as LookupEntry)
  }
}

/** Which of two equally wide ranges answers. */
export function isElder(a: LookupEntry, b: LookupEntry): boolean {
  return a.createdAtMs < b.createdAtMs || (a.createdAtMs === b.createdAtMs && a.id < b.id)
}

/** End minus start of each range, in words. */
export function spansOf(bounds: Uint32Array, width: Width): Uint32Array {
  const spans = new Uint32Array(bounds.length / 2)
  // Stryker disable next-line EqualityOperator: what is written behind the last is dropped.
  for (let range = 0; range * 2 * width < bounds.length; range++) {
    let borrow = 0
    for (let word = width - 1; word >= 0; word--) {
      const at = 2 * range * width + word
      const difference = (bounds[at + width] as number) - (bounds[at] as number) - borrow
      borrow = difference < 0 ? 1 : 0
      spans[range * width + word] = difference
    }
  }
  return spans
}
