import fc from 'fast-check'
import { expect, it } from 'vitest'
import { address, spelling } from '@/scripts/testing/arbitrary-addresses'
import { type Address, formatAddress, parseAddress } from './address'
import { compileTrust, resolveClientAddress, type Trust } from './client-address'

/** The mutation check runs these for every mutant. */
const FEW = process.env.CASES === 'few'
const TRUST = ((compiled) => (compiled.ok ? compiled.trust : null))(
  compileTrust('198.51.100.0/24 2001:db8::/40 ::/64 203.0.113.0/32 0.0.0.0/1'),
) as Trust

const HOP = fc.oneof(
  address.chain(spelling),
  address.map((one) => (one.startsWith('4') ? `${formatAddress(one)}:80` : `[${formatAddress(one)}]:443`)),
  fc.constantFrom(
    '',
    'unknown',
    '_hidden',
    '198.51.100.7',
    '2001:db8::7',
    '300.1.1.1',
    '"198.51.100.7"',
    '[::1',
    '\\',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const LIST = fc
  .tuple(fc.array(HOP, { maxLength: 6 }), fc.constantFrom(',', ', ', ' ,\t'))
  .map(([hops, by]) => hops.join(by))
const FORWARDED = fc
  .array(
    fc.tuple(
      fc.constantFrom('for=', 'For="', ';by=', ';proto=http', 'for', '=', '"'),
      HOP,
      fc.constantFrom('"', '', ';'),
    ),
  )
  .map((pairs) => pairs.map((pair) => pair.join('')).join(','))

const REQUEST = fc.record({
  peer: fc.option(
    fc.oneof(address.chain(spelling), fc.constantFrom('198.51.100.7', '2001:db8::7'), fc.string()),
  ),
  headerName: fc.constantFrom('x-forwarded-for', 'forwarded', 'Forwarded', 'x-real-ip'),
  headerLines: fc.array(fc.oneof(LIST, FORWARDED), { maxLength: 4 }),
  forwardingHeadersSeen: fc.boolean(),
})

it('whatever is sent, the client is one address that no trusted proxy has, or unknown', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(REQUEST, (request) => {
      const {
        address: client,
        because,
        trace,
        undeclaredProxy,
      } = resolveClientAddress({ ...request, trust: TRUST })
      seen.add(because)
      expect(trace.filter(({ taken }) => taken).map((hop) => hop.address)).toEqual(
        client === null ? [] : [client],
      )
      if (undeclaredProxy !== null) expect([because, undeclaredProxy]).toEqual(['peer-is-client', client])
      if (client === null) return
      expect(parseAddress(formatAddress(client))).toBe(client)
      expect(TRUST.trusts(client)).toBe(because === 'header-absent')
    }),
    { numRuns: FEW ? 60 : 20_000 },
  )
  if (FEW) return
  expect([...seen].sort()).toEqual([
    ...['forwarded', 'header-absent', 'hop-malformed', 'no-stamp', 'only-trusted-hops'],
    ...['peer-is-client', 'peer-malformed'],
  ])
})

it('what stands left of the client changes nothing', () => {
  const client = parseAddress('192.0.2.7') as Address
  const ask = (headerLines: string[], headerName: string) =>
    resolveClientAddress({
      peer: '198.51.100.1',
      headerName,
      headerLines,
      trust: TRUST,
      forwardingHeadersSeen: true,
    })
  fc.assert(
    fc.property(fc.array(LIST, { maxLength: 3 }), LIST, (lines, left) => {
      const found = ask([...lines, `${left},192.0.2.7`, '198.51.100.9'], 'x-forwarded-for')
      expect(found).toMatchObject({ address: client, because: 'forwarded' })
      expect(found.trace).toHaveLength(3)
      expect(ask([...lines, 'for=192.0.2.7', 'for=198.51.100.9'], 'forwarded').address).toBe(client)
    }),
    { numRuns: FEW ? 50 : 3_000 },
  )
})

it('no forged left part makes a quoted hop of Forwarded anybody else', () => {
  fc.assert(
    fc.property(
      FORWARDED,
      fc.string({ unit: fc.constantFrom(...'for=";,\\ []:1.2'.split('')) }),
      (left, soup) => {
        for (const hop of ['for="[2600::9]:4711"', 'for=192.0.2.7;proto=https']) {
          const headerLines = [`${left}${soup}, ${hop}`]
          const peer = '198.51.100.1'
          const asked = {
            peer,
            headerName: 'forwarded',
            headerLines,
            trust: TRUST,
            forwardingHeadersSeen: true,
          }
          const { address: client } = resolveClientAddress(asked)
          if (client !== null) expect(['2600::9', '192.0.2.7']).toContain(formatAddress(client))
        }
      },
    ),
    { numRuns: FEW ? 100 : 5_000 },
  )
})
