import type { LookupEntry } from './lookup'
import { Overlaps } from './lookup-overlaps'
import type { FamilyRanges } from './lookup-ranges'
import type { Segments } from './lookup-segments'

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
export const HEADER = 7

export interface FamilyParts {
  ranges: FamilyRanges
  segments: Segments
  tree: Uint32Array
}

export interface Layout {
  /** All entries, also those that are disabled. */
  size: number
  words: Uint32Array
  /** Id by number of range. */
  ids: string[]
  /** Where an expired range may have to give way to another; ids by index among the sorted ranges. */
  overlaps: { v4: OverlapIds | null; v6: OverlapIds | null } | null
}

export interface OverlapIds {
  tree: Overlaps
  ids: string[]
}

/** Puts all parts of one list into one array of words. */
export function layOut(size: number, v4: FamilyParts, v6: FamilyParts): Layout {
  const entries = [...v4.ranges.entries, ...v6.ranges.entries]
  const numbers = numberRanges(entries)
  const owners = [
    ...Array.from(v4.segments.owners, (owner) => numbers[owner] as number),
    ...Array.from(v6.segments.owners, (owner) => numbers[owner + v4.ranges.entries.length] as number),
  ]
  const ids = new Array<string>(entries.length)
  for (const [index, entry] of entries.entries()) ids[numbers[index] as number] = entry.id
  const expiries = expiryWords(entries)
  const plain = owners.every((owner, segment) => owner === segment)
  const parts = [v4.segments.bounds, v6.segments.bounds, plain ? [] : owners, expiries, v4.tree, v6.tree]
  const { words, offsets } = join(parts)
  words[V4_COUNT] = v4.segments.owners.length
  words[V6_COUNT] = v6.segments.owners.length
  words[OWNERS] = offsets[2] as number
  words[EXPIRING] = expiries.length / 2
  words[EXPIRIES] = offsets[3] as number
  words[V4_TREE] = offsets[4] as number
  words[V6_TREE] = offsets[5] as number
  const overlaps = { v4: overlapsOf(v4), v6: overlapsOf(v6) }
  return { size, words, ids, overlaps: overlaps.v4 || overlaps.v6 ? overlaps : null }
}

/** The number of each range: in the order given, but those that expire come first. */
function numberRanges(entries: readonly LookupEntry[]): Uint32Array {
  let expiring = 0
  let lasting = entries.reduce((count, entry) => count + (entry.expiresAtMs === null ? 0 : 1), 0)
  return Uint32Array.from(entries, (entry) => (entry.expiresAtMs === null ? lasting++ : expiring++))
}

function expiryWords(entries: readonly LookupEntry[]): number[] {
  return entries.flatMap(({ expiresAtMs }) =>
    expiresAtMs === null ? [] : [Math.floor(expiresAtMs / 2 ** 32), expiresAtMs % 2 ** 32],
  )
}

function join(parts: readonly ArrayLike<number>[]): { words: Uint32Array; offsets: number[] } {
  const words = new Uint32Array(parts.reduce((length, part) => length + part.length, HEADER))
  let at = HEADER
  const offsets = parts.map((part) => {
    const offset = part.length === 0 ? 0 : at
    words.set(part, at)
    at += part.length
    return offset
  })
  return { words, offsets }
}

function overlapsOf({ ranges, segments }: FamilyParts): OverlapIds | null {
  if (!segments.needsOverlaps) return null
  return { tree: Overlaps.of(ranges), ids: ranges.entries.map(({ id }) => id) }
}
