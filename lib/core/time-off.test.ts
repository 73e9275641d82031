import { describe, expect, it } from 'vitest'
import { isOnAt, parseTimeOff, TIME_OFF_MAX_MS } from './time-off'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const at = (ms: number) => new Date(NOW + ms)

describe('isOnAt', () => {
  it.each([
    ['turned on', { allowlistEnabled: true, offUntil: null }, true],
    ['turned off for good', { allowlistEnabled: false, offUntil: null }, false],
    ['off for another millisecond', { allowlistEnabled: false, offUntil: at(1) }, false],
    ['off until this very instant', { allowlistEnabled: false, offUntil: at(0) }, true],
    ['off until long ago', { allowlistEnabled: false, offUntil: at(-TIME_OFF_MAX_MS) }, true],
    ['off for as long as can be', { allowlistEnabled: false, offUntil: at(TIME_OFF_MAX_MS) }, false],
    [
      'off as long as can be, by a clock a moment ahead',
      { allowlistEnabled: false, offUntil: at(TIME_OFF_MAX_MS + 30_000) },
      false,
    ],
    [
      'off until an instant that only a clock gone back can explain',
      { allowlistEnabled: false, offUntil: at(TIME_OFF_MAX_MS + 61_000) },
      true,
    ],
  ])('%s', (_name, timed, isOn) => {
    expect(isOnAt(timed, NOW)).toBe(isOn)
  })
})

describe('parseTimeOff', () => {
  it.each([
    ['1m', 60_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['24h', TIME_OFF_MAX_MS],
    ['1440m', TIME_OFF_MAX_MS],
  ])('%s', (text, ms) => {
    expect(parseTimeOff(text)).toEqual({ ok: true, ms })
  })

  it.each([
    '',
    '15',
    '0m',
    'm',
    '15 m',
    '1.5h',
    '-5m',
    '15s',
    '1d',
    '015m',
    '１５m',
    '15M',
    '9999999m',
    'soon',
  ])('refuses %j and shows how', (text) => {
    expect(parseTimeOff(text)).toEqual({
      ok: false,
      problem: `"${text}" is not understood. Enter minutes or hours: 15m, 2h.`,
    })
  })

  it.each(['25h', '1441m', '999999h'])('refuses %s as too long', (text) => {
    expect(parseTimeOff(text)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(/ is too long: 24h/),
    })
  })
})
