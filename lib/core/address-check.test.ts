import { describe, expect, it } from 'vitest'
import { address } from '@/scripts/testing/allowlists'
import { describeIdle, describeVerdict, parseAskedAddress, verdictsBySurface } from './address-check'
import { decide, type Verdict } from './allowlist'
import { compileLookup } from './lookup'

describe('an address somebody asks about', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    [' 203.0.113.9\n', '203.0.113.9'],
    ['2001:DB8::1', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9/32', '203.0.113.9'],
  ])('%j is %s', (text, is) => {
    expect(parseAskedAddress(text)).toEqual({ ok: true, address: address(is) })
  })

  it.each([
    ['', 'Enter one IP address, like 203.0.113.7 or 2001:db8::1.'],
    ['   ', 'Enter one IP address, like 203.0.113.7 or 2001:db8::1.'],
    ['300.1.1.1', '300.1.1.1 is not an IP address: each part goes from 0 to 255.'],
    ['010.0.0.1', '010.0.0.1 is not an IP address: its parts must not begin with 0. Did you mean 10.0.0.1?'],
    [
      'fe80::1%eth0',
      'fe80::1%eth0 is not an IP address for a list: leave out the zone after %. Did you mean fe80::1?',
    ],
    ['198.51.100.*', '198.51.100.* is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.'],
    [
      '198.51.100.0/24',
      '198.51.100.0/24 is 256 addresses. Enter one IP address, like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '192.0.2.1 - 192.0.2.2',
      '192.0.2.1 - 192.0.2.2 is 2 addresses. Enter one IP address, like 203.0.113.7 or 2001:db8::1.',
    ],
  ])('%j is refused in words', (text, problem) => {
    expect(parseAskedAddress(text)).toEqual({ ok: false, problem })
  })

  it('says only the beginning of a long text', () => {
    const parsed = parseAskedAddress('x'.repeat(10_000))
    expect(!parsed.ok && parsed.problem.length).toBeLessThan(140)
  })
})

it('surfaces are told together where the list answers them alike', () => {
  const ranges = compileLookup([
    {
      id: 'a',
      start: address('192.0.2.1'),
      end: address('192.0.2.1'),
      enabled: true,
      expiresAtMs: null,
      createdAtMs: 0,
    },
  ])
  const grouped = (mobileEnforced: boolean) =>
    verdictsBySurface((surface) =>
      decide({
        allowlist: { enabled: true, mobileEnforced, ranges },
        surface,
        address: address('203.0.113.9'),
        nowMs: 0,
      }),
    )
  expect(grouped(true)).toEqual([
    {
      surfaces: ['CONTROL_PANEL', 'AGENT_CONSOLE', 'MOBILE', 'API'],
      verdict: { admit: false, because: 'not-listed' },
    },
  ])
  expect(grouped(false)).toEqual([
    { surfaces: ['CONTROL_PANEL', 'AGENT_CONSOLE', 'API'], verdict: { admit: false, because: 'not-listed' } },
    { surfaces: ['MOBILE'], verdict: { admit: true, because: 'mobile-not-enforced' } },
  ])
})

it.each<[Verdict, string | null, string]>([
  [{ admit: true, because: 'allowlist-off' }, null, 'The IP Allowlist is off, so everyone gets in.'],
  [{ admit: true, because: 'mobile-not-enforced' }, null, 'The list is not asked for the mobile app.'],
  [
    { admit: true, because: 'list-empty' },
    null,
    'The list is empty. Until it has a range, everyone gets in.',
  ],
  [
    { admit: true, because: 'listed', rangeId: 'a' },
    'Office (192.0.2.0/24)',
    'Office (192.0.2.0/24) holds it.',
  ],
  [{ admit: true, because: 'listed', rangeId: 'a' }, null, 'A range on the list holds it.'],
  [{ admit: false, because: 'address-unknown' }, null, 'An address that is not known is on no list.'],
  [{ admit: false, because: 'not-listed' }, null, 'No range in force holds it.'],
])('says why: %j', (verdict, range, words) => {
  expect(describeVerdict(verdict, range)).toBe(words)
})

it.each([
  ['disabled', false, 'Office holds it, but is disabled.'],
  ['expired', false, 'Office holds it, but has expired.'],
  ['expired', true, 'Office holds it, too, but has expired.'],
] as const)('a range that is %s while another holds the address (%s) is named', (state, isCovered, words) => {
  expect(describeIdle('Office', state, isCovered)).toBe(words)
})
