import { describe, expect, it } from 'vitest'
import { type Address, parseAddress } from './address'
import {
  containsAddress,
  containsRange,
  countAddresses,
  coversWholeFamily,
  describeRangeProblem,
  formatRange,
  isAdjacent,
  mergeRanges,
  overlaps,
  parseRange,
  type Range,
  toCidrs,
  trimPasted,
} from './range'

function range(start: string, end?: string): Range {
  const parsed = parseRange({ start, end })
  if (!parsed.ok) throw new Error(describeRangeProblem(parsed.problem))
  return parsed.range
}

function address(text: string): Address {
  return parseAddress(text) as Address
}

describe('parseRange', () => {
  it.each([
    ['198.51.100.7', undefined, '198.51.100.7', '198.51.100.7', '198.51.100.7'],
    ['198.51.100.7', '', '198.51.100.7', '198.51.100.7', '198.51.100.7'],
    ['198.51.100.7', '198.51.100.7', '198.51.100.7', '198.51.100.7', '198.51.100.7'],
    ['198.51.100.0', '198.51.100.255', '198.51.100.0', '198.51.100.255', '198.51.100.0/24'],
    ['198.51.100.1', '198.51.100.2', '198.51.100.1', '198.51.100.2', '198.51.100.1 - 198.51.100.2'],
    ['198.51.100.0/24', '', '198.51.100.0', '198.51.100.255', '198.51.100.0/24'],
    ['198.51.100.7/32', '', '198.51.100.7', '198.51.100.7', '198.51.100.7'],
    ['0.0.0.0/0', '', '0.0.0.0', '255.255.255.255', '0.0.0.0/0'],
    ['192.0.2.1-192.0.2.9', '', '192.0.2.1', '192.0.2.9', '192.0.2.1 - 192.0.2.9'],
    ['192.0.2.1 - 192.0.2.9', '', '192.0.2.1', '192.0.2.9', '192.0.2.1 - 192.0.2.9'],
    ['2001:db8::/32', '', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::/32'],
    ['2001:db8::5 - 2001:db8::6', '', '2001:db8::5', '2001:db8::6', '2001:db8::5 - 2001:db8::6'],
    ['::/0', '', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::/0'],
    ['::1/128', '', '::1', '::1', '::1'],
    ['::ffff:192.0.2.0/120', '', '192.0.2.0', '192.0.2.255', '192.0.2.0/24'],
    ['::ffff:0:0/96', '', '0.0.0.0', '255.255.255.255', '0.0.0.0/0'],
    ['::ffff:192.0.2.1', '192.0.2.9', '192.0.2.1', '192.0.2.9', '192.0.2.1 - 192.0.2.9'],
    ['64:ff9b::/96', '', '64:ff9b::', '64:ff9b::ffff:ffff', '64:ff9b::/96'],
    ['::/79', '', '::', '::1:ffff:ffff:ffff', '::/79'],
    ['192.0.2.1-192.0.2.1', '', '192.0.2.1', '192.0.2.1', '192.0.2.1'],
    ['198.51.101.0/24', '', '198.51.101.0', '198.51.101.255', '198.51.101.0/24'],
  ])('reads %j to %j as %s to %s', (start, end, first, last, shown) => {
    const found = range(start, end)
    expect(found).toEqual({ start: address(first), end: address(last) })
    expect(formatRange(found)).toBe(shown)
    expect(range(shown)).toEqual(found)
  })

  it.each([
    [
      '',
      '',
      'start',
      'start-missing',
      'Enter an IP address, a CIDR block like 198.51.100.0/24, or a range like 192.0.2.1 - 192.0.2.9.',
    ],
    [
      '',
      '192.0.2.1',
      'start',
      'start-missing',
      'Enter an IP address, a CIDR block like 198.51.100.0/24, or a range like 192.0.2.1 - 192.0.2.9.',
    ],
    [
      '300.1.1.1',
      '',
      'start',
      'start-not-an-address',
      '300.1.1.1 is not an IP address: each part goes from 0 to 255.',
    ],
    [
      '010.0.0.1',
      '',
      'start',
      'start-not-an-address',
      '010.0.0.1 is not an IP address: its parts must not begin with 0. Did you mean 10.0.0.1?',
    ],
    [
      '10/8',
      '',
      'start',
      'start-not-an-address',
      '10/8 is not an IP address: it needs four parts, like 203.0.113.7. Did you mean 10.0.0.0/8?',
    ],
    [
      '10.1.1/16',
      '',
      'start',
      'start-not-an-address',
      '10.1.1/16 is not an IP address: it needs four parts, like 203.0.113.7. Did you mean 10.1.0.0/16?',
    ],
    [
      '2130706433',
      '',
      'start',
      'start-not-an-address',
      '2130706433 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      '1.2.3',
      '',
      'start',
      'start-not-an-address',
      '1.2.3 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      ' 1.2.3.4',
      '',
      'start',
      'start-not-an-address',
      ' 1.2.3.4 is not an IP address: it has a space in it. Did you mean 1.2.3.4?',
    ],
    ['１.2.3.4', '', 'start', 'start-not-an-address', '１.2.3.4 is not an IP address. Did you mean 1.2.3.4?'],
    [
      '1.2.3.4:80',
      '',
      'start',
      'start-not-an-address',
      '1.2.3.4:80 is not an IP address. Did you mean 1.2.3.4?',
    ],
    [
      '[2001:db8::1]:80',
      '',
      'start',
      'start-not-an-address',
      '[2001:db8::1]:80 is not an IP address. Did you mean 2001:db8::1?',
    ],
    [
      'fe80::1%eth0',
      '',
      'start',
      'start-not-an-address',
      'fe80::1%eth0 is not an IP address for a list: leave out the zone after %. Did you mean fe80::1?',
    ],
    [
      '198.51.100.*',
      '',
      'start',
      'start-not-an-address',
      '198.51.100.* is not an IP address. Did you mean 198.51.100.0/24?',
    ],
    [
      '198.51.*.*',
      '',
      'start',
      'start-not-an-address',
      '198.51.*.* is not an IP address. Did you mean 198.51.0.0/16?',
    ],
    [
      '*.*',
      '',
      'start',
      'start-not-an-address',
      '*.* is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      'office',
      '',
      'start',
      'start-not-an-address',
      'office is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      'office',
      '192.0.2.1',
      'start',
      'start-not-an-address',
      'office is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '198.51.100.*',
      '192.0.2.1',
      'start',
      'start-not-an-address',
      '198.51.100.* is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '192.0.2.1',
      '192.0.2.256',
      'end',
      'end-not-an-address',
      '192.0.2.256 is not an IP address: each part goes from 0 to 255.',
    ],
    [
      '192.0.2.1',
      '192.0.2.09',
      'end',
      'end-not-an-address',
      '192.0.2.09 is not an IP address: its parts must not begin with 0. Did you mean 192.0.2.9?',
    ],
    [
      '192.0.2.1',
      '192.0.2.0/24',
      'end',
      'end-not-an-address',
      '192.0.2.0/24 is not an IP address: a block goes into Start IP, with End IP left empty.',
    ],
    [
      '192.0.2.0/24',
      '192.0.2.9',
      'end',
      'end-beside-block',
      'Start IP holds a whole range already: leave End IP empty, or enter one address in each field.',
    ],
    ['10.0.0.9', '10.0.0.1', 'end', 'start-after-end', 'End IP comes before Start IP.'],
    [
      '10.0.0.9-10.0.0.1',
      '',
      'start',
      'start-after-end',
      '10.0.0.9-10.0.0.1 ends before it starts. Did you mean 10.0.0.1 - 10.0.0.9?',
    ],
    ['1.2.3.4', '::1', 'end', 'mixed-families', 'Start IP and End IP must both be IPv4 or both be IPv6.'],
    [
      '::1',
      '::ffff:1.2.3.4',
      'end',
      'mixed-families',
      'Start IP and End IP must both be IPv4 or both be IPv6.',
    ],
    ['1.2.3.4-::1', '', 'start', 'mixed-families', 'Start IP and End IP must both be IPv4 or both be IPv6.'],
    [
      '198.51.100.1-20',
      '',
      'start',
      'start-not-an-address',
      '20 is not an IP address: it needs four parts, like 203.0.113.7. Did you mean 198.51.100.1 - 198.51.100.20?',
    ],
    [
      '198.51.100.20-1',
      '',
      'start',
      'start-not-an-address',
      '1 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      '198.51.100.1-256',
      '',
      'start',
      'start-not-an-address',
      '256 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      '198.51.100.7 – 198.51.100.9',
      '',
      'start',
      'start-not-an-address',
      '198.51.100.7 – 198.51.100.9 is not an IP address: it has a space in it. Did you mean 198.51.100.7 - 198.51.100.9?',
    ],
    [
      '2001:db8::1—2001:db8::9',
      '',
      'start',
      'start-not-an-address',
      '2001:db8::1—2001:db8::9 is not an IP address. Did you mean 2001:db8::1 - 2001:db8::9?',
    ],
    [
      '1.2.3.4–2001:db8::9',
      '',
      'start',
      'start-not-an-address',
      '1.2.3.4–2001:db8::9 is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    ...['198.51.100.7, 198.51.100.8', '198.51.100.0/24 2001:db8::/32', '::1;::2'].map(
      (several): [string, string, 'start', 'start-not-an-address' | 'prefix-not-a-number', string] => [
        several,
        '',
        'start',
        several.includes('/') ? 'prefix-not-a-number' : 'start-not-an-address',
        `${several} is more than one entry. Enter one at a time, or import a list with one a line.`,
      ],
    ),
    [
      '1.2.3. 4',
      '',
      'start',
      'start-not-an-address',
      '1.2.3. 4 is not an IP address: it has a space in it. Did you mean 1.2.3.4?',
    ],
    [
      '1.2.3.4-office',
      '',
      'start',
      'start-not-an-address',
      'office is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      'office-1.2.3.4',
      '',
      'start',
      'start-not-an-address',
      'office is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '198.51.100.7/24',
      '',
      'start',
      'host-bits-set',
      '198.51.100.7/24 is not the beginning of that block. Did you mean 198.51.100.0/24?',
    ],
    [
      '2001:db8::1/32',
      '',
      'start',
      'host-bits-set',
      '2001:db8::1/32 is not the beginning of that block. Did you mean 2001:db8::/32?',
    ],
    [
      '::ffff:192.0.2.1/120',
      '',
      'start',
      'host-bits-set',
      '::ffff:192.0.2.1/120 is not the beginning of that block. Did you mean 192.0.2.0/24?',
    ],
    [
      '198.51.100.0/33',
      '',
      'start',
      'prefix-too-long',
      '198.51.100.0/33 has a number after the slash that is too large: up to 32 for IPv4, up to 128 for IPv6.',
    ],
    [
      '2001:db8::/129',
      '',
      'start',
      'prefix-too-long',
      '2001:db8::/129 has a number after the slash that is too large: up to 32 for IPv4, up to 128 for IPv6.',
    ],
    [
      '::ffff:192.0.2.1/129',
      '',
      'start',
      'prefix-too-long',
      '::ffff:192.0.2.1/129 has a number after the slash that is too large: up to 32 for IPv4, up to 128 for IPv6.',
    ],
    [
      '198.51.100.0/',
      '',
      'start',
      'prefix-not-a-number',
      '198.51.100.0/ needs a plain number after the slash, like 198.51.100.0/24.',
    ],
    [
      '198.51.100.0/024',
      '',
      'start',
      'prefix-not-a-number',
      '198.51.100.0/024 needs a plain number after the slash, like 198.51.100.0/24. Did you mean 198.51.100.0/24?',
    ],
    [
      '198.51.100.0/255.255.255.0',
      '',
      'start',
      'prefix-not-a-number',
      '198.51.100.0/255.255.255.0 needs a plain number after the slash, like 198.51.100.0/24. Did you mean 198.51.100.0/24?',
    ],
    [
      '198.51.100.0/255.0.255.0',
      '',
      'start',
      'prefix-not-a-number',
      '198.51.100.0/255.0.255.0 needs a plain number after the slash, like 198.51.100.0/24.',
    ],
    [
      '198.51.100.0/-1',
      '',
      'start',
      'start-not-an-address',
      '198.51.100.0/ is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '198.51.100.0/24/8',
      '',
      'start',
      'prefix-not-a-number',
      '198.51.100.0/24/8 needs a plain number after the slash, like 198.51.100.0/24.',
    ],
    [
      '::ffff:0:0/95',
      '',
      'start',
      'prefix-splits-mapped',
      '::ffff:0:0/95 mixes IPv6 with addresses that are IPv4 in IPv6 spelling. Enter the IPv4 block instead.',
    ],
    [
      '::/80',
      '',
      'start',
      'prefix-splits-mapped',
      '::/80 mixes IPv6 with addresses that are IPv4 in IPv6 spelling. Enter the IPv4 block instead.',
    ],
    [
      '192.0.2.1  - 192.0.2.9',
      '',
      'start',
      'start-not-an-address',
      '192.0.2.1  - 192.0.2.9 is not an IP address: it has a space in it. Did you mean 192.0.2.1 - 192.0.2.9?',
    ],
    [
      '192.0.2.1-',
      '',
      'start',
      'start-not-an-address',
      '192.0.2.1- is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '+300.1.1.1',
      '',
      'start',
      'start-not-an-address',
      '+300.1.1.1 is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '255.01.1.1',
      '',
      'start',
      'start-not-an-address',
      '255.01.1.1 is not an IP address: its parts must not begin with 0. Did you mean 255.1.1.1?',
    ],
    [
      '192.0.2.1',
      'nonsense',
      'end',
      'end-not-an-address',
      'nonsense is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '10.12',
      '',
      'start',
      'start-not-an-address',
      '10.12 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      'x[2001:db8::1]',
      '',
      'start',
      'start-not-an-address',
      'x[2001:db8::1] is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '[2001:db8::1]x',
      '',
      'start',
      'start-not-an-address',
      '[2001:db8::1]x is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '[2001:db8::1]',
      '',
      'start',
      'start-not-an-address',
      '[2001:db8::1] is not an IP address. Did you mean 2001:db8::1?',
    ],
    [
      'abcd:12345:2::',
      '',
      'start',
      'start-not-an-address',
      'abcd:12345:2:: is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '0010.0.0.1',
      '',
      'start',
      'start-not-an-address',
      '0010.0.0.1 is not an IP address: its parts must not begin with 0. Did you mean 10.0.0.1?',
    ],
    [
      'x1.*',
      '',
      'start',
      'start-not-an-address',
      'x1.* is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    [
      '1.*x',
      '',
      'start',
      'start-not-an-address',
      '1.*x is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.',
    ],
    ['1.*', '', 'start', 'start-not-an-address', '1.* is not an IP address. Did you mean 1.0.0.0/8?'],
    [
      '10/32',
      '',
      'start',
      'start-not-an-address',
      '10/32 is not an IP address: it needs four parts, like 203.0.113.7. Did you mean 10.0.0.0/32?',
    ],
    [
      '10/33',
      '',
      'start',
      'start-not-an-address',
      '10/33 is not an IP address: it needs four parts, like 203.0.113.7.',
    ],
    [
      '10.0.0.0/1.2',
      '',
      'start',
      'prefix-not-a-number',
      '10.0.0.0/1.2 needs a plain number after the slash, like 198.51.100.0/24.',
    ],
    [
      '10.0.0.0/127.0.0.0',
      '',
      'start',
      'prefix-not-a-number',
      '10.0.0.0/127.0.0.0 needs a plain number after the slash, like 198.51.100.0/24.',
    ],
    [
      ' 192.0.2.1-192.0.2.9',
      '',
      'start',
      'start-not-an-address',
      ' 192.0.2.1-192.0.2.9 is not an IP address: it has a space in it. Did you mean 192.0.2.1 - 192.0.2.9?',
    ],
    [
      '192.0.2.1-192.0.2.9 x',
      '',
      'start',
      'start-not-an-address',
      '192.0.2.1-192.0.2.9 x is not an IP address: it has a space in it.',
    ],
  ])('refuses %j to %j at the %s field: %s', (start, end, field, code, sentence) => {
    const parsed = parseRange({ start, end })
    if (parsed.ok) throw new Error('taken')
    expect(parsed.problem).toMatchObject({ field, code })
    expect(describeRangeProblem(parsed.problem)).toBe(sentence)
  })

  it('offers only what it would take itself', () => {
    for (const start of [
      '010.0.0.1',
      '10/8',
      '198.51.100.7/24',
      '10.0.0.9-10.0.0.1',
      '1.*',
      '10.9.9.9/255.0.0.0',
    ]) {
      const parsed = parseRange({ start })
      if (parsed.ok) throw new Error('taken')
      expect(parseRange({ start: parsed.problem.suggestion as string }).ok).toBe(true)
    }
  })

  it('offers nothing for more than 100 characters', () => {
    const spaced = (length: number) => `192.0.2.9${' '.repeat(length - 9)}`
    const parsed = [100, 101].map((length) => parseRange({ start: '192.0.2.1', end: spaced(length) }))
    expect(parsed.map((one) => !one.ok && one.problem.suggestion)).toEqual(['192.0.2.9', undefined])
    const single = [100, 101].map((length) => parseRange({ start: spaced(length) }))
    expect(single.map((one) => !one.ok && one.problem.suggestion)).toEqual(['192.0.2.9', undefined])
  })

  it('quotes 60 characters whole', () => {
    const parsed = parseRange({ start: 'x'.repeat(60) })
    expect(parsed).toMatchObject({ problem: { found: 'x'.repeat(60) } })
  })

  it('quotes at most 60 characters of what was typed', () => {
    const parsed = parseRange({ start: 'x'.repeat(20_000_000) })
    expect(parsed).toEqual({
      ok: false,
      problem: { code: 'start-not-an-address', field: 'start', found: `${'x'.repeat(59)}…` },
    })
  })
})

describe('trimPasted', () => {
  it('takes white space off both ends and nothing else', () => {
    expect(trimPasted(' \t\r\n\u00a0198.51.100.7 \n')).toBe('198.51.100.7')
    expect(trimPasted('192.0.2.1 - 192.0.2.9')).toBe('192.0.2.1 - 192.0.2.9')
  })
})

describe('toCidrs', () => {
  it.each([
    ['198.51.100.7', ['198.51.100.7/32']],
    ['192.0.2.1-192.0.2.6', ['192.0.2.1/32', '192.0.2.2/31', '192.0.2.4/31', '192.0.2.6/32']],
    ['0.0.0.0/0', ['0.0.0.0/0']],
    ['2001:db8::-2001:db8::2', ['2001:db8::/127', '2001:db8::2/128']],
    ['::/0', ['::/0']],
  ])('covers %s with %j', (text, cidrs) => {
    expect(toCidrs(range(text))).toEqual(cidrs)
  })

  it('never names IPv4 by its IPv6 spelling', () => {
    const cidrs = toCidrs(range('::fffe:ffff:ffff', '::1:0:0:5'))
    expect(cidrs).toEqual(['::fffe:ffff:ffff/128', '::1:0:0:0/126', '::1:0:0:4/127'])
    const first = toCidrs(range('::fffe:0:0', '::1:0:0:0'))
    expect(first).toEqual(['::fffe:0:0/96', '::1:0:0:0/128'])
  })

  it('stops a block that would run into IPv4 at its border', () => {
    const cidrs = toCidrs(range('::8000:0:0', '::1:0:0:0'))
    expect(cidrs[0]).toBe('::8000:0:0/82')
    expect(cidrs.slice(-2)).toEqual(['::fffe:0:0/96', '::1:0:0:0/128'])
    expect(cidrs).toHaveLength(16)
    expect(cidrs.every((start) => parseRange({ start }).ok)).toBe(true)
  })

  it('needs 62 blocks for the longest IPv4 case', () => {
    expect(toCidrs(range('0.0.0.1', '255.255.255.254'))).toHaveLength(62)
  })
})

describe('ranges as sets', () => {
  const block = range('198.51.100.0/24')

  it('count their addresses', () => {
    expect(countAddresses(block)).toBe(256n)
    expect(countAddresses(range('::/0'))).toBe(1n << 128n)
    expect(countAddresses(range('::1'))).toBe(1n)
  })

  it('know a whole family', () => {
    expect(coversWholeFamily(range('0.0.0.0/0'))).toBe(true)
    expect(coversWholeFamily(range('::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'))).toBe(true)
    expect(coversWholeFamily(range('0.0.0.1', '255.255.255.255'))).toBe(false)
    expect(coversWholeFamily(range('::', '::ffff'))).toBe(false)
    expect(coversWholeFamily(range('::/96'))).toBe(false)
  })

  it.each([
    ['198.51.99.255', false],
    ['198.51.100.0', true],
    ['198.51.100.255', true],
    ['198.51.101.0', false],
    ['::c633:6407', false],
  ])('hold %s: %s', (text, held) => {
    expect(containsAddress(block, address(text))).toBe(held)
  })

  it('never hold the other family', () => {
    expect(containsAddress(range('::/0'), address('198.51.100.7'))).toBe(false)
    expect(containsAddress(range('0.0.0.0/0'), address('::1'))).toBe(false)
  })

  it.each([
    // inner, contained, overlapping, adjacent
    ['198.51.100.0/24', true, true, false],
    ['198.51.100.9', true, true, false],
    ['198.51.100.128-198.51.101.0', false, true, false],
    ['198.51.99.0-198.51.100.0', false, true, false],
    ['198.51.101.0/24', false, false, true],
    ['198.51.99.0/24', false, false, true],
    ['198.51.102.0/24', false, false, false],
    ['198.51.0.0/16', false, true, false],
    ['::/0', false, false, false],
    ['::c633:6500', false, false, false],
  ])(
    'beside 198.51.100.0/24, %s: contained %s, overlapping %s, adjacent %s',
    (text, contained, overlapping, adjacent) => {
      const other = range(text)
      expect(containsRange(block, other)).toBe(contained)
      expect(overlaps(block, other)).toBe(overlapping)
      expect(overlaps(other, block)).toBe(overlapping)
      expect(isAdjacent(block, other)).toBe(adjacent)
      expect(isAdjacent(other, block)).toBe(adjacent)
    },
  )

  it('contain a smaller one that shares a border', () => {
    expect(containsRange(range('192.0.2.0-192.0.2.9'), range('192.0.2.0-192.0.2.8'))).toBe(true)
    expect(containsRange(range('192.0.2.0-192.0.2.9'), range('192.0.2.1-192.0.2.10'))).toBe(false)
    expect(containsRange(range('192.0.2.1-192.0.2.9'), range('192.0.2.0-192.0.2.9'))).toBe(false)
  })

  it('merge to the fewest', () => {
    const texts = [
      '::5',
      '192.0.2.4/30',
      '192.0.2.0/30',
      '198.51.100.9',
      '198.51.100.0/24',
      '::4',
      '::7',
      '192.0.2.0/31',
    ]
    expect(mergeRanges(texts.map((text) => range(text))).map(formatRange)).toEqual([
      '192.0.2.0/29',
      '198.51.100.0/24',
      '::4/127',
      '::7',
    ])
    expect(mergeRanges([])).toEqual([])
  })

  it.each([[[0, 1, 2]], [[0, 2, 1]], [[1, 0, 2]], [[1, 2, 0]], [[2, 0, 1]], [[2, 1, 0]]])(
    'merge in the order %j',
    (order) => {
      const texts = ['192.0.2.1', '192.0.2.2-192.0.2.7', '192.0.2.4-192.0.2.5']
      const merged = mergeRanges(order.map((at) => range(texts[at] as string)))
      expect(merged.map(formatRange)).toEqual(['192.0.2.1 - 192.0.2.7'])
    },
  )

  it('merge without changing what was passed in', () => {
    const first = range('192.0.2.0/31')
    mergeRanges([first, range('192.0.2.2/31')])
    expect(formatRange(first)).toBe('192.0.2.0/31')
  })
})
