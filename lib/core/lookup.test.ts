import { describe, expect, it } from 'vitest'
import { type Address, addressFromBigInt, bitsOf, parseAddress } from './address'
import { compileLookup, type LookupEntry } from './lookup'
import { parseRange } from './range'

function entry(id: string, text: string, more: Partial<LookupEntry> = {}): LookupEntry {
  const parsed = parseRange({ start: text })
  if (!parsed.ok) throw new Error(`${text} is not a range`)
  return { id, ...parsed.range, enabled: true, expiresAtMs: null, createdAtMs: 0, ...more }
}

function find(entries: LookupEntry[], text: string, nowMs = 0): string | null {
  const lookup = compileLookup(entries)
  const found = lookup.find(text, nowMs)
  const address = parseAddress(text)
  expect(address && lookup.findAddress(address, nowMs)).toBe(found)
  return found
}

describe('a lookup', () => {
  it('of nothing finds nothing', () => {
    expect(compileLookup([]).size).toBe(0)
    expect(find([], '198.51.100.7')).toBeNull()
    expect(find([], '2001:db8::1')).toBeNull()
  })

  it.each([
    ['198.51.99.255', null],
    ['198.51.100.0', 'office'],
    ['198.51.100.255', 'office'],
    ['198.51.101.0', null],
    ['::ffff:198.51.100.7', 'office'],
    ['::c633:6407', null],
    ['2001:db8:1::', 'lab'],
    ['2001:db8:1:ffff:ffff:ffff:ffff:ffff', 'lab'],
    ['2001:db8:0:ffff:ffff:ffff:ffff:ffff', null],
    ['2001:db8:2::', null],
    ['198.51.100.7 ', null],
    ['198.051.100.7', null],
    ['', null],
    ['nonsense', null],
  ])('finds %j in %j', (text, id) => {
    expect(find([entry('office', '198.51.100.0/24'), entry('lab', '2001:db8:1::/48')], text)).toBe(id)
  })

  it('finds the first and the last address there is', () => {
    const all = [entry('v4', '0.0.0.0/0'), entry('v6', '::/0')]
    expect(find(all, '0.0.0.0')).toBe('v4')
    expect(find(all, '255.255.255.255')).toBe('v4')
    expect(find(all, '::')).toBe('v6')
    expect(find(all, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')).toBe('v6')
    expect(find([entry('v6', '::/0')], '198.51.100.7')).toBeNull()
    expect(find([entry('v4', '0.0.0.0/0')], '::c633:6407')).toBeNull()
  })

  it.each([
    '',
    ' ',
    'nonsense',
    '1.2.3',
    '1.2.3.4.5',
    '1:2:3:4',
    '::1::',
    '::g',
    '198.51.100.7/32',
    '::1%eth0',
  ])('of all addresses finds no %j, which is none', (text) => {
    const lookup = compileLookup([entry('v4', '0.0.0.0/0'), entry('v6', '::/0')])
    expect(lookup.find('2001:db8::1', 0)).toBe('v6')
    expect(lookup.find(text, 0)).toBeNull()
  })

  it('takes any iterable', () => {
    expect(compileLookup(new Set([entry('office', '198.51.100.0/24')])).find('198.51.100.7', 0)).toBe(
      'office',
    )
  })
})

describe('of several matches', () => {
  const wide = entry('wide', '198.51.0.0/16', { createdAtMs: 1 })
  const middle = entry('middle', '198.51.100.0/24', { createdAtMs: 2 })
  const narrow = entry('narrow', '198.51.100.7', { createdAtMs: 3 })

  it.each([
    ['198.51.100.7', 'narrow'],
    ['198.51.100.6', 'middle'],
    ['198.51.100.8', 'middle'],
    ['198.51.99.255', 'wide'],
    ['198.51.101.0', 'wide'],
  ])('the narrowest answers for %s: %s', (text, id) => {
    expect(find([wide, middle, narrow], text)).toBe(id)
    expect(find([narrow, middle, wide], text)).toBe(id)
  })

  it('the oldest of equally wide ones answers, whatever their order', () => {
    const left = entry('left', '192.0.2.0-192.0.2.9', { createdAtMs: 9 })
    const right = entry('right', '192.0.2.5-192.0.2.14', { createdAtMs: 8 })
    for (const entries of [
      [left, right],
      [right, left],
    ]) {
      expect(
        ['192.0.2.4', '192.0.2.5', '192.0.2.9', '192.0.2.10'].map((text) => find(entries, text)),
      ).toEqual(['left', 'right', 'right', 'right'])
    }
  })

  it('of the same age and width, the lesser id answers', () => {
    const twins = [entry('b', '192.0.2.0/24'), entry('a', '192.0.2.0/24'), entry('c', '192.0.2.0/24')]
    expect(find(twins, '192.0.2.1')).toBe('a')
    expect(find(twins.reverse(), '192.0.2.1')).toBe('a')
  })
})

describe('disabled and expired ranges', () => {
  const office = entry('office', '198.51.100.0/24', { expiresAtMs: 1_000 })

  it('count in the size and match nothing', () => {
    const lookup = compileLookup([{ ...office, enabled: false }, office])
    expect(lookup.size).toBe(2)
    expect(compileLookup([{ ...office, enabled: false }]).find('198.51.100.7', 0)).toBeNull()
  })

  it.each([1_000, 2 ** 32, Date.UTC(2033, 4, 18), Date.UTC(9999, 11, 31)])(
    'an expiry ends the range at that very instant (%d), without a new index',
    (expiresAtMs) => {
      const lookup = compileLookup([{ ...office, expiresAtMs }])
      expect(lookup.find('198.51.100.7', expiresAtMs - 1)).toBe('office')
      expect(lookup.find('198.51.100.7', expiresAtMs)).toBeNull()
      expect(lookup.find('198.51.100.7', expiresAtMs - 1)).toBe('office')
    },
  )

  it('an instant before 1970 is long past', () => {
    expect(find([{ ...office, expiresAtMs: -1 }], '198.51.100.7')).toBeNull()
  })

  it('leave the answer to the next wider range', () => {
    const entries = [
      office,
      entry('one', '198.51.100.7', { expiresAtMs: 500 }),
      entry('wide', '198.51.0.0/16'),
      entry('off', '198.51.100.4/30', { enabled: false }),
      entry('other', '203.0.113.0/24'),
    ]
    expect(find(entries, '198.51.100.7', 0)).toBe('one')
    expect(find(entries, '198.51.100.7', 500)).toBe('office')
    expect(find(entries, '198.51.100.7', 1_000)).toBe('wide')
    expect(find(entries, '203.0.113.9', 1_000)).toBe('other')
  })

  it('leave it to the elder of those that are as wide, then to the one with the lesser id', () => {
    const twins = [
      entry('first', '192.0.2.0/24', { createdAtMs: 1, expiresAtMs: 500 }),
      entry('elder', '192.0.2.0/24', { createdAtMs: 2, expiresAtMs: 1_000 }),
      entry('last a', '192.0.2.0/24', { createdAtMs: 3, expiresAtMs: 1_500 }),
      entry('last b', '192.0.2.0/24', { createdAtMs: 3 }),
    ]
    for (const entries of [twins, twins.toReversed()]) {
      expect([0, 500, 1_000, 1_500].map((nowMs) => find(entries, '192.0.2.1', nowMs))).toEqual([
        'first',
        'elder',
        'last a',
        'last b',
      ])
    }
  })

  it('hold for IPv6 too', () => {
    const entries = [entry('one', '2001:db8::1', { expiresAtMs: 500 }), entry('wide', '2001:db8::/32')]
    expect(find(entries, '2001:db8::1', 499)).toBe('one')
    expect(find(entries, '2001:db8::1', 500)).toBe('wide')
  })
})

it('findAddress takes the stored form', () => {
  expect(compileLookup([entry('office', '198.51.100.0/24')]).findAddress('4c6336407' as Address, 0)).toBe(
    'office',
  )
})

it.each([4, 6] as const)(
  'in IPv%d, whoever comes behind the last range of a block finds none of the next',
  (family) => {
    const shift = family === 4 ? 0n : 60n
    const addressOf = (block: number, at: number) =>
      addressFromBigInt(family, BigInt(block * 65_536 + at) << shift)
    // Each begins higher in its block than those of the one before end in theirs.
    const blocks = [0, 1, 2].map((block) => Array.from({ length: 20 }, (_, at) => 40 * block + 2 * at))
    const entries = blocks.flatMap((places, block) =>
      places.map((at) => {
        const only = addressOf(block, at)
        return { ...entry(`${block}/${at}`, '192.0.2.0'), start: only, end: only }
      }),
    )
    const lookup = compileLookup(entries)
    for (const [block, places] of blocks.entries()) {
      for (let at = 0; at < 256; at++) {
        const right = places.includes(at) ? `${block}/${at}` : null
        if (lookup.findAddress(addressOf(block, at), 0) !== right) throw new Error(`${block}/${at}`)
      }
    }
  },
)

it.each([1, 8, 9, 32, 33, 100])(
  'behind the last of %d IPv4 ranges, no IPv6 range is taken for one',
  (count) => {
    // Its first words, read as an IPv4 range, would hold every address behind 32.0.0.0.
    const entries = [entry('v6', '2000:0:ffff:ffff::')]
    const apart = 2 ** 24 * Math.floor(255 / count)
    for (let at = 0; at < count; at++) {
      const only = addressFromBigInt(4, BigInt(at * apart))
      entries.push({ ...entry(`${at}`, '192.0.2.0'), start: only, end: only })
    }
    expect(find(entries, '255.255.255.255')).toBeNull()
    expect(find(entries, '2000:0:ffff:ffff::')).toBe('v6')
  },
)

describe.each([4, 6] as const)('every border of IPv%d lists of every length', (family) => {
  const last = (1n << BigInt(bitsOf(family))) - 1n
  /** The bits that differ lie at the end, in the middle of a word, and across two. */
  const shifts = family === 4 ? [0n, 12n] : [0n, 26n, 58n, 84n]
  const LAYOUTS: [string, (at: bigint, count: bigint, shift: bigint) => bigint][] = [
    ['all over', (at, count) => at * (last / count)],
    ['touching, from the first address on', (at) => at * 2n],
    ['touching, up to the last address', (at, count) => last - 2n * (count - at) + 1n],
    ['at both ends', (at, count) => (2n * at < count ? at * 3n : last - 3n * (count - at))],
    ['in one block', (at, _, shift) => (203n << (shift + 12n)) + at * (3n << shift)],
    ['in clumps', (at, _, shift) => ((at % 3n) << (shift + 13n)) + (at / 3n) * (2n << shift)],
    ['ever farther apart', (at) => (1n << (at % BigInt(bitsOf(family) - 2))) * 2n + (at / 30n) * 5n],
  ]

  it.each(LAYOUTS)('%s', (_, place) => {
    for (const shift of shifts) {
      for (const count of [1, 2, 7, 8, 9, 17, 32, 33, 34, 120]) {
        const firsts = new Set(
          Array.from({ length: count }, (_, at) => place(BigInt(at), BigInt(count), shift)),
        )
        const numbers = [...firsts]
          .sort((a, b) => (a < b ? -1 : 1))
          .filter((first) => !firsts.has(first - 1n))
        // Some reach to the next one, and so out of the part of the family that the others lie in.
        const ranges = numbers.map((first, at) => {
          const widest = (numbers[at + 1] ?? last + 1n) - 1n
          return { first, last: at % 3 === 2 || first === last ? widest : first + 1n, id: `${at}` }
        })
        const lookup = compileLookup(
          ranges.map(({ id, ...range }) => ({
            id,
            start: addressFromBigInt(family, range.first),
            end: addressFromBigInt(family, range.last),
            enabled: true,
            expiresAtMs: null,
            createdAtMs: 0,
          })),
        )
        const asked = ranges.flatMap((range) => [range.first - 1n, range.first, range.last, range.last + 1n])
        for (const number of [0n, last / 2n, last, ...asked]) {
          if (number < 0n || number > last) continue
          const right = ranges.find((range) => range.first <= number && number <= range.last)?.id ?? null
          const found = lookup.findAddress(addressFromBigInt(family, number), 0)
          if (found !== right) expect({ shift, count, number, found }).toEqual({ found: right })
        }
      }
    }
  })
})
