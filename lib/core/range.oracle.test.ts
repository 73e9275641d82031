import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { address, family, rangeOf, spelling } from '@/scripts/testing/arbitrary-addresses'
import { startPython } from '@/scripts/testing/python'
import { bitsOf, familyOf, formatAddress, parseAddress, toBigInt } from './address'
import {
  countAddresses,
  formatRange,
  isAdjacent,
  mergeRanges,
  overlaps,
  parseRange,
  type Range,
  toCidrs,
} from './range'

/** Python's ipaddress, with IPv4-mapped addresses taken as IPv4 and zones refused as the contract has it. */
const ipaddress = startPython(`
import ipaddress as ip
def canonical(text):
    try:
        a = ip.ip_address(text)
    except ValueError:
        return None
    if getattr(a, 'scope_id', None) is not None: return None
    if a.version == 6 and a.ipv4_mapped is not None: a = a.ipv4_mapped
    return [a.version, str(int(a)), str(a)]
def network(text):
    try:
        n = ip.ip_network(text, strict=True)
    except ValueError:
        return None
    return [n.version, str(int(n[0])), str(int(n[-1])), str(n.num_addresses)]
def ranges(pairs):
    return [[ip.ip_address(a), ip.ip_address(b)] for a, b in pairs]
def blocks(pairs):
    return [n for a, b in ranges(pairs) for n in ip.summarize_address_range(a, b)]
def cidrs(pairs):
    return [str(n) for n in blocks(pairs)]
def merged(pairs):
    found = []
    for version in (4, 6):
        found += [str(n) for n in ip.collapse_addresses(n for n in blocks(pairs) if n.version == version)]
    return found
kinds = dict(canonical=canonical, network=network, cidrs=cidrs, merged=merged)
def answer(questions):
    return [kinds[kind](asked) for kind, asked in questions]
`)
afterAll(() => ipaddress.stop())

/** Draws `count` cases afresh each run; a failing one names itself. */
function draw<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  return fc.sample(arbitrary, count)
}

async function ask(kind: string, lines: readonly unknown[]): Promise<unknown[]> {
  return ipaddress.ask(lines.map((line) => [kind, line]))
}

const ALMOST = fc
  .tuple(
    address.chain(spelling),
    fc.nat(45),
    fc.nat(2),
    fc.constantFrom(
      ...'0123456789abcdefABCDEFg:.%/[]- x\t\0\u00a0１é'.split(''),
      '::',
      '00',
      '.1',
      '255',
      '256',
    ),
  )
  .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut))

const SOUP = fc.string({ unit: fc.constantFrom(...'0123456789af:.'.split(''), '::', 'ffff:'), maxLength: 24 })

describe('beside Python ipaddress', () => {
  it('parseAddress takes the same texts as the same addresses and formatAddress writes them alike', async () => {
    const texts = [
      ...draw(address.chain(spelling), 8_000),
      ...draw(ALMOST, 12_000),
      ...draw(SOUP, 8_000),
      ...draw(fc.string({ unit: 'binary' }), 2_000).filter((text) => text.isWellFormed()),
    ]
    const expected = await ask('canonical', texts)
    let taken = 0
    for (const [at, text] of texts.entries()) {
      const parsed = parseAddress(text)
      if (parsed) taken++
      const found = parsed && [familyOf(parsed), String(toBigInt(parsed)), formatAddress(parsed)]
      if (JSON.stringify(found) !== JSON.stringify(expected[at]))
        expect({ text, found }).toEqual(expected[at])
    }
    expect(taken).toBeGreaterThan(8_000)
    expect(texts.length - taken).toBeGreaterThan(8_000)
  })

  it('parseRange takes the same CIDR blocks, and offers the block that was meant', async () => {
    const block = family.chain((of) =>
      fc.tuple(rangeOf(of), fc.nat(bitsOf(of) + 2), fc.boolean()).map(([{ start }, prefix, cleared]) => {
        const host = (1n << BigInt(Math.max(0, bitsOf(of) - prefix))) - 1n
        const number = cleared ? toBigInt(start) & ~host : toBigInt(start)
        return { text: numeric(of, number), prefix }
      }),
    )
    const texts = draw(block, 6_000).map(({ text, prefix }) => `${text}/${prefix}`)
    const expected = await ask('network', texts)
    for (const [at, start] of texts.entries()) {
      const parsed = parseRange({ start })
      const { range } = parsed.ok ? parsed : { range: null }
      const found = range && [
        ...[familyOf(range.start), String(toBigInt(range.start)), String(toBigInt(range.end))],
        String(countAddresses(range)),
      ]
      if (!parsed.ok && parsed.problem.code === 'prefix-splits-mapped') continue
      if (JSON.stringify(found) !== JSON.stringify(expected[at]))
        expect({ start, found }).toEqual(expected[at])
      if (!parsed.ok && parsed.problem.code === 'host-bits-set') {
        const [offered] = await ask('network', [parsed.problem.suggestion])
        expect(offered).not.toBeNull()
      }
    }
  })

  it('toCidrs covers a range with the same blocks', async () => {
    const ranges = draw(family.chain(rangeOf), 3_000).filter((range) => !touchesMapped(range))
    const expected = await ask(
      'cidrs',
      ranges.map((range) => [pair(range)]),
    )
    for (const [at, range] of ranges.entries()) {
      if (toCidrs(range).join() !== (expected[at] as string[]).join()) {
        expect({ range: formatRange(range), found: toCidrs(range) }).toEqual(expected[at])
      }
    }
  })

  it('mergeRanges comes to the same addresses', async () => {
    const lists = draw(fc.array(family.chain(rangeOf), { maxLength: 12 }), 500).filter(
      (list) => !list.some(touchesMapped),
    )
    const expected = await ask(
      'merged',
      lists.map((list) => list.map(pair)),
    )
    for (const [at, list] of lists.entries()) {
      const merged = mergeRanges(list)
      expect(merged.flatMap(toCidrs)).toEqual(expected[at])
      for (const [index, range] of merged.entries()) {
        const next = merged[index + 1]
        expect(next && (overlaps(range, next) || isAdjacent(range, next))).toBeFalsy()
      }
    }
  })
})

describe('a range', () => {
  it('that is formatted is read back as itself, and so is each of its blocks', () => {
    fc.assert(
      fc.property(family.chain(rangeOf), (range) => {
        expect(parseRange({ start: formatRange(range) })).toEqual({ ok: true, range })
        const fields = { start: formatAddress(range.start), end: formatAddress(range.end) }
        expect(parseRange(fields)).toEqual({ ok: true, range })
        const blocks = toCidrs(range).map((start) => parseRange({ start }))
        expect(blocks.every((block) => block.ok)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

/** Python gives blocks of IPv6 that are IPv4 here; those few ranges have table tests of their own. */
function touchesMapped({ start, end }: Range): boolean {
  return familyOf(start) === 6 && toBigInt(start) <= 0xffff_ffff_ffffn && toBigInt(end) >= 0xffff_0000_0000n
}

function pair(range: Range): [string, string] {
  return [formatAddress(range.start), formatAddress(range.end)]
}

/** IPv4-mapped numbers stay IPv6 text, as they are to Python. */
function numeric(of: 4 | 6, number: bigint): string {
  if (of === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.')
  return Array.from({ length: 8 }, (_, at) =>
    ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16),
  ).join(':')
}
