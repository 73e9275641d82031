import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { address, range } from '@/scripts/testing/allowlists'
import { address as anyAddress } from '@/scripts/testing/arbitrary-addresses'
import { type Address, familyOf } from './address'
import { SURFACES } from './allowlist'
import { isPrivateOrLoopback } from './client-address'
import type { RecentSignIn } from './impact'
import { containsAddress, countAddresses, formatRange, overlaps, type Range } from './range'
import { suggestRanges } from './suggested-ranges'

/** The mutation check runs these for every mutant. */
const FEW = process.env.CASES === 'few'

/** "ana 192.0.2.1 3": who, from where, when; "mobile" behind it for the mobile app. */
function signIns(...lines: string[]): RecentSignIn[] {
  return lines.map((line) => {
    const [name = '', at = '', atMs = '0', mobile] = line.split(' ')
    return {
      ...{ agentId: name, name, address: address(at), atMs: Number(atMs) },
      surface: mobile ? 'MOBILE' : 'CONTROL_PANEL',
    }
  })
}

const NOTHING = { isListed: () => false, dismissed: [] as Range[], isMobileAsked: false }

describe('suggested ranges', () => {
  it.each<[string, string[], string[]]>([
    ['one person at one address: the address', ['ana 192.0.2.1 1'], ['192.0.2.1: ana']],
    [
      'one person at several of a /24: each',
      ['ana 192.0.2.1 1', 'ana 192.0.2.2 2'],
      ['192.0.2.2: ana', '192.0.2.1: ana'],
    ],
    [
      'several people at one address: the address',
      ['ana 192.0.2.1 1', 'ben 192.0.2.1 2', 'ben 8.8.8.8 1'],
      ['192.0.2.1: ben, ana', '8.8.8.8: ben'],
    ],
    [
      'several people at several of a /24: the /24',
      ['ana 192.0.2.1 1', 'ben 192.0.2.200 2'],
      ['192.0.2.0/24: ben, ana'],
    ],
    [
      'several people in neighbouring /24: each address',
      ['ana 192.0.2.255 1', 'ben 192.0.3.0 2'],
      ['192.0.3.0: ben', '192.0.2.255: ana'],
    ],
    [
      'several people in a /64: the /64',
      ['ana 2001:db8::1 1', 'ben 2001:db8::ffff:1 2'],
      ['2001:db8::/64: ben, ana'],
    ],
    [
      'several people in neighbouring /64: each address',
      ['ana 2001:db8::1 1', 'ben 2001:db8:0:1::1 2'],
      ['2001:db8:0:1::1: ben', '2001:db8::1: ana'],
    ],
    [
      'never the /64 that holds loopback and mapped addresses',
      ['ana ::5 1', 'ben ::6 2'],
      ['::6: ben', '::5: ana'],
    ],
    [
      'first where most people are, then the latest',
      ['ana 192.0.2.1 1', 'ben 192.0.2.9 1', 'cleo 8.8.8.8 9', 'dan 9.9.9.9 5'],
      ['192.0.2.0/24: ana, ben', '8.8.8.8: cleo', '9.9.9.9: dan'],
    ],
    [
      'no mobile app while the list is not asked for it',
      ['ana 192.0.2.1 1 mobile', 'ben 8.8.8.8 2'],
      ['8.8.8.8: ben'],
    ],
    ['nobody', [], []],
  ])('%s', (_name, lines, expected) => {
    const { ranges, more, suspects } = suggestRanges(signIns(...lines), NOTHING)
    expect(ranges.map((one) => `${formatRange(one.range)}: ${one.people.join(', ')}`)).toEqual(expected)
    expect([more, suspects]).toEqual([0, []])
  })

  it('the mobile app, where the list is asked for it', () => {
    const { ranges } = suggestRanges(signIns('ana 192.0.2.1 1 mobile'), { ...NOTHING, isMobileAsked: true })
    expect(ranges).toMatchObject([{ range: range('192.0.2.1'), lastAtMs: 1 }])
  })

  it('leaves out what is on the list, and what was dismissed', () => {
    const all = signIns('ana 192.0.2.1 1', 'ben 192.0.2.200 2', 'cleo 8.8.8.8 1', 'dan 8.8.8.9 1')
    const known = {
      ...NOTHING,
      isListed: (at: Address) => at === address('192.0.2.1'),
      dismissed: [range('8.8.8.0/24')],
    }
    expect(suggestRanges(all, known).ranges).toMatchObject([{ range: range('192.0.2.200'), people: ['ben'] }])
  })

  it('calls private addresses out instead, and one address that is everybody’s', () => {
    const proxied = suggestRanges(signIns('ana 10.0.0.5 1', 'ben 10.0.0.5 2', 'ben 127.0.0.1 3'), NOTHING)
    expect(proxied).toEqual({
      ...{ ranges: [], more: 0 },
      suspects: [
        { address: address('10.0.0.5'), people: ['ben', 'ana'] },
        { address: address('127.0.0.1'), people: ['ben'] },
      ],
    })
    const office = signIns('ana 192.0.2.1 1', 'ben 192.0.2.1 2')
    expect(suggestRanges(office, NOTHING).ranges).toMatchObject([{ isEverybodys: true }])
    const mixed = [...office, ...signIns('cleo 8.8.8.8 1')]
    expect(suggestRanges(mixed, NOTHING).ranges).toMatchObject([
      { isEverybodys: false },
      { isEverybodys: false },
    ])
    expect(suggestRanges(signIns('ana 192.0.2.1 1'), NOTHING).ranges).toMatchObject([{ isEverybodys: false }])
  })

  it('offers five, and says how many more', () => {
    const seven = signIns(...Array.from({ length: 7 }, (_, at) => `p${at} 203.0.${at}.1 ${at}`))
    const { ranges, more } = suggestRanges(seven, NOTHING)
    expect(ranges.map((one) => formatRange(one.range))).toEqual([6, 5, 4, 3, 2].map((at) => `203.0.${at}.1`))
    expect(more).toBe(2)
  })
})

const recent = fc
  .record({
    agentId: fc.constantFrom('a', 'b', 'c'),
    surface: fc.constantFrom(...SURFACES),
    address: fc.oneof(
      anyAddress,
      fc.constantFrom(
        ...[
          '192.0.2.1',
          '192.0.2.9',
          '192.0.2.77',
          '2001:db8::1',
          '2001:db8::2',
          '10.0.0.5',
          '::5',
          '::6',
        ].map(address),
      ),
    ),
    atMs: fc.nat(100),
  })
  .map((one) => ({ ...one, name: one.agentId }))

it('suggestions are narrow, public, disjoint, new, and whole: every place is in one, or dismissed, or listed', () => {
  fc.assert(
    fc.property(fc.array(recent, { maxLength: 5 }), fc.boolean(), fc.nat(3), (all, isMobileAsked, listed) => {
      const isListed = (at: Address) => Number.parseInt(at.at(-1) as string, 16) % 4 === listed
      const dismissed = [range('192.0.2.77')]
      const known = { isListed, dismissed, isMobileAsked }
      const found = suggestRanges(all, known)
      const ranges = found.ranges.map((one) => one.range)
      for (const [at, one] of ranges.entries()) {
        expect(countAddresses(one) <= (familyOf(one.start) === 4 ? 256n : 2n ** 64n)).toBe(true)
        expect(isPrivateOrLoopback(one.start) || isPrivateOrLoopback(one.end)).toBe(false)
        expect(ranges.slice(at + 1).some((other) => overlaps(one, other))).toBe(false)
      }
      for (const { address: at, surface } of all) {
        const isWanted =
          (isMobileAsked || surface !== 'MOBILE') && !isListed(at) && at !== address('192.0.2.77')
        const holding = ranges.filter((one) => containsAddress(one, at)).length
        const isSuspect = found.suspects.some((one) => one.address === at)
        if (isWanted && found.suspects.length < 3)
          expect([holding, isSuspect]).toEqual(isPrivateOrLoopback(at) ? [0, true] : [1, false])
      }
      expect(suggestRanges([...all].reverse(), known)).toEqual(found)
    }),
    { numRuns: FEW ? 100 : 3_000 },
  )
})
