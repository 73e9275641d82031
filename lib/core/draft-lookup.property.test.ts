import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Address, addressFromBigInt } from './address'
import { addressesLosingTheirRange, draftLookup } from './draft-lookup'
import { compileLookup, type LookupEntry } from './lookup'

/** The mutation check runs these for every mutant. */
const FEW = process.env.CASES === 'few'
const INSTANTS = [1_000, 2_000]

/** A small world, so that ranges overlap: 16 addresses of each family. */
const address = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.integer({ min: 0, max: 15 }))
  .map(([family, at]) => addressFromBigInt(family, BigInt(at)))

const entry = fc
  .record({
    family: fc.constantFrom(4 as const, 6 as const),
    bounds: fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 15 })),
    enabled: fc.boolean(),
    expiresAtMs: fc.constantFrom(null, 500, 1_500, 2_500),
  })
  .map(({ family, bounds, ...rest }) => {
    const [first, last] = [...bounds].sort((a, b) => a - b) as [number, number]
    return {
      start: addressFromBigInt(family, BigInt(first)),
      end: addressFromBigInt(family, BigInt(last)),
      ...{ createdAtMs: 0, ...rest },
    }
  })

const list = fc.array(entry, { maxLength: 8 }).map((all) => all.map((one, at) => ({ id: `r${at}`, ...one })))

it('a draft answers as a list compiled anew would', () => {
  const seen = { lost: 0, kept: 0 }
  fc.assert(
    fc.property(
      list,
      fc.array(entry, { maxLength: 3 }),
      fc.array(fc.nat(7), { maxLength: 3 }),
      fc.boolean(),
      fc.array(address, { maxLength: 12 }),
      (entries, come, goneAt, everything, asked) => {
        const added: LookupEntry[] = come.map((one, at) => ({ id: `d${at}`, ...one }))
        const gone = new Set(goneAt.filter((at) => at < entries.length).map((at) => `r${at}`))
        const removed = everything ? ('all' as const) : gone
        const lookup = compileLookup(entries)
        const draft = { removed, added }
        const losing = addressesLosingTheirRange(lookup, draft, asked, INSTANTS)
        const isAround = ({ start, end }: LookupEntry) => losing.some((one) => start <= one && one <= end)
        const staying = entries.filter(({ id }) => !everything && !gone.has(id))
        const drafted = draftLookup(lookup, draft, staying.filter(isAround))
        const anew = compileLookup([...staying, ...added])
        expect(drafted.size).toBe(anew.size)
        for (const one of asked)
          for (const nowMs of INSTANTS) {
            const [is, should] = [drafted, anew].map(
              (each) => each.findAddress(one as Address, nowMs) !== null,
            )
            expect(is).toBe(should)
            seen[should ? 'kept' : 'lost'] += 1
          }
      },
    ),
    { numRuns: FEW ? 100 : 5_000 },
  )
  expect(seen.lost).toBeGreaterThan(100)
  expect(seen.kept).toBeGreaterThan(100)
})
