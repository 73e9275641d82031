import type { LookupEntry } from './lookup'
import { sortedOrder } from './lookup-sort'
import { compareWords, readStored, type Width } from './lookup-words'

/** Enabled ranges of one family, sorted by start. */
export interface FamilyRanges {
  width: Width
  entries: LookupEntry[]
  /** Per range `2 * width` words: start, end. */
  bounds: Uint32Array
}

/** Sorts entries of one family by their start; yields now and then, for slicing. */
export function* sortRanges(entries: LookupEntry[], width: Width): Generator<void, FamilyRanges> {
  const stride = 2 * width
  const unsorted = new Uint32Array(entries.length * stride)
  for (let index = 0; index < entries.length; index++) {
    const { start, end } = entries[index] as LookupEntry
    readStored(start, unsorted, index * stride)
    readStored(end, unsorted, index * stride + width)
    if (index % 8192 === 8191) yield
  }
  const order = yield* sortedOrder(unsorted, stride, width)
  const bounds = new Uint32Array(unsorted.length)
  const sorted = new Array<LookupEntry>(entries.length)
  for (let index = 0; index < sorted.length; index++) {
    const from = order[index] as number
    sorted[index] = entries[from] as LookupEntry
    // Stryker disable next-line EqualityOperator: the next range writes over one word too many.
    for (let word = 0; word < stride; word++)
      bounds[index * stride + word] = unsorted[from * stride + word] as number
    if (index % 8192 === 8191) yield
  }
  return { width, entries: sorted, bounds }
}

/** Whether no two of the ranges have an address in common. */
export function areDisjoint({ width, bounds, entries }: FamilyRanges): boolean {
  return entries.every(
    (_, range) =>
      range === 0 || compareWords(bounds, (2 * range - 1) * width, bounds, 2 * range * width, width) < 0,
  )
}
