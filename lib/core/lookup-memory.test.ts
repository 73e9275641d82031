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

/** `count` single addresses, evenly over the whole family, of which the last `expiring` expire. */
function even(family: Family, count: number, expiring = 0): LookupEntry[] {
  const apart = (1n << BigInt(bitsOf(family))) / BigInt(count)
  return Array.from({ length: count }, (_, at) =>
    entry(family, BigInt(at) * apart, { expiresAtMs: at < count - expiring ? null : 9 }),
  )
}

/** As many in one sixteenth of the family, close together, and the others evenly over the rest. */
function crowded(family: Family, inside: number, outside: number, expiring = 0): LookupEntry[] {
  const sixteenth = 1n << BigInt(bitsOf(family) - 4)
  const apart = (15n * sixteenth) / BigInt(outside)
  return [
    ...Array.from({ length: inside }, (_, at) => entry(family, BigInt(at))),
    ...Array.from({ length: outside }, (_, at) =>
      entry(family, sixteenth + BigInt(at) * apart, { expiresAtMs: at < expiring ? 9 : null }),
    ),
  ]
}

const wide = (family: Family, first: bigint, last: bigint, more: Partial<LookupEntry> = {}) =>
  entry(family, first, { id: 'wide', end: addressFromBigInt(family, last), ...more })

describe('words that a list takes up', () => {
  it.each([
    ['nothing', [], 0],
    ['32 of IPv4, too few for a tree', even(4, 32), 2 * 32],
    ['33, with one', even(4, 33), 2 * 33 + NODE[4] + 32],
    ['8 of IPv6, too few for a tree', even(6, 8), 8 * 8],
    ['9, with one', even(6, 9), 8 * 9 + NODE[6] + 8],
    ['a thousand of IPv4', even(4, 1_000), 2 * 1_000 + NODE[4] + 1_024],
    ['a thousand of IPv6', even(6, 1_000), 8 * 1_000 + NODE[6] + 1_024],
    ['both', [...even(4, 50), ...even(6, 50)], 2 * 50 + NODE[4] + 64 + 8 * 50 + NODE[6] + 64],
    [
      'a thousand of IPv4, two of which expire: owners, and half of the tree',
      even(4, 1_000, 2),
      3 * 1_000 + 2 * 2 + NODE[4] + 512,
    ],
    ['a thousand of IPv6, all of which expire', even(6, 1_000, 1_000), 8 * 1_000 + 2 * 1_000 + NODE[6] + 512],
    [
      'a thousand of IPv4 in a wide one',
      [wide(4, 0n, 2n ** 32n - 1n), ...even(4, 1_000).map((one) => ({ ...one, id: `${one.id}/` }))],
      3 * 2_000 + NODE[4] + 1_024,
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
    [
      'all but one of the fewest that are crowded',
      crowded(6, 34, 1, 1),
      8 * 35 + 35 + 2 + NODE[6] + 2 + NODE[6] + 16,
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
  ] as [string, LookupEntry[], number, number][])('%s', (_, entries, words, beside) => {
    const lookup = compileLookup(entries)
    expect(lookup.bytes).toBe(4 * (HEADER + words) + beside)
    expect(lookup.hasOverlaps).toBe(beside > 0)
  })
})
