import { describe, expect, it } from 'vitest'
import { formatClock, formatInstant, formatRelative, formatTimeLeft } from './time-format'

// Of the machine's calendar, as the reader's is.
const NOW = new Date(2026, 10, 24, 19, 37)

describe('formatRelative', () => {
  it.each([
    [new Date(2026, 10, 24, 19, 36, 30), 'just now'],
    [new Date(2026, 10, 24, 19, 32), '5 minutes ago'],
    [new Date(2026, 10, 23, 20, 0), '23 hours ago'],
    [new Date(2026, 10, 23, 19, 0), 'yesterday'],
    // 46 hours are not yet two days, but the day before yesterday.
    [new Date(2026, 10, 22, 21, 0), '2 days ago'],
    [new Date(2026, 10, 25, 20, 0), 'tomorrow'],
    [new Date(2026, 10, 29, 0, 0), 'in 5 days'],
    [new Date(2026, 8, 1), '2 months ago'],
    [new Date(2028, 11, 1), 'in 2 years'],
  ])('of %s says %s', (at, words) => {
    expect(formatRelative(at, NOW.getTime())).toBe(words)
  })
})

describe('formatInstant', () => {
  const at = new Date('2026-11-24T14:05:59Z')

  it('names the zone', () => expect(formatInstant(at, false, 'UTC')).toBe('24 Nov 2026, 14:05 UTC'))

  it('leaves the time of day out when told', () => expect(formatInstant(at, true, 'UTC')).toBe('24 Nov 2026'))
})

it('a time of day has seconds and a zone', () =>
  expect(formatClock(new Date('2026-11-24T14:05:59Z'), 'Europe/Berlin')).toBe('15:05:59 CET'))

describe('formatTimeLeft', () => {
  it.each([
    [-5_000, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [60_001, '2 minutes'],
    [900_000, '15 minutes'],
    [3_600_000, '1 hour'],
    [3_600_001, '1 hour 1 minute'],
    [86_400_000, '24 hours'],
  ])('of %i milliseconds says %s', (ms, words) => {
    expect(formatTimeLeft(ms)).toBe(words)
  })
})
