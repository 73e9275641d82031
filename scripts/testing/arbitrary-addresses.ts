import fc from 'fast-check'
import {
  type Address,
  addressFromBigInt,
  bitsOf,
  type Family,
  formatAddress,
  toBigInt,
} from '@/lib/core/address'
import type { Range } from '@/lib/core/range'

const MAPPED = { first: 0xffff_0000_0000n, last: 0xffff_ffff_ffffn }

/** Numbers of a family that crowd together, so that ranges meet, nest and touch; never IPv4-mapped. */
export function crowdedNumber(family: Family): fc.Arbitrary<bigint> {
  const last = (1n << BigInt(bitsOf(family))) - 1n
  const anchors =
    family === 4 ? [0n, 0xc633_6400n, 0xcb00_7100n, last] : [0n, 0x2001_0db8n << 96n, MAPPED.last, last]
  const near = fc
    .record({
      anchor: fc.constantFrom(...anchors),
      offset: fc.bigInt(-300n, 300n),
      shift: fc.nat(bitsOf(family) - 9),
    })
    .map(({ anchor, offset, shift }) => anchor + (offset << BigInt(shift)))
  return fc
    .oneof({ weight: 6, arbitrary: near }, { weight: 1, arbitrary: fc.bigInt(0n, last) })
    .map((number) => unmapped(family, number < 0n ? 0n : number > last ? last : number))
}

/** The number itself, or where it is IPv4-mapped the nearest one that isn't. */
export function unmapped(family: Family, number: bigint): bigint {
  return family === 6 && number >= MAPPED.first && number <= MAPPED.last ? MAPPED.last + 1n : number
}

export const family: fc.Arbitrary<Family> = fc.constantFrom(4, 6)

export const address: fc.Arbitrary<Address> = family.chain((of) =>
  crowdedNumber(of).map((number) => addressFromBigInt(of, number)),
)

export function rangeOf(of: Family): fc.Arbitrary<Range> {
  return fc.tuple(crowdedNumber(of), crowdedNumber(of), fc.nat(3), fc.nat(40)).map(([a, b, kind, span]) => {
    const [low, high] = a < b ? [a, b] : [b, a]
    const narrow = unmapped(of, low + BigInt(span) > high ? high : low + BigInt(span))
    const end = kind === 0 ? low : kind === 1 ? high : narrow
    return { start: addressFromBigInt(of, low), end: addressFromBigInt(of, end < low ? low : end) }
  })
}

/** The borders of ranges: first, last, one before, one after. */
export function borders(ranges: readonly Range[]): bigint[] {
  return ranges.flatMap(({ start, end }) => {
    const [first, last] = [toBigInt(start), toBigInt(end)]
    return [first, last, first - 1n, last + 1n]
  })
}

/** An address as people and programs may write it: every legal spelling has its turn. */
export function spelling(of: Address): fc.Arbitrary<string> {
  if (of.startsWith('4'))
    return fc.constantFrom(
      formatAddress(of),
      `::ffff:${formatAddress(of)}`,
      `::FFFF:${of.slice(1, 5)}:${of.slice(5)}`,
    )
  const groups = of.slice(1).match(/.{4}/g) as string[]
  return fc
    .record({ short: fc.boolean(), upper: fc.boolean(), quad: fc.boolean(), gap: fc.nat(8) })
    .map((how) => {
      const words = how.short ? groups.map((group) => group.replace(/^0{1,3}/, '')) : groups
      const tail = groups.slice(6).join('').match(/../g) as string[]
      const quad = tail.map((byte) => Number.parseInt(byte, 16)).join('.')
      const parts = how.quad ? [...words.slice(0, 6), quad] : words
      const text = how.gap === 8 ? parts.join(':') : compressed(parts, how.gap)
      return how.upper ? text.toUpperCase() : text
    })
}

/** `::` in place of the run of zeros that begins at or behind `from`. */
function compressed(parts: readonly string[], from: number): string {
  const begin = parts.findIndex((part, at) => at >= from && /^0+$/.test(part))
  if (begin < 0) return parts.join(':')
  let end = begin
  while (end < parts.length && /^0+$/.test(parts[end] as string)) end++
  return `${parts.slice(0, begin).join(':')}::${parts.slice(end).join(':')}`
}
