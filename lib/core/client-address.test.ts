import { describe, expect, it } from 'vitest'
import { type Address, formatAddress, parseAddress } from './address'
import {
  compileTrust,
  holdsPrivateAddress,
  isPrivateOrLoopback,
  resolveClientAddress,
  type Trust,
} from './client-address'
import { parseHops } from './client-address-hops'
import { parseRange, type Range } from './range'

function trust(list: string): Trust {
  const compiled = compileTrust(list)
  if (!compiled.ok) throw new Error(compiled.problem)
  return compiled.trust
}

const PROXIES = trust('10.0.0.0/8, 2001:db8:f::/48')

function resolve(
  peer: string | null,
  headerLines: string[],
  headerName = 'x-forwarded-for',
  trusted = PROXIES,
) {
  const forwardingHeadersSeen = headerLines.length > 0
  const found = resolveClientAddress({ peer, headerName, headerLines, trust: trusted, forwardingHeadersSeen })
  return { ...found, text: found.address && formatAddress(found.address) }
}

describe('the client address', () => {
  it.each([
    ['an untrusted peer is the client', '203.0.113.9', [], '203.0.113.9', 'peer-is-client'],
    ['its headers are ignored', '203.0.113.9', ['198.51.100.7'], '203.0.113.9', 'peer-is-client'],
    ['also malformed ones', '203.0.113.9', ['nonsense'], '203.0.113.9', 'peer-is-client'],
    ['an IPv6 peer', '2001:db8::9', [], '2001:db8::9', 'peer-is-client'],
    ['a mapped peer is IPv4', '::ffff:203.0.113.9', [], '203.0.113.9', 'peer-is-client'],
    ['a mapped peer is trusted as IPv4', '::ffff:10.0.0.1', ['198.51.100.7'], '198.51.100.7', 'forwarded'],
    ['a peer loses its zone', 'fe80::1%eth0', [], 'fe80::1', 'peer-is-client'],
    ['no stamp', null, ['198.51.100.7'], null, 'no-stamp'],
    ['a peer that is not an address', 'unix:', [], null, 'peer-malformed'],
    ['an empty peer', '', [], null, 'peer-malformed'],
    ['a zone alone', '%eth0', [], null, 'peer-malformed'],
    ['an IPv4 peer has no zone', '203.0.113.9%eth0', [], null, 'peer-malformed'],
    ['a trusted peer without the header is itself', '10.0.0.1', [], '10.0.0.1', 'header-absent'],
    ['a trusted peer names the client', '10.0.0.1', ['198.51.100.7'], '198.51.100.7', 'forwarded'],
    [
      'the rightmost wins over what a client forged',
      '10.0.0.1',
      ['192.0.2.1, 198.51.100.7'],
      '198.51.100.7',
      'forwarded',
    ],
    [
      'trusted hops are skipped',
      '10.0.0.1',
      ['198.51.100.7, 10.0.0.2,10.0.0.3'],
      '198.51.100.7',
      'forwarded',
    ],
    [
      'lines are joined in order',
      '10.0.0.1',
      ['192.0.2.1', '198.51.100.7', '10.0.0.2'],
      '198.51.100.7',
      'forwarded',
    ],
    [
      'nothing is read behind the client',
      '10.0.0.1',
      ['nonsense, 198.51.100.7'],
      '198.51.100.7',
      'forwarded',
    ],
    ['blanks around a hop mean nothing', '10.0.0.1', ['\t 198.51.100.7 \t'], '198.51.100.7', 'forwarded'],
    ['a port is dropped', '10.0.0.1', ['198.51.100.7:4711'], '198.51.100.7', 'forwarded'],
    ['brackets are dropped', '10.0.0.1', ['[2001:db8::9]'], '2001:db8::9', 'forwarded'],
    ['brackets and port are dropped', '10.0.0.1', ['[2001:db8::9]:4711'], '2001:db8::9', 'forwarded'],
    ['a mapped hop is IPv4', '10.0.0.1', ['::ffff:198.51.100.7'], '198.51.100.7', 'forwarded'],
    [
      'a mapped hop is trusted as IPv4',
      '10.0.0.1',
      ['198.51.100.7, ::ffff:a00:2'],
      '198.51.100.7',
      'forwarded',
    ],
    ['trusted IPv6 hops', '2001:db8:f::1', ['198.51.100.7, 2001:db8:f::2'], '198.51.100.7', 'forwarded'],
    ['only trusted hops', '10.0.0.1', ['10.0.0.2, 10.0.0.3'], null, 'only-trusted-hops'],
    ['an empty header', '10.0.0.1', [''], null, 'hop-malformed'],
    ['an empty last hop', '10.0.0.1', ['198.51.100.7,'], null, 'hop-malformed'],
    ['an empty first hop', '10.0.0.1', [',10.0.0.2'], null, 'hop-malformed'],
    ['an empty last line', '10.0.0.1', ['198.51.100.7', ''], null, 'hop-malformed'],
    ['a malformed hop', '10.0.0.1', ['198.51.100.7, nonsense'], null, 'hop-malformed'],
    [
      'a malformed hop before trusted ones',
      '10.0.0.1',
      ['198.51.100.7, 300.1.1.1, 10.0.0.2'],
      null,
      'hop-malformed',
    ],
    ['unknown', '10.0.0.1', ['unknown'], null, 'hop-malformed'],
    ['a zone on a hop', '10.0.0.1', ['fe80::1%eth0'], null, 'hop-malformed'],
    ['a port without digits', '10.0.0.1', ['198.51.100.7:'], null, 'hop-malformed'],
    ['a port too long', '10.0.0.1', ['198.51.100.7:123456'], null, 'hop-malformed'],
    ['IPv4 in brackets', '10.0.0.1', ['[198.51.100.7]'], null, 'hop-malformed'],
    ['an open bracket', '10.0.0.1', ['[2001:db8::9'], null, 'hop-malformed'],
    ['text behind a bracket', '10.0.0.1', ['[2001:db8::9]x'], null, 'hop-malformed'],
    ['text before a bracket', '10.0.0.1', ['x[2001:db8::9]'], null, 'hop-malformed'],
    ['octal', '10.0.0.1', ['0306.51.100.7'], null, 'hop-malformed'],
    ['other white space', '10.0.0.1', ['\u00a0198.51.100.7'], null, 'hop-malformed'],
    ['quotes', '10.0.0.1', ['"198.51.100.7"'], null, 'hop-malformed'],
  ] as const)('%s', (_claim, peer, lines, text, because) => {
    expect(resolve(peer, [...lines])).toMatchObject({ text, because })
  })

  it('reads a single-value header in the same way', () => {
    expect(resolve('10.0.0.1', ['198.51.100.7'], 'X-Real-IP').text).toBe('198.51.100.7')
    expect(resolve('10.0.0.1', ['for=198.51.100.7'], 'cf-connecting-ip').because).toBe('hop-malformed')
  })

  it('trusts nobody by default', () => {
    expect(resolve('127.0.0.1', ['198.51.100.7'], 'x-forwarded-for', trust('')).because).toBe(
      'peer-is-client',
    )
  })
})

describe('the Forwarded header (RFC 7239)', () => {
  it.each([
    ['for=198.51.100.7', '198.51.100.7', 'forwarded'],
    ['For="198.51.100.7:4711";proto=https;by=10.0.0.1', '198.51.100.7', 'forwarded'],
    ['for="[2001:db8::9]:4711"', '2001:db8::9', 'forwarded'],
    ['for="[2001:db8::9]"', '2001:db8::9', 'forwarded'],
    ['for="198.51.100.7:_port"', '198.51.100.7', 'forwarded'],
    ['for="\\198.51.100.7"', '198.51.100.7', 'forwarded'],
    ['proto=http;for=198.51.100.7 , for=10.0.0.2', '198.51.100.7', 'forwarded'],
    ['for=192.0.2.1, for=198.51.100.7', '198.51.100.7', 'forwarded'],
    ['for=unknown, for=198.51.100.7', '198.51.100.7', 'forwarded'],
    ['x="a,b;for=192.0.2.1\\"";for=198.51.100.7', '198.51.100.7', 'forwarded'],
    ['for=10.0.0.2', null, 'only-trusted-hops'],
    ['for=198.51.100.7, for=unknown', null, 'hop-malformed'],
    ['for=_hidden', null, 'hop-malformed'],
    ['for=198.51.100.7, by=10.0.0.1', null, 'hop-malformed'],
    ['for=198.51.100.7;for=192.0.2.1', null, 'hop-malformed'],
    ['for=2001:db8::9', null, 'hop-malformed'],
    ['for="2001:db8::9"', null, 'hop-malformed'],
    ['for="[198.51.100.7]"', '198.51.100.7', 'forwarded'],
    ['for=198.51.100.7:4711', null, 'hop-malformed'],
    ['for="", for=198.51.100.7', '198.51.100.7', 'forwarded'],
    ['for="198.51.100.7', null, 'hop-malformed'],
    ['for="x, for=198.51.100.7', null, 'hop-malformed'],
    ['x=", for="[2001:db8::9]"', null, 'hop-malformed'],
    ['for=198.51.100.7,', null, 'hop-malformed'],
    ['for=198.51.100.7;', null, 'hop-malformed'],
    ['for = 198.51.100.7', null, 'hop-malformed'],
    ['for=198.51.100.7/for=192.0.2.1', null, 'hop-malformed'],
    ['for=x198.51.100.7', null, 'hop-malformed'],
    ['for=198.51.100.7x', null, 'hop-malformed'],
    ['for=198.51.100.7 x', null, 'hop-malformed'],
    ['198.51.100.7', null, 'hop-malformed'],
    ['', null, 'hop-malformed'],
  ])('%s', (line, text, because) => {
    expect(resolve('10.0.0.1', [line], 'Forwarded')).toMatchObject({ text, because })
  })

  it('shows an element that names nobody as an empty hop', () => {
    expect(resolve('10.0.0.1', ['for=198.51.100.7, by=10.0.0.1'], 'forwarded').trace.at(-1)?.text).toBe('')
  })

  it('trusts what its own list says', () => {
    const of = (list: string) => resolve('192.0.2.1', ['for=198.51.100.7'], 'forwarded', trust(list)).because
    expect([of('192.0.2.1'), of('192.0.2.2')]).toEqual(['forwarded', 'peer-is-client'])
  })

  it('reads line by line from the last one', () => {
    expect(resolve('10.0.0.1', ['for="', 'for=198.51.100.7', 'for=10.0.0.2'], 'forwarded').text).toBe(
      '198.51.100.7',
    )
    expect(resolve('10.0.0.1', ['for=198.51.100.7', 'for="'], 'forwarded').because).toBe('hop-malformed')
  })

  it('takes a line of 65,536 characters and no longer one', () => {
    const line = (length: number) => `x=${'y'.repeat(length - 19)};for=198.51.100.7`
    expect(resolve('10.0.0.1', [line(65_536)], 'forwarded').text).toBe('198.51.100.7')
    expect(resolve('10.0.0.1', [line(65_537)], 'forwarded').because).toBe('hop-malformed')
  })
})

describe('the trace', () => {
  it('shows every hop that was looked at, in order', () => {
    expect(resolve('10.0.0.1', ['192.0.2.1, 198.51.100.7:80', ' 10.0.0.2']).trace).toEqual([
      { from: 'peer', text: '10.0.0.1', address: '40a000001', trusted: true, taken: false },
      { from: 'header', text: '10.0.0.2', address: '40a000002', trusted: true, taken: false },
      { from: 'header', text: '198.51.100.7:80', address: '4c6336407', trusted: false, taken: true },
    ])
  })

  it('ends at the hop that could not be read', () => {
    expect(resolve('10.0.0.1', ['198.51.100.7, nonsense']).trace.at(-1)).toEqual({
      from: 'header',
      text: 'nonsense',
      address: null,
      trusted: false,
      taken: false,
    })
  })

  it('shows the peer alone when nothing else counts', () => {
    expect(resolve('203.0.113.9', ['198.51.100.7']).trace).toEqual([
      { from: 'peer', text: '203.0.113.9', address: '4cb007109', trusted: false, taken: true },
    ])
    expect(resolve('10.0.0.1', []).trace).toEqual([
      { from: 'peer', text: '10.0.0.1', address: '40a000001', trusted: true, taken: true },
    ])
    expect(resolve('unix:', []).trace).toEqual([
      { from: 'peer', text: 'unix:', address: null, trusted: false, taken: false },
    ])
    expect(resolve(null, []).trace).toEqual([])
  })

  it('quotes at most 60 characters of a hop', () => {
    expect(resolve('10.0.0.1', ['x'.repeat(5000)]).trace[1]?.text).toBe(`${'x'.repeat(59)}…`)
  })
})

describe('an undeclared proxy', () => {
  const answer = (peer: string, forwardingHeadersSeen: boolean) =>
    resolveClientAddress({
      peer,
      headerName: 'x-forwarded-for',
      headerLines: [],
      trust: PROXIES,
      forwardingHeadersSeen,
    }).undeclaredProxy

  it('is a private peer that is not trusted and sent a forwarding header', () => {
    expect(answer('192.168.0.1', true)).toBe('4c0a80001')
    expect(answer('::1', true)).toBe(parseAddress('::1'))
  })

  it('is nobody else', () => {
    expect(answer('192.168.0.1', false)).toBeNull()
    expect(answer('203.0.113.9', true)).toBeNull()
    expect(answer('10.0.0.1', true)).toBeNull()
    expect(answer('nonsense', true)).toBeNull()
  })
})

describe('compileTrust', () => {
  it.each([
    ['', []],
    [' , ', []],
    ['10.0.0.5', ['10.0.0.5/32']],
    ['10.0.0.0/9,10.128.0.0/9 ::1\n127.0.0.1', ['10.0.0.0/8', '127.0.0.1/32', '::1/128']],
    ['::ffff:10.0.0.0/104', ['10.0.0.0/8']],
  ])('reads %j as %j', (list, cidrs) => {
    expect(trust(list).cidrs).toEqual(cidrs)
  })

  it.each([
    ['10/8', '10/8 is not an IP address: it needs four parts, like 203.0.113.7. Did you mean 10.0.0.0/8?'],
    ['10.0.0.1 proxy', 'proxy is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.'],
    ['10.0.0.1/8', '10.0.0.1/8 is not the beginning of that block. Did you mean 10.0.0.0/8?'],
    [
      '0.0.0.0/0',
      '0.0.0.0/0 would trust every address there is. Name the proxies alone, like 10.0.0.5 or 10.0.0.0/24.',
    ],
    [
      '10.0.0.1, ::/0',
      '::/0 would trust every address there is. Name the proxies alone, like 10.0.0.5 or 10.0.0.0/24.',
    ],
    [
      '0.0.0.0/1 128.0.0.0/1',
      '0.0.0.0/0 would trust every address there is. Name the proxies alone, like 10.0.0.5 or 10.0.0.0/24.',
    ],
    [
      '10.0.0.1;10.0.0.2',
      '10.0.0.1;10.0.0.2 has a ; in it. Separate addresses and CIDR blocks by commas, like 10.0.0.5,10.0.1.0/24.',
    ],
  ])('refuses %j', (list, problem) => {
    expect(compileTrust(list)).toEqual({ ok: false, problem })
  })
})

describe('isPrivateOrLoopback', () => {
  it.each([
    ...[
      '10.0.0.0',
      '10.255.255.255',
      '172.16.0.0',
      '172.31.255.255',
      '192.168.0.0',
      '192.168.255.255',
      '100.64.0.0',
      '100.127.255.255',
    ],
    ...[
      '127.0.0.1',
      '127.255.255.255',
      '169.254.0.0',
      '169.254.255.255',
      '::1',
      'fe80::',
      'febf:ffff::',
      'fc00::',
      'fdff:ffff::',
      '::ffff:10.0.0.1',
    ],
  ])('%s is', (text) => {
    expect(isPrivateOrLoopback(parseAddress(text) as Address)).toBe(true)
  })

  it.each([
    ...[
      '9.255.255.255',
      '11.0.0.0',
      '172.15.255.255',
      '172.32.0.0',
      '192.167.255.255',
      '192.169.0.0',
      '100.63.255.255',
      '100.128.0.0',
    ],
    ...[
      '126.255.255.255',
      '128.0.0.0',
      '169.253.255.255',
      '169.255.0.0',
      '::',
      '::2',
      'fe7f::',
      'fec0::',
      'fbff::',
      'fe00::',
      '203.0.113.9',
    ],
  ])('%s is not', (text) => {
    expect(isPrivateOrLoopback(parseAddress(text) as Address)).toBe(false)
  })
})

describe('holdsPrivateAddress', () => {
  it.each([
    ['10.0.0.0/8', true],
    ['9.255.255.0-10.0.0.0', true],
    ['0.0.0.0/0', true],
    ['fc00::1', true],
    ['203.0.113.0/24', false],
    ['9.0.0.0/8', false],
    ['2001:db8::/32', false],
  ])('of %s is %j', (start, holds) => {
    const parsed = parseRange({ start }) as { range: Range }
    expect(holdsPrivateAddress(parsed.range)).toBe(holds)
  })
})

it('hops are every element of a line, from the right, also empty ones at its ends', () => {
  const texts = (line: string) => [...parseHops('x-forwarded-for', line)].map(({ text }) => text)
  expect(texts(',198.51.100.7 ,\t10.0.0.1')).toEqual(['10.0.0.1', '198.51.100.7', ''])
  expect(texts('198.51.100.7,')).toEqual(['', '198.51.100.7'])
  expect(texts('')).toEqual([''])
  expect(texts(',')).toEqual(['', ''])
})
