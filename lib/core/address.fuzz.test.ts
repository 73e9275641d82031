import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isStoredAddress, parseAddress } from './address'
import { compileTrust, resolveClientAddress, type Trust } from './client-address'
import { compileLookup } from './lookup'
import { describeRangeProblem, parseRange, trimPasted } from './range'

const LENGTH = 10_000_000
const SECONDS = 5

const LOOKUP = compileLookup([])
const TRUST = ((compiled) => (compiled.ok ? compiled.trust : null))(compileTrust('10.0.0.0/8 ::/64')) as Trust

function viaHeader(headerName: string): (text: string) => unknown {
  return (text) => {
    const asked = {
      peer: '10.0.0.1',
      headerName,
      headerLines: [text, text],
      trust: TRUST,
      forwardingHeadersSeen: true,
    }
    return resolveClientAddress(asked).address
  }
}

/** Every reader of text that comes from outside; what each says to a text that is no address. */
const READERS: [string, (text: string) => unknown][] = [
  ['parseAddress', parseAddress],
  ['isStoredAddress', (text) => isStoredAddress(text) || null],
  ['parseRange, start', (start) => told(parseRange({ start: trimPasted(start) }))],
  ['parseRange, end', (end) => told(parseRange({ start: '192.0.2.1', end }))],
  ['parseRange, both', (text) => told(parseRange({ start: text, end: text }))],
  ['a lookup', (text) => LOOKUP.find(text, 0)],
  ['the peer', (peer) => resolveClientAddress({ ...NOTHING, peer, trust: TRUST }).address],
  ['X-Forwarded-For', viaHeader('x-forwarded-for')],
  ['Forwarded', viaHeader('forwarded')],
]
const NOTHING = { headerName: 'x-forwarded-for', headerLines: [], forwardingHeadersSeen: false }

function told(parsed: ReturnType<typeof parseRange>): unknown {
  if (parsed.ok) return parsed.range
  const sentence = describeRangeProblem(parsed.problem)
  return sentence.length < 300 && sentence.isWellFormed() ? null : sentence
}

const UNITS = [
  ...[
    '1',
    '0',
    ':',
    '.',
    '::',
    'f',
    '1.',
    '1:',
    '255.',
    '/',
    '-',
    ' - ',
    '%',
    '[',
    ']',
    '*',
    '.*',
    '\\',
    '"',
    'for="',
    'for=1,',
  ],
  ...[
    '\0',
    '\ud800',
    '\udfff',
    '😀',
    '１',
    ' ',
    '\t',
    '\n',
    '\u00a0',
    ',',
    ';',
    '10.0.0.1,',
    'for=10.0.0.2,',
    '=',
    'x=',
  ],
]

describe.each(READERS)('%s', (_name, read) => {
  it.each(UNITS)(`reads %j over ${LENGTH / 1e6} MB in linear time`, (unit) => {
    const text = unit.repeat(Math.ceil(LENGTH / unit.length))
    const begin = performance.now()
    expect(read(text)).toBeNull()
    expect(read(`192.0.2.1${text}x`)).toBeNull()
    expect((performance.now() - begin) / 1000).toBeLessThan(SECONDS)
  })

  it('throws for no text at all', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...UNITS) }))
    fc.assert(
      fc.property(text, (any) => {
        read(any)
      }),
      { numRuns: 2_000 },
    )
  })
})

it('compileTrust reads long lists and long nonsense in linear time', () => {
  for (const unit of UNITS) {
    const compiled = compileTrust(unit.repeat(Math.ceil(LENGTH / 10 / unit.length)))
    if (!compiled.ok) expect(compiled.problem.length).toBeLessThan(300)
  }
})
