import { describe, expect, it } from 'vitest'
import { formatFields, formatPlace, parsePart, parsePlace } from './log-page'
import { daysBetween, formatDay } from './log-time'
import { formatRange } from './range'
import { parseSignInFilter } from './sign-in-listing'
import { maskTried } from './sign-in-words'

describe('the filter of the Sign-in Log', () => {
  it('is everything without a word in the address bar', () => {
    const parsed = parseSignInFilter({})
    expect(parsed).toMatchObject({
      ok: true,
      filter: { person: '', range: null, surface: null, outcome: null, time: { from: null, until: null } },
    })
    expect(formatFields(parsed.fields)).toBe('')
  })

  it('is read from the address bar, and goes back into it', () => {
    const query = {
      person: ' ana ',
      ip: '203.0.113.0/24',
      verdict: 'refused',
      surface: 'MOBILE',
      from: '2026-11-01',
      to: '2026-11-24',
    }
    const parsed = parseSignInFilter(query)
    expect(parsed.ok && parsed.filter).toMatchObject({
      ...{ person: 'ana', surface: 'MOBILE', outcome: 'refused' },
      time: { from: new Date('2026-11-01T00:00:00Z'), until: new Date('2026-11-25T00:00:00Z') },
    })
    expect(parsed.ok && parsed.filter.range && formatRange(parsed.filter.range)).toBe('203.0.113.0/24')
    expect(formatFields(parsed.fields)).toBe(
      '?person=ana&ip=203.0.113.0%2F24&verdict=refused&surface=MOBILE&from=2026-11-01&to=2026-11-24',
    )
  })

  it.each([
    [
      'ip',
      '203.0.113.9/24',
      '203.0.113.9/24 is not the beginning of that block. Did you mean 203.0.113.0/24?',
    ],
    ['ip', 'office', 'office is not an IP address. Enter one like 203.0.113.7 or 2001:db8::1.'],
    ['surface', 'FAX', 'There is no such surface. Choose one.'],
    ['verdict', 'maybe', 'There is no such verdict. Choose one.'],
    ['from', '24.11.2026', '24.11.2026 is not a day. Enter one like 2026-11-24.'],
    ['from', '2026-02-30', '2026-02-30 is not a day. Enter one like 2026-11-24.'],
    ['to', '2026-13-01', '2026-13-01 is not a day. Enter one like 2026-11-24.'],
  ])('says next to %s what is wrong with %j, and keeps everything', (name, value, problem) => {
    const parsed = parseSignInFilter({ person: 'ana', [name]: value })
    expect(parsed).toEqual({
      ok: false,
      fields: { ...{ person: 'ana', ip: '', verdict: '', surface: '', from: '', to: '' }, [name]: value },
      problems: { [name]: problem },
    })
  })

  it('names every wrong field at once, and an order of days that makes no sense', () => {
    const parsed = parseSignInFilter({ ip: 'x', from: '2026-11-24', to: '2026-11-23' })
    expect(!parsed.ok && Object.keys(parsed.problems).sort()).toEqual(['ip', 'to'])
  })

  it('cuts and cleans what comes from outside', () => {
    const parsed = parseSignInFilter({ person: [`a\u0000${'b'.repeat(999)}\ud800`, 'second'] })
    expect(parsed.fields.person).toMatch(/^a b+$/)
    expect(parsed.fields.person).toHaveLength(400)
  })
})

it('a place in the log goes into the address bar and back, and nonsense is no place', () => {
  const place = { at: new Date('2026-11-24T12:00:00.123Z'), id: '019ab000-0000-7000-8000-000000000000' }
  expect(parsePlace(formatPlace(place))).toEqual(place)
  for (const text of ['', 'x', '1.2', `${formatPlace(place)}x`, "1' OR 1=1"])
    expect(parsePlace(text)).toBeUndefined()
  expect(parsePart({ older: formatPlace(place) })).toEqual({ older: place })
  expect(parsePart({ newer: formatPlace(place) })).toEqual({ newer: place })
  expect(parsePart({ newer: 'x' })).toEqual({})
})

it('days are those of UTC, the latest ones where there are too many', () => {
  const days = (first: string, last: string, atMost = 9) =>
    daysBetween(new Date(first), new Date(last), atMost).map(formatDay)
  expect(days('2026-02-27T23:59:59Z', '2026-03-01T00:00:00Z')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ])
  expect(days('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', 2)).toEqual(['2026-02-28', '2026-03-01'])
  expect(days('2026-03-02T00:00:00Z', '2026-03-01T00:00:00Z')).toEqual([])
})

it.each([
  ['ana@example.com', 'a•••@example.com'],
  ['correct horse battery', '•••'],
  ['p@ssw0rd', '•••'],
  ['@example.com', '•••'],
  ['', '•••'],
])('an e-mail that belongs to nobody, %j, is shown as %j', (email, shown) => {
  expect(maskTried(email)).toBe(shown)
})
