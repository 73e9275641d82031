import type { LookupEntry } from './lookup'
import { type OverlapParts, overlapParts } from './lookup-overlaps'
import type { FamilyRanges } from './lookup-ranges'
import type { Segments } from './lookup-segments'
import { join } from './lookup-words'

/*
 * The words of one list. Offsets are relative to the list's beginning; 0 means there is no such part.
 *
 *   HEADER words   see the names below
 *   IPv4 segments  2 words each: first, last address
 *   IPv6 segments  8 words each
 *   owners         per segment, IPv4 first, the number of its range; left out when segment n is of range n
 *   expiries       2 words (high, low) for each of the first EXPIRING ranges, which are those that expire
 *   trees          of IPv4, then of IPv6
 */
export const V4_COUNT = 0
export const V6_COUNT = 1
export const OWNERS = 2
export const EXPIRING = 3
export const EXPIRIES = 4
export const V4_TREE = 5
export const V6_TREE = 6
/** Number of words, the header's too. */
export const LENGTH = 7
/** Number of entries, also those that are disabled. */
export const SIZE = 8
/** Number of ranges, which is that of ids. */
export const RANGES = 9
/** Where the ids begin among those of the slab. */
export const IDS_AT = 10
/** Two words for the arena's own use. */
export const STAMP = 11
export const TOUCHED = 12
export const HEADER = 13

export interface FamilyParts {
  ranges: FamilyRanges
  segments: Segments
  tree: Uint32Array
}

export interface Layout {
  words: Uint32Array
  /** Id by number of range. */
  ids: string[]
  /** Where an expired range may have to give way to another. */
  overlaps: { v4: NumberedOverlaps | null; v6: NumberedOverlaps | null } | null
}

export interface NumberedOverlaps extends OverlapParts {
  /** The number of each of the sorted ranges. */
  numbers: Uint32Array
}

/** Puts all parts of one list into one array of words. */
export function* layOut(size: number, v4: FamilyParts, v6: FamilyParts): Generator<void, Layout> {
  const entries = v4.ranges.entries.concat(v6.ranges.entries)
  const numbers = numberRanges(entries)
  yield
  const owners = numberOwners(v4.segments.owners, v6.segments.owners, numbers, v4.ranges.entries.length)
  yield
  const ids = new Array<string>(entries.length)
  for (let index = 0; index < ids.length; index++) {
    ids[numbers[index] as number] = (entries[index] as LookupEntry).id
  }
  const expiries = expiryWords(entries)
  yield
  const parts = [v4.segments.bounds, v6.segments.bounds, owners, expiries, v4.tree, v6.tree]
  const { words, offsets } = join(parts, HEADER)
  words[V4_COUNT] = v4.segments.owners.length
  words[V6_COUNT] = v6.segments.owners.length
  words[OWNERS] = offsets[2] as number
  words[EXPIRING] = expiries.length / 2
  words[EXPIRIES] = offsets[3] as number
  words[V4_TREE] = offsets[4] as number
  words[V6_TREE] = offsets[5] as number
  words[LENGTH] = words.length
  words[SIZE] = size
  words[RANGES] = ids.length
  const firstV6 = v4.ranges.entries.length
  const overlaps = {
    v4: overlapsOf(v4, numbers.slice(0, firstV6)),
    v6: overlapsOf(v6, numbers.slice(firstV6)),
  }
  return { words, ids, overlaps: overlaps.v4 || overlaps.v6 ? overlaps : null }
}

/** The number of each range: in the order given, but those that expire come first. */
function numberRanges(entries: readonly LookupEntry[]): Uint32Array {
  let expiring = 0
  let lasting = 0
  for (const { expiresAtMs } of entries) if (expiresAtMs !== null) lasting++
  const numbers = new Uint32Array(entries.length)
  for (let index = 0; index < numbers.length; index++) {
    numbers[index] = (entries[index] as LookupEntry).expiresAtMs === null ? lasting++ : expiring++
  }
  return numbers
}

/** The range number of each segment; empty when they are the same. */
function numberOwners(v4: Uint32Array, v6: Uint32Array, numbers: Uint32Array, rangesV4: number): Uint32Array {
  const owners = new Uint32Array(v4.length + v6.length)
  let same = true
  for (let segment = 0; segment < owners.length; segment++) {
    const inV6 = segment - v4.length
    const index = inV6 < 0 ? (v4[segment] as number) : rangesV4 + (v6[inV6] as number)
    owners[segment] = numbers[index] as number
    if (owners[segment] !== segment) same = false
  }
  return same ? new Uint32Array(0) : owners
}

function expiryWords(entries: readonly LookupEntry[]): Uint32Array {
  const words: number[] = []
  for (const { expiresAtMs } of entries) {
    if (expiresAtMs === null) continue
    const instant = Math.max(0, expiresAtMs)
    words.push(Math.floor(instant / 2 ** 32), instant % 2 ** 32)
  }
  return Uint32Array.from(words)
}

function overlapsOf({ ranges, segments }: FamilyParts, numbers: Uint32Array): NumberedOverlaps | null {
  return segments.needsOverlaps ? { ...overlapParts(ranges), numbers } : null
}
