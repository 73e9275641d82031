import { describe, expect, it } from 'vitest'
import { type Address, addressFromBigInt, type Family } from './address'
import type { LookupEntry } from './lookup'
import { compileSteps } from './lookup-compile'
import { overlapParts } from './lookup-overlaps'
import { areDisjoint, type FamilyRanges, sortRanges } from './lookup-ranges'
import { cutSegments, isElder, spansOf } from './lookup-segments'
import { sortedOrder } from './lookup-sort'
import { buildTree, CHILD } from './lookup-tree'
import { bitsAt, commonBits, compareWords, decrement, increment, join, readStored } from './lookup-words'

const MOST = 0xffff_ffff

function words(...of: number[]): Uint32Array {
  return Uint32Array.from(of)
}

/** Ranges by their first and last number; those of IPv6 reach over two words. */
function entriesOf(family: Family, ranges: [number, number][]): LookupEntry[] {
  const place = (number: number) =>
    addressFromBigInt(family, family === 4 ? BigInt(number) : BigInt(number) << 60n)
  return ranges.map(([first, last], at) => ({
    id: `${at}`,
    start: place(first),
    end: place(last),
    enabled: true,
    expiresAtMs: null,
    createdAtMs: 0,
  }))
}

/** The result, and in how many slices it was made. */
function run<T>(steps: Generator<void, T>): { value: T; slices: number } {
  for (let slices = 1; ; slices++) {
    const step = steps.next()
    if (step.done) return { value: step.value, slices }
  }
}

/** Ranges written like `1-2 4-9`. */
function sorted(text: string, family: Family = 4): FamilyRanges {
  const ranges = text.split(' ').map((range) => range.split('-').map(Number) as [number, number])
  return run(sortRanges(entriesOf(family, text === '' ? [] : ranges), family === 4 ? 1 : 4)).value
}

describe('words', () => {
  it.each([
    [1, [5, 9], [5, 8], 0],
    [1, [5, 0], [6, 0], -1],
    [1, [MOST, 0], [0, 1], 1],
    [4, [1, 2, 3, 4, 9], [1, 2, 3, 4, 8], 0],
    [4, [1, 2, 3, 4], [1, 2, 3, 5], -1],
    [4, [1, 2, 4, 3], [1, 2, 3, 5], 1],
    [4, [0, MOST, 0, 0], [1, 0, 0, 0], -1],
  ] as const)('of an address are compared, %d of them: %j with %j', (width, a, b, sign) => {
    expect(Math.sign(compareWords(words(...a), 0, words(...b), 0, width))).toBe(sign)
    expect(Math.sign(compareWords(words(7, ...a), 1, words(8, 8, ...b), 2, width))).toBe(sign)
  })

  it.each([
    [1, [7, 5, 7], [7, 6, 7]],
    [1, [7, MOST, 7], [7, 0, 7]],
    [4, [7, 0, 0, 0, 5, 7], [7, 0, 0, 0, 6, 7]],
    [4, [7, 0, 0, MOST, MOST, 7], [7, 0, 1, 0, 0, 7]],
    [4, [7, MOST, MOST, MOST, MOST, 7], [7, 0, 0, 0, 0, 7]],
  ] as const)('one more and one less, with %d words: %j and %j', (width, less, more) => {
    const all = words(...less)
    const wraps = less.slice(1, -1).every((word) => word === MOST)
    expect(increment(all, 1, width)).toBe(!wraps)
    expect([...all]).toEqual(more)
    decrement(all, 1, width)
    expect([...all]).toEqual(less)
  })

  it.each([
    [1, [0, 0], 32],
    [1, [0, 1], 31],
    [1, [0x8000_0000, 0], 0],
    [4, [1, 2, 3, 4, 1, 2, 3, 4], 128],
    [4, [1, 2, 3, 4, 1, 2, 3, 5], 127],
    [4, [1, 0x10, 3, 4, 1, 0x30, 3, 4], 58],
  ] as const)('of two addresses, %d each, share bits: %j', (width, pair, bits) => {
    expect(commonBits(words(9, ...pair, 9), 1, 1 + width, width)).toBe(bits)
    expect(commonBits(words(...pair), 0, width, width)).toBe(bits)
  })

  it.each([
    [0, 4, 0x1],
    [0, 20, 0x12345],
    [4, 8, 0x23],
    [12, 20, 0x45678],
    [20, 20, 0x6789a],
    [31, 1, 0],
    [31, 2, 1],
    [32, 4, 0x9],
    [44, 20, 0xcdef0],
  ])('give the bits from number %d on, %d of them', (bit, bits, value) => {
    expect(bitsAt(words(MOST, 0x12345678, 0x9abcdef0, MOST), 1, bit, bits)).toBe(value)
  })

  it('are read out of the stored form, and no others are written', () => {
    const into = new Uint32Array(6).fill(7)
    expect(readStored('409afcb1e' as Address, into, 1)).toBe(4)
    expect([...into]).toEqual([7, 0x09afcb1e, 7, 7, 7, 7])
    expect(readStored('60123456789abcdeffedcba9876543210' as Address, into, 1)).toBe(6)
    expect([...into]).toEqual([7, 0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210, 7])
  })

  it('of parts lie behind one another', () => {
    const { words: all, offsets } = join([words(), words(1, 2), words(), words(3)], 2)
    expect([...all]).toEqual([0, 0, 1, 2, 3])
    expect(offsets).toEqual([0, 2, 0, 4])
  })
})

it.each([1, 4] as const)('records are sorted by %d words, equal ones stay as they were', (width) => {
  const stride = 2 * width
  const count = 200
  const records = Uint32Array.from({ length: count * stride }, (_, at) => {
    const mixed = Math.imul(at + 1, 0x9e3779b1) >>> 0
    return at % stride < width ? (mixed % 3) << (8 * (mixed % 4)) : mixed
  })
  const key = (record: number) => [...records.subarray(record * stride, record * stride + width)]
  const expected = Array.from({ length: count }, (_, record) => record).sort((a, b) => {
    const word = key(a).findIndex((one, at) => one !== key(b)[at])
    return word < 0 ? a - b : (key(a)[word] as number) - (key(b)[word] as number)
  })
  expect([...run(sortedOrder(records, stride, width)).value]).toEqual(expected)
})

describe.each([4, 6] as const)('of ranges of IPv%d', (family) => {
  it.each([
    ['', true],
    ['1-2 3-3 9-9', true],
    ['1-3 3-4', false],
    ['1-2 4-9 5-6', false],
  ])('%j no two have an address in common: %j', (ranges, disjoint) => {
    expect(areDisjoint(sorted(ranges, family))).toBe(disjoint)
  })
})

it('a range is as wide as its end is behind its start', () => {
  expect([...spansOf(words(1, 1, 5, MOST), 1)]).toEqual([0, MOST - 5])
  expect([...spansOf(words(1, 0, 0, 5, 2, 0, 0, 4, 0, 0, 0, 0, 0, 0, 7, 0), 4)]).toEqual([
    0,
    MOST,
    MOST,
    MOST,
    0,
    0,
    7,
    0,
  ])
})

it('the elder of two was made before the other, or has the lesser id', () => {
  const [entry] = entriesOf(4, [[1, 1]]) as [LookupEntry]
  const of = (createdAtMs: number, id: string) => ({ ...entry, createdAtMs, id })
  expect(isElder(of(1, 'b'), of(2, 'a'))).toBe(true)
  expect(isElder(of(2, 'a'), of(1, 'b'))).toBe(false)
  expect(isElder(of(1, 'a'), of(1, 'b'))).toBe(true)
  expect(isElder(of(1, 'b'), of(1, 'a'))).toBe(false)
  expect(isElder(of(1, 'a'), of(1, 'a'))).toBe(false)
})

describe.each([4, 6] as const)('of ranges of IPv%d, each the root of some', (family) => {
  it.each([
    ['1-5 2-9 3-4 4-8 5-7', [0, 1, 1, 3, 3]],
    ['1-9 2-3 3-8', [0, 0, 2]],
    ['1-2 2-3 3-8', [0, 2, 2]],
    ['1-9 2-9 3-9', [0, 1, 2]],
    ['1-9 2-3 3-9', [0, 0, 2]],
  ])('%j end last below it: %j', (ranges, last) => {
    expect([...overlapParts(sorted(ranges, family)).greatestEnds]).toEqual(last)
  })
})

it('a tree leads to a node of its own where many segments are close together', () => {
  const firsts = [
    ...Array.from({ length: 20 }, (_, at) => 2 * at),
    ...Array.from({ length: 15 }, (_, at) => (at + 1) * 2 ** 28),
  ]
  const tree = run(buildTree(Uint32Array.from(firsts.flatMap((first) => [first, first])), 1, false)).value
  const inner = 3 + 1 + 32
  expect(tree.length).toBe(inner + 3 + 1 + 16)
  expect([...tree.subarray(0, 6)]).toEqual([0 | (5 << 8), 0, 35, 0, CHILD + inner, 20])
  expect([...tree.subarray(inner, inner + 6)]).toEqual([26 | (4 << 8), 0, 20, 0, 0, 2])
})

describe('a list is built in slices', () => {
  const touching = entriesOf(
    4,
    Array.from({ length: 17_000 }, (_, at) => [2 * at, 2 * at + 1]),
  )

  it.each([
    [0, 1],
    [8_191, 1],
    [8_192, 3],
    [16_384, 5],
  ])('%d ranges are sorted in %d', (count, slices) => {
    expect(run(sortRanges(touching.slice(0, count), 1)).slices).toBe(slices)
  })

  it('of 8,192 entries at most, enabled or not', () => {
    let drawn = 0
    function* entries() {
      for (const entry of touching) {
        drawn++
        yield { ...entry, enabled: false }
      }
    }
    const steps = compileSteps(entries())
    const seen = [0, 1, 2].map(() => {
      steps.next()
      return drawn
    })
    expect(seen).toEqual([8_192, 16_384, touching.length])
  })

  it.each([
    [4_095, 1],
    [4_096, 2],
    [8_192, 3],
  ])('%d ranges, of which two overlap, are cut in %d', (count, slices) => {
    const entries = [...touching.slice(0, 1), ...touching.slice(0, count - 1)]
    expect(run(cutSegments(run(sortRanges(entries, 1)).value)).slices).toBe(slices)
  })

  it('ranges of which no two overlap need no cutting', () => {
    expect(run(cutSegments(run(sortRanges(touching, 1)).value)).slices).toBe(1)
  })
})
