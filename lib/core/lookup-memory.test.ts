import { describe, expect, it } from 'vitest'
import { addressFromBigInt, bitsOf, type Family } from './address'
import { compileLookup, type LookupEntry } from './lookup'
import { HEADER } from './lookup-layout'

/** Words of a node apart from its entries; an IPv4 address has one word, an IPv6 address four. */
const NODE = { 4: 3 + 1, 6: 3 + 4 }

/** One range by the number it begins with. */
function entry(family: Family, first: bigint, more: Partial<LookupEntry> = {}): LookupEntry {
  const only = addressFromBigInt(family, first)
  return { id: `${first}`, start: only, end: only, enabled: true, expiresAtMs: null, createdAtMs: 0, ...more }
}

/** `count` addresses evenly over the part of the family that lies between so many 256ths of it. */
function spread(family: Family, from: number, to: number, count: number): LookupEntry[] {
  const part = 1n << BigInt(bitsOf(family) - 8)
  return Array.from({ length: count }, (_, at) =>
    entry(family, part * BigInt(from) + (part * BigInt((to - from) * at)) / BigInt(count)),
  )
}

/** `count` addresses in a row, behind so many 256ths of the family. */
function row(family: Family, from: number, count: number): LookupEntry[] {
  const first = BigInt(from) << BigInt(bitsOf(family) - 8)
  return Array.from({ length: count }, (_, at) => entry(family, first + BigInt(at)))
}

/** Addresses evenly over the whole family, of which the last `expiring` expire. */
function even(family: Family, count: number, expiring = 0): LookupEntry[] {
  return spread(family, 0, 256, count).map((one, at) =>
    at < count - expiring ? one : { ...one, expiresAtMs: 9 },
  )
}

/** In the last sixteenth of the family a row, in the others a few. */
const crowded = (family: Family, inside: number, outside: number) => [
  ...spread(family, 0, 240, outside),
  ...row(family, 240, inside),
]

const wide = (family: Family, first: bigint, last: bigint, more: Partial<LookupEntry> = {}) =>
  entry(family, first, { id: 'wide', end: addressFromBigInt(family, last), ...more })

/** In a thousandth of the family crowded by half, and what follows has the bits of the last of these. */
const crowdedByHalf = [
  ...Array.from({ length: 34 }, (_, at) => at * 7 * 2 ** 14),
  ...Array.from({ length: 66 }, (_, at) => 255 * 2 ** 14 + at),
  ...Array.from({ length: 5 }, (_, at) => (at + 1) * 2 ** 28 + 255 * 2 ** 14),
].map((first) => entry(4, BigInt(first)))

describe('words that a list takes up', () => {
  it.each([
    ['nothing', [], 0],
    ['32 of IPv4, too few for a tree', even(4, 32), 2 * 32],
    ['33, with one', even(4, 33), 2 * 33 + NODE[4] + 32],
    ['8 of IPv6, too few for a tree', even(6, 8), 8 * 8],
    ['9, with one', even(6, 9), 8 * 9 + NODE[6] + 8],
    ['three hundred of IPv4', even(4, 300), 2 * 300 + NODE[4] + 256],
    ['three hundred of IPv6', even(6, 300), 8 * 300 + NODE[6] + 256],
    ['both', [...even(4, 50), ...even(6, 50)], 2 * 50 + NODE[4] + 64 + 8 * 50 + NODE[6] + 64],
    [
      'three hundred of IPv4, two of which expire: owners, and half of the tree',
      even(4, 300, 2),
      3 * 300 + 2 * 2 + NODE[4] + 128,
    ],
    ['three hundred of IPv6, all of which expire', even(6, 300, 300), 8 * 300 + 2 * 300 + NODE[6] + 128],
    [
      'three hundred of IPv4 in a wide one',
      [wide(4, 0n, 2n ** 32n - 1n), ...even(4, 300).map((one) => ({ ...one, id: `${one.id}/` }))],
      3 * 600 + NODE[4] + 256,
    ],
    [
      'one that a wider one reaches into',
      [wide(4, 12n, 30n), entry(4, 10n, { end: addressFromBigInt(4, 14n) })],
      2 * 2,
    ],
    ['16 close together', crowded(4, 16, 24), 2 * 40 + NODE[4] + 32],
    ['17 close together: a node for them', crowded(4, 17, 23), 2 * 40 + NODE[4] + 32 + NODE[4] + 16],
    ['hardly half of them crowded', crowded(4, 66, 34), 2 * 100 + NODE[4] + 128 + NODE[4] + 64],
    ['more than half: a lesser root', crowded(4, 67, 33), 2 * 100 + NODE[4] + 16 + NODE[4] + 64],
    ['hardly half of those in a node', crowdedByHalf, 2 * 105 + NODE[4] + 16 + NODE[4] + 128 + NODE[4] + 64],
    [
      'all but one of the fewest that are crowded',
      [entry(6, 0n, { expiresAtMs: 9 }), ...row(6, 240, 34)],
      8 * 35 + 2 + NODE[6] + 2 + NODE[6] + 16,
    ],
    [
      'crowded among those that are crowded',
      [...spread(4, 0, 240, 30), ...spread(4, 240, 255, 8), ...row(4, 255, 80)],
      2 * 118 + NODE[4] + 16 + NODE[4] + 8 + NODE[4] + 64,
    ],
  ] as [string, LookupEntry[], number][])('%s', (_, entries, words) => {
    const lookup = compileLookup(entries)
    expect(lookup.length).toBe(HEADER + words)
    expect(lookup.bytes).toBe(4 * (HEADER + words))
    for (const { id, start } of entries) if (id !== 'wide') expect(lookup.findAddress(start, 0)).toBe(id)
  })
})

describe('bytes of a list in which another range may answer when one expires', () => {
  const twins = (family: Family) => [1n, 1n].map((first) => entry(family, first, { expiresAtMs: 9 }))
  /** Per range: bounds, rank, greatest end, expiry, number. */
  const BESIDE = { 4: 8 + 4 + 4 + 8 + 4, 6: 32 + 4 + 4 + 8 + 4 }

  it.each([
    ['IPv4', twins(4), 2 + 2 * 2, 2 * BESIDE[4]],
    ['IPv6', twins(6), 8 + 2 * 2, 2 * BESIDE[6]],
    ['IPv4, among IPv6', [...twins(4), ...even(6, 3)], 2 + 3 * 8 + 4 + 2 * 2, 2 * BESIDE[4]],
    ['IPv6, among IPv4', [...twins(6), ...even(4, 3)], 8 + 3 * 2 + 4 + 2 * 2, 2 * BESIDE[6]],
    ['none of several', even(4, 3, 3), 3 * 2 + 3 * 2, 0],
    [
      'one that lies apart from two others',
      [wide(4, 10n, 20n), entry(4, 12n), entry(4, 99n, { expiresAtMs: 9 })],
      4 * 2 + 4 + 2,
      0,
    ],
  ] as [string, LookupEntry[], number, number][])('%s', (_, entries, words, beside) => {
    const lookup = compileLookup(entries)
    expect(lookup.bytes).toBe(4 * (HEADER + words) + beside)
    expect(lookup.hasOverlaps).toBe(beside > 0)
  })
})
