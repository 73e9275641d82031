import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { borders, crowdedNumber, rangeOf, unmapped } from '@/scripts/testing/arbitrary-addresses'
import { addressFromBigInt, bitsOf, type Family, formatAddress, toBigInt } from './address'
import { compileLookup, type LookupEntry, lookupOf } from './lookup'
import { compileSteps } from './lookup-compile'

/** The mutation check runs these for every mutant. */
const FEW = process.env.CASES === 'few'
const INSTANTS = [0, 5, 10, 2 ** 40, 2 ** 40 + 1]
const EXPIRIES = [null, null, 1, 5, 6, 10, 2 ** 40, 2 ** 40 + 1]

function entriesOf(family: Family, maxLength: number): fc.Arbitrary<LookupEntry[]> {
  const entry = fc.record({
    range: rangeOf(family),
    enabled: fc.integer({ min: 0, max: 9 }).map((of) => of > 0),
    expiresAtMs: fc.constantFrom(...EXPIRIES),
    createdAtMs: fc.nat(3),
  })
  return fc
    .array(entry, { maxLength, size: 'max' })
    .map((all) =>
      all.map(({ range, ...more }, index) => ({ id: `r${index % 7}-${index}`, ...range, ...more })),
    )
}

/** What a lookup promises, said with big numbers and no cleverness. */
function oracle(entries: readonly LookupEntry[]): (number: bigint, nowMs: number) => string | null {
  const ranked = entries
    .filter(({ enabled }) => enabled)
    .map((entry) => ({ ...entry, first: toBigInt(entry.start), last: toBigInt(entry.end) }))
    .sort((a, b) => {
      const wider = a.last - a.first - (b.last - b.first)
      if (wider !== 0n) return wider < 0n ? -1 : 1
      return a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)
    })
  return (number, nowMs) => {
    const inForce = ({ expiresAtMs }: LookupEntry) => expiresAtMs === null || nowMs < expiresAtMs
    return ranked.find((range) => range.first <= number && number <= range.last && inForce(range))?.id ?? null
  }
}

describe.each([4, 6] as const)('membership in IPv%d', (family) => {
  const last = (1n << BigInt(bitsOf(family))) - 1n
  const other = family === 4 ? 6 : 4

  function ask(entries: LookupEntry[], strangers: LookupEntry[], anywhere: bigint[], at: number): number {
    const lookup = compileLookup([...strangers, ...entries])
    const expected = oracle(entries)
    expect(lookup.size).toBe(entries.length + strangers.length)
    let asked = 0
    for (const border of [...borders(entries), ...anywhere]) {
      const number = unmapped(family, border < 0n ? 0n : border > last ? last : border)
      const address = addressFromBigInt(family, number)
      const nowMs = INSTANTS[(at + asked++) % INSTANTS.length] as number
      const found = lookup.find(formatAddress(address), nowMs)
      const right = expected(number, nowMs)
      if (found !== right) expect({ address: formatAddress(address), nowMs, found }).toEqual({ found: right })
      if (lookup.findAddress(address, nowMs) !== right) throw new Error(`findAddress(${address})`)
    }
    return asked
  }

  it('agrees with BigInt comparison, overlaps, expiries and borders included, 50,000 times', () => {
    let asked = 0
    const lists = fc.tuple(
      entriesOf(family, 40),
      entriesOf(other, 5),
      fc.array(crowdedNumber(family), { minLength: 60, maxLength: 60 }),
      fc.nat(4),
    )
    fc.assert(
      fc.property(lists, (list) => {
        asked += ask(...list)
      }),
      { numRuns: FEW ? 4 : 300 },
    )
    const long = fc.tuple(
      entriesOf(family, FEW ? 120 : 600),
      entriesOf(other, FEW ? 5 : 80),
      fc.array(crowdedNumber(family), { minLength: 100, maxLength: FEW ? 100 : 500 }),
      fc.nat(4),
    )
    fc.assert(
      fc.property(long, (list) => {
        asked += ask(...list)
      }),
      { numRuns: FEW ? 1 : 30 },
    )
    expect(asked).toBeGreaterThanOrEqual(FEW ? 100 : 50_000)
  })

  it('is the same whatever the order of the list, and when built in steps in another thread', () => {
    const lists = fc.tuple(
      entriesOf(family, 30),
      fc.array(crowdedNumber(family), { minLength: 20, maxLength: 20 }),
    )
    fc.assert(
      fc.property(lists, fc.gen(), ([entries, numbers], gen) => {
        const shuffled = gen(() => fc.shuffledSubarray(entries, { minLength: entries.length }))
        const [one, two, three] = [compileLookup(entries), compileLookup(shuffled), inSteps(entries)]
        for (const number of [...numbers, ...borders(entries)]) {
          if (number < 0n || number > last) continue
          const address = addressFromBigInt(family, unmapped(family, number))
          expect(two.findAddress(address, 5)).toBe(one.findAddress(address, 5))
          expect(three.findAddress(address, 5)).toBe(one.findAddress(address, 5))
        }
      }),
      { numRuns: FEW ? 2 : 60 },
    )
  })
})

function inSteps(entries: LookupEntry[]) {
  const steps = compileSteps(entries)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return lookupOf(structuredClone(step.value))
}

describe('long lists', () => {
  /** Every shape that the tree treats in its own way: even, crowded at one end, deep, all but one alike. */
  const SHAPES: [string, (index: bigint) => bigint][] = [
    ['even', (index) => index * 7919n],
    ['in one block', (index) => (203n << 24n) + index * 3n],
    ['doubling', (index) => (index < 30n ? 1n << index : 2n ** 31n + index * 2n)],
    ['at both ends', (index) => (index % 2n === 0n ? index * 2n : 2n ** 32n - 1n - index * 2n)],
    ['in clumps', (index) => ((index % 17n) << 27n) + (index / 17n) * 2n],
  ]

  describe.each([4, 6] as const)('of IPv%d', (family) => {
    it.each(SHAPES)('%s', (_shape, place) => {
      const shift = family === 4 ? 0n : 70n
      const numbers = [
        ...new Set(Array.from({ length: FEW ? 120 : 5_000 }, (_, at) => place(BigInt(at)) << shift)),
      ]
      const ids = new Map(numbers.map((number, at) => [number, `r${at}`]))
      const lookup = compileLookup(
        numbers.map((number, at) => {
          const only = addressFromBigInt(family, number)
          return { id: `r${at}`, start: only, end: only, enabled: true, expiresAtMs: null, createdAtMs: at }
        }),
      )
      for (const number of numbers) {
        for (const near of [number - 1n, number, number + 1n]) {
          if (near < 0n || near >= 1n << BigInt(bitsOf(family))) continue
          const address = addressFromBigInt(family, near)
          if (lookup.findAddress(address, 0) !== (ids.get(near) ?? null))
            throw new Error(formatAddress(address))
        }
      }
    })
  })
})
