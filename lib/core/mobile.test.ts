import { describe, expect, test } from 'vitest'
import {
  ACCESS_LIFETIME_MS,
  DEVICE_LIFETIME_MS,
  type DeviceTimes,
  formatClaims,
  isAccessTokenLive,
  judgeRefreshToken,
  LOST_ANSWER_MS,
  nameMobileDevice,
  parseClaims,
  REFRESH_LIFETIME_MS,
  type TokenClaims,
} from './mobile'

const NOW = 1_800_000_000_000
const ID = '01a20a8a-aa80-757d-9117-82c29af34563'

function claims(over: Partial<TokenClaims> = {}): TokenClaims {
  return { kind: 'refresh', deviceId: ID, generation: 7, issuedAtMs: NOW - 1000, ...over }
}

function device(over: Partial<DeviceTimes> = {}): DeviceTimes {
  return { generation: 7, rotatedAtMs: NOW - 1000, createdAtMs: NOW - 5000, endedAtMs: null, ...over }
}

describe('a refresh token', () => {
  const rotated = (ms: number) => device({ generation: 8, rotatedAtMs: NOW - ms })
  test.each([
    ['of this generation is current', claims(), device(), 'current'],
    ['just rotated is a predecessor', claims(), rotated(0), 'predecessor'],
    ['rotated 30 s ago is one still', claims(), rotated(LOST_ANSWER_MS), 'predecessor'],
    ['rotated by an instance whose clock is ahead is one', claims(), rotated(-LOST_ANSWER_MS), 'predecessor'],
    ['rotated before the clock went back is reused', claims(), rotated(-LOST_ANSWER_MS - 1), 'reused'],
    ['rotated longer ago is reused', claims(), rotated(LOST_ANSWER_MS + 1), 'reused'],
    ['of two generations ago is reused at once', claims({ generation: 6 }), rotated(0), 'reused'],
    ['of a generation to come is worth nothing', claims({ generation: 8 }), device(), 'expired'],
    ['of an ended device is worth nothing', claims(), device({ endedAtMs: NOW - 1 }), 'ended'],
    [
      'reused after the end ends nothing more',
      claims({ generation: 2 }),
      device({ endedAtMs: NOW }),
      'ended',
    ],
    ['lives for 30 days', claims({ issuedAtMs: NOW - REFRESH_LIFETIME_MS + 1 }), device(), 'current'],
    ['dies after 30 days', claims({ issuedAtMs: NOW - REFRESH_LIFETIME_MS }), device(), 'expired'],
    ['lives to the 90th day', claims(), device({ createdAtMs: NOW - DEVICE_LIFETIME_MS + 1 }), 'current'],
    [
      'dies 90 days after the sign-in',
      claims(),
      device({ createdAtMs: NOW - DEVICE_LIFETIME_MS }),
      'expired',
    ],
    ['issued after a clock went back lives', claims({ issuedAtMs: NOW + 60_000 }), device(), 'current'],
  ] as const)('%s', (_name, token, row, verdict) => {
    expect(judgeRefreshToken(token, row, NOW)).toBe(verdict)
  })
})

describe('an access token', () => {
  const access = (over: Partial<TokenClaims> = {}) => claims({ kind: 'access', ...over })
  test.each([
    ['lives', access(), device(), true],
    ['of before a rotation lives on', access({ generation: 6 }), device(), true],
    ['lives for 15 minutes', access({ issuedAtMs: NOW - ACCESS_LIFETIME_MS + 1 }), device(), true],
    ['dies after 15 minutes', access({ issuedAtMs: NOW - ACCESS_LIFETIME_MS }), device(), false],
    ['of an ended device is dead', access(), device({ endedAtMs: NOW - 1 }), false],
    ['of a generation to come is dead', access({ generation: 8 }), device(), false],
    ['dies with the 90 days', access(), device({ createdAtMs: NOW - DEVICE_LIFETIME_MS }), false],
  ])('%s', (_name, token, row, lives) => expect(isAccessTokenLive(token, row, NOW)).toBe(lives))
})

describe('claims', () => {
  test('come back as they were written', () => {
    expect(parseClaims(formatClaims(claims()))).toEqual(claims())
    expect(parseClaims(formatClaims(claims({ kind: 'access' })))).toEqual(claims({ kind: 'access' }))
  })

  test.each([
    ['another version', formatClaims(claims()).replace(/^1/, '2')],
    ['another kind', formatClaims(claims()).replace('refresh', 'setup')],
    ['a leading zero', formatClaims(claims()).replace('|7|', '|07|')],
    ['generation 0', formatClaims(claims()).replace('|7|', '|0|')],
    ['a sign', formatClaims(claims()).replace('|7|', '|-7|')],
    ['one field more', `${formatClaims(claims())}|x`],
    ['a line behind', `${formatClaims(claims())}\n`],
    ['nothing', ''],
  ])('%s is refused', (_name, text) => expect(parseClaims(text)).toBeNull())
})

test.each([
  ['Pixel 9', 'Pixel 9'],
  ['  Ana’s iPhone ', 'Ana’s iPhone'],
  ['a\u0000b\n\u202ec', 'a b c'],
  ['\u0000\u2028 ', ''],
  ['x'.repeat(101), 'x'.repeat(100)],
  ['\u{1f4f1}'.repeat(80), '\u{1f4f1}'.repeat(50)],
  ['\ud800', '\ufffd'],
])('the device %j is called %j', (given, name) => expect(nameMobileDevice(given)).toBe(name))
