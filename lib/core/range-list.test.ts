import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as arbitrary from '@/scripts/testing/arbitrary-addresses'
import { formatAddress } from './address'
import { formatCsvLine } from './csv'
import { formatRange } from './range'
import { findExcess, type LineProblem, PASTED_MAX, parseRangeList } from './range-list'

/** "line: range | description | expires" of each range. */
function read(text: string): string[] {
  return parseRangeList(text).ranges.map(({ line, range, description, expiresAt }) =>
    [`${line}: ${formatRange(range)}`, description, expiresAt?.toISOString()].filter(Boolean).join(' | '),
  )
}

function problems(text: string): Pick<LineProblem, 'line' | 'field' | 'code'>[] {
  return parseRangeList(text).problems.map(({ line, field, code }) => ({ line, field, code }))
}

describe('a list without a header', () => {
  it.each([
    ['nothing', '', []],
    ['an address a line', '192.0.2.1\n2001:db8::1\n', ['1: 192.0.2.1', '2: 2001:db8::1']],
    [
      'blocks and pairs',
      '198.51.100.0/24\n192.0.2.1 - 192.0.2.9\n192.0.2.20-192.0.2.29',
      ['1: 198.51.100.0/24', '2: 192.0.2.1 - 192.0.2.9', '3: 192.0.2.20 - 192.0.2.29'],
    ],
    [
      'blank lines and comments',
      '# Offices\n\n  192.0.2.1  \n\t# Hotels, "spare"\n ,,\n192.0.2.2',
      ['3: 192.0.2.1', '6: 192.0.2.2'],
    ],
    ['a description behind #', '192.0.2.1 # Desk, 4th floor "A"', ['1: 192.0.2.1 | Desk, 4th floor "A"']],
    ['line ends of Windows and old Macs', '192.0.2.1\r\n192.0.2.2\r192.0.2.3', [1, 2, 3].map(numbered)],
    ['a byte order mark', '\ufeff192.0.2.1', ['1: 192.0.2.1']],
    ['Start IP and End IP', '192.0.2.1,192.0.2.9', ['1: 192.0.2.1 - 192.0.2.9']],
    ['and Description', '192.0.2.1,192.0.2.9,Desk #4', ['1: 192.0.2.1 - 192.0.2.9 | Desk #4']],
    [
      'and Expires',
      '192.0.2.1,192.0.2.9,Desk,2030-01-31T18:00\n192.0.2.2,,,2030-01-31 18:00:30Z\n192.0.2.3,,,never',
      [
        '1: 192.0.2.1 - 192.0.2.9 | Desk | 2030-01-31T18:00:00.000Z',
        '2: 192.0.2.2 | 2030-01-31T18:00:30.000Z',
        '3: 192.0.2.3',
      ],
    ],
    ['a range and its description', '198.51.100.0/24,Office', ['1: 198.51.100.0/24 | Office']],
    [
      'a range, its description and its end',
      '192.0.2.1,Desk,2030-01-31T18:00',
      ['1: 192.0.2.1 | Desk | 2030-01-31T18:00:00.000Z'],
    ],
    ['an empty End IP', '198.51.100.0/24,,Office', ['1: 198.51.100.0/24 | Office']],
    ['semicolons', '192.0.2.1;192.0.2.9;Desk, left', ['1: 192.0.2.1 - 192.0.2.9 | Desk, left']],
    ['tabs', '192.0.2.1\t192.0.2.9\tDesk; left', ['1: 192.0.2.1 - 192.0.2.9 | Desk; left']],
    [
      'quotes',
      '"192.0.2.1","","Desk ""A"", left"\n"192.0.2.2" , "192.0.2.3"',
      ['1: 192.0.2.1 | Desk "A", left', '2: 192.0.2.2/31'],
    ],
    [
      'a cell of several lines',
      '192.0.2.1,,"Desk\nleft"\n192.0.2.2',
      ['1: 192.0.2.1 | Desk left', '3: 192.0.2.2'],
    ],
    ['what a spreadsheet was kept from computing', "192.0.2.1,,'=1+1", ['1: 192.0.2.1 | =1+1']],
    ['a column too many that is empty', '192.0.2.1,192.0.2.1,Desk,,,', ['1: 192.0.2.1 | Desk']],
  ])('may hold %s', (_, text, ranges) => {
    expect(problems(text)).toEqual([])
    expect(read(text)).toEqual(ranges)
  })

  it.each([
    ['no address', 'Office', 'start', 'start-not-an-address', /^Office is not an IP address/],
    ['host bits', '198.51.100.7/24', 'start', 'host-bits-set', /Did you mean 198\.51\.100\.0\/24\?$/],
    ['other spellings', '010.0.0.1', 'start', 'start-not-an-address', /must not begin with 0/],
    ['an end before its start', '192.0.2.9,192.0.2.1', 'end', 'start-after-end', /comes before/],
    ['two families', '192.0.2.1,2001:db8::1', 'end', 'mixed-families', /both be IPv4/],
    ['a block with an end', '192.0.2.0/24,192.0.2.9', 'end', 'end-beside-block', /leave End IP empty/],
    ['no start', ',192.0.2.1', 'start', 'start-missing', /^Enter an IP address/],
    ['a mistyped end', '192.0.2.1,192.0.2.300', 'end', 'end-not-an-address', /0 to 255\..* third column\.$/],
    ['a cut-off end', '192.0.2.1,192.0', 'end', 'end-not-an-address', /four parts.* third column\.$/],
    ['an end in other digits', '192.0.2.1,１９２.0.2.9', 'end', 'end-not-an-address', /third column\.$/],
    ['an end with a zone', 'fe80::1,fe80::2%eth0', 'end', 'end-not-an-address', /zone/],
    ['a description without a mark', '192.0.2.1 Desk', 'start', 'start-not-an-address', /comma or a #\.$/],
    ['a long description', `192.0.2.1,,${'x'.repeat(201)}`, 'description', 'description-too-long', /has 201/],
    [
      'a date alone',
      '192.0.2.1,,,2030-01-31',
      'expires',
      'expires-not-understood',
      /^2030-01-31 is not a date and/,
    ],
    ['no date', '192.0.2.1,,Office,Berlin', 'expires', 'expires-not-understood', /^Berlin is not/],
    ['no such date', '192.0.2.1,,,2030-02-30T10:00', 'expires', 'expires-not-understood', /is not a date/],
    ['too many columns', '192.0.2.1,,a,,b', 'line', 'too-many-columns', /quotes/],
    ['an open quote', '192.0.2.1,"Desk', 'line', 'quote-not-closed', /never ends/],
    ['text behind a quote', '192.0.2.1,"Desk" left', 'line', 'text-behind-quote', /comma between/],
  ])('says what is wrong with %s', (_, bad, field, code, words) => {
    const { ranges, problems: found } = parseRangeList(`203.0.113.1\n${bad}`)
    expect(found).toEqual([{ line: 2, field, code, message: expect.stringMatching(words) }])
    expect(ranges).toHaveLength(1)
  })

  it('goes on behind a bad line, and tells everything that is wrong with it', () => {
    expect(problems('x\n192.0.2.1\n300.0.0.1,,,soon\n\n"a"b\n192.0.2.2\n/')).toEqual([
      { line: 1, field: 'start', code: 'start-not-an-address' },
      { line: 3, field: 'start', code: 'start-not-an-address' },
      { line: 3, field: 'expires', code: 'expires-not-understood' },
      { line: 5, field: 'line', code: 'text-behind-quote' },
      { line: 7, field: 'start', code: 'start-not-an-address' },
    ])
  })

  it('takes each range once, and merges none', () => {
    const list = parseRangeList('192.0.2.0/24,Office\n192.0.2.0 - 192.0.2.255\n192.0.2.7\n::ffff:192.0.2.7\n')
    expect(list.ranges.map(({ line, description }) => [line, description])).toEqual([
      [1, 'Office'],
      [3, ''],
    ])
    expect(list.repeated.map(({ line, firstLine }) => [line, firstLine])).toEqual([
      [2, 1],
      [4, 3],
    ])
  })
})

function numbered(number: number): string {
  return `${number}: 192.0.2.${number}`
}

describe('a list with a header', () => {
  it.each([
    ['Start IP,End IP,Description,Expires\n192.0.2.1,192.0.2.9,Desk,2030-01-31T18:00', /9 \| Desk \| 2030/],
    ['Expires;Description;Start IP;End IP\n2030-01-31T18:00;Desk;192.0.2.1;192.0.2.9', /9 \| Desk \| 2030/],
    ['cidrBlock,comment\n192.0.2.0/24,Desk', /^2: 192\.0\.2\.0\/24 \| Desk$/],
    ['# From elsewhere\n\n"IP address"\t"Name"\n192.0.2.1\t10.1', /^4: 192\.0\.2\.1 \| 10\.1$/],
    ['from,to\n192.0.2.1,192.0.2.9', /^2: 192\.0\.2\.1 - 192\.0\.2\.9$/],
    ['IPv4 address,Note\n192.0.2.1 # Desk', /^2: 192\.0\.2\.1 \| Desk$/],
  ])('goes by its names: %j', (text, words) => {
    expect(problems(text)).toEqual([])
    expect(read(text)).toEqual([expect.stringMatching(words)])
  })

  it('says which columns mean nothing here', () => {
    const list = parseRangeList('Owner,CIDR,Ticket,Name,Label\nAna,192.0.2.1,4711,Desk,x')
    expect(list.ignoredColumns).toEqual(['Owner', 'Ticket', 'Label'])
    expect(list.ranges).toMatchObject([{ description: 'Desk' }])
  })

  it.each(['192.0.2.1,Range', '300.0.2.1,Range', '2001:db8::1,Address', 'Desk,192.0.2.1'])(
    'takes %j for no header',
    (text) => {
      expect(parseRangeList(text)).toMatchObject({ ignoredColumns: [] })
      expect(read(text).length + problems(text).length).toBe(1)
    },
  )

  it('has one header only', () => {
    expect(problems('Range\n192.0.2.1\nRange')).toMatchObject([{ line: 3, code: 'start-not-an-address' }])
  })
})

it('reads back every range that is written as CSV', () => {
  const range = arbitrary.family.chain(arbitrary.rangeOf)
  const description = fc
    .string({
      unit: fc.constantFrom('a', '"', ',', ';', '#', '=', '-', ' ', '.', 'ü', '7', ':'),
      maxLength: 20,
    })
    .map((text) => text.trim())
  const line = fc.tuple(range, description, fc.boolean())
  fc.assert(
    fc.property(fc.uniqueArray(line, { selector: ([{ start, end }]) => `${start} ${end}` }), (lines) => {
      const written = lines.map(([{ start, end }, text, ends]) =>
        formatCsvLine([
          formatAddress(start),
          formatAddress(end),
          text,
          ends ? '2030-01-31T18:00:00.000Z' : '',
        ]),
      )
      const list = parseRangeList(
        [formatCsvLine(['Start IP', 'End IP', 'Description', 'Expires']), ...written].join(''),
      )
      expect(list.problems).toEqual([])
      expect(list.ranges.map(({ range: { start, end }, description: text }) => [start, end, text])).toEqual(
        lines.map(([{ start, end }, text]) => [start, end, text]),
      )
      expect(list.ranges.map(({ expiresAt }) => expiresAt !== null)).toEqual(lines.map(([, , ends]) => ends))
    }),
  )
})

it('makes each line of any text a range, a repetition, a problem or nothing, in its order', () => {
  const unit = fc.constantFrom(
    ...[
      '192.0.2.1',
      '192.0.2.0/24',
      '2001:db8::',
      '\n',
      '\r\n',
      '\r',
      ',',
      ';',
      '\t',
      '"',
      '""',
      '#',
      ' - ',
      ' ',
    ],
    ...['start', 'range', 'Desk', '2030-01-31T18:00', '\ufeff', '\0', '\ud800', "'=", '/', '.', '7'],
  )
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
      const list = parseRangeList(text)
      const lines = text.replace(/\r\n?/g, '\n').split('\n').length
      const told = [list.ranges, list.repeated, list.problems].map((found) => found.map(({ line }) => line))
      for (const found of told) {
        expect(found).toEqual([...found].sort((a, b) => a - b))
        expect(found.every((line) => line >= 1 && line <= lines)).toBe(true)
      }
      const [ranges = [], repeated = [], bad = []] = told
      const all = [...ranges, ...repeated, ...new Set(bad)]
      expect(new Set(all).size).toBe(all.length)
      for (const { message } of list.problems) {
        expect(message.length).toBeLessThan(400)
        expect(message.isWellFormed()).toBe(true)
      }
    }),
    { numRuns: 2_000 },
  )
})

describe('how long a list may be', () => {
  it.each([
    ['10,000 lines', '192.0.2.1\n'.repeat(10_000), null],
    ['10,000 lines of Windows, the last without end', `${'\r\n'.repeat(9_999)}x`, null],
    ['one more', '\n'.repeat(10_001), 'The list has 10,001 lines. Import at most 10,000 at a time.'],
    ['1 MB', 'x'.repeat(1_000_000), null],
    ['one byte more', 'ü'.repeat(500_001), 'The list is 1.1 MB long. Import at most 1 MB at a time.'],
    ['5 MB', 'x'.repeat(5_000_000), 'The list is 5 MB long. Import at most 1 MB at a time.'],
  ])('%s', (_, text, problem) => {
    expect(findExcess(text, PASTED_MAX)).toBe(problem)
  })

  it.each([
    '\n',
    ',',
    '"',
    '"\n',
    '#',
    ' ',
    '\t',
    'x',
    'x,"\n',
    '192.0.2.1\n',
    '1.',
    ':',
    '-',
    ' - ',
    "'",
    'x y ',
  ])('the time that %j takes grows with its length alone', (unit) => {
    const started = performance.now()
    parseRangeList(unit.repeat(200_000 / unit.length))
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('the time that a second column takes grows with its length alone', () => {
    const started = performance.now()
    expect(parseRangeList(`192.0.2.1,${'1'.repeat(200_000)} x`).problems).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
