import { describe, expect, it } from 'vitest'
import { type Address, addressFromBigInt, bitsOf, type Family, formatAddress } from './address'
import { compileLookup, type Lookup } from './lookup'

const QUESTIONS = 1 << 12
/** Until the compiler has done its work. */
const ROUNDS_BEFORE = 100
/** So few that what they left behind would not have been given back meanwhile. */
const ROUNDS = 8
/** Far less than one number or object for each question would take up (12 bytes at least). */
const LIMIT_BYTES = 2 * QUESTIONS * ROUNDS

/** `count` ranges of 256 addresses, evenly over the whole family. */
function blocks(family: Family, count: number, expiresAtMs: number | null): Lookup {
  const apart = (1n << BigInt(bitsOf(family))) / BigInt(count)
  return compileLookup(
    Array.from({ length: count }, (_, at) => {
      const start = BigInt(at) * apart
      return {
        id: `range-${at}`,
        start: addressFromBigInt(family, start),
        end: addressFromBigInt(family, start + 255n),
        enabled: true,
        expiresAtMs: at % 3 === 0 ? expiresAtMs : null,
        createdAtMs: at,
      }
    }),
  )
}

/** Addresses on the list and off it, in all parts of the family. */
function questions(family: Family, count: number): Address[] {
  const apart = (1n << BigInt(bitsOf(family))) / BigInt(count)
  return Array.from({ length: QUESTIONS }, (_, at) =>
    addressFromBigInt(family, BigInt(at % count) * apart + BigInt(at % 512)),
  )
}

/** By how much the heap grows while all are asked; the least of a few tries, since the compiler works beside it. */
function growth(ask: () => number): number {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 10 && least > LIMIT_BYTES; attempt++) {
    for (let round = 0; round < ROUNDS_BEFORE; round++) ask()
    const before = process.memoryUsage().heapUsed
    for (let round = 0; round < ROUNDS; round++) ask()
    const grown = process.memoryUsage().heapUsed - before
    // Less than nothing: memory was given back meanwhile, and nothing is known.
    if (grown >= 0) least = Math.min(least, grown)
  }
  return least
}

describe.each([4, 6] as const)('a search of IPv%d', (family) => {
  it.each([
    ['ten ranges', 10, null],
    ['thousands', 5_000, null],
    ['thousands, some of which expire', 5_000, 2_000_000_000_000],
  ] as const)('allocates nothing among %s', (_, count, expiresAtMs) => {
    const lookup = blocks(family, count, expiresAtMs)
    const addresses = questions(family, count)
    const texts = addresses.map(formatAddress)
    const now = 1_800_000_000_000
    const byText = () => texts.reduce((found, text) => found + Number(lookup.find(text, now) !== null), 0)
    const byAddress = () =>
      addresses.reduce((found, address) => found + Number(lookup.findAddress(address, now) !== null), 0)
    expect(byText()).toBeGreaterThan(QUESTIONS / 4)
    expect(byText()).toBeLessThan(QUESTIONS)
    expect(growth(byText)).toBeLessThan(LIMIT_BYTES)
    expect(growth(byAddress)).toBeLessThan(LIMIT_BYTES)
  })
})
