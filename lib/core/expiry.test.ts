import { describe, expect, it } from 'vitest'
import { expiryInstant, parseExpiry } from './expiry'

const NOW = Date.UTC(2030, 0, 1)
const CURRENT = new Date(Date.UTC(2030, 5, 1))

describe('the end of a range', () => {
  it.each([
    ['never', '', null],
    ['keep', '', CURRENT],
    ['1d', '', new Date(Date.UTC(2030, 0, 2))],
    ['7d', '', new Date(Date.UTC(2030, 0, 8))],
    ['30d', '', new Date(Date.UTC(2030, 0, 31))],
    ['custom', '2030-03-01T06:30', new Date(Date.UTC(2030, 2, 1, 6, 30))],
    ['custom', '2030-03-01 06:30:15', new Date(Date.UTC(2030, 2, 1, 6, 30, 15))],
  ] as const)('%s %s', (choice, text, instant) => {
    const parsed = parseExpiry(choice, text)
    expect(parsed.ok && expiryInstant(parsed.expiry, CURRENT, NOW)).toEqual(instant)
  })

  it.each([
    '',
    'tomorrow',
    '2030-03-01',
    '2030-03-01T25:00',
    '2030-02-30T10:00',
    '03/01/2030 10:00',
    '2030-03-01T06:30Z',
  ])('is not "%s"', (text) => {
    expect(parseExpiry('custom', text)).toMatchObject({ ok: false, problem: expect.stringMatching(/UTC/) })
  })
})
