import { describe, expect, test } from 'vitest'
import {
  CODE_MISSES,
  decideLinkRequest,
  isLinkingBarred,
  type LinkFacts,
  maskEmail,
  stateOfLink,
} from './authorization-link'

const NOW_MS = 10_000_000
const OPEN: LinkFacts = {
  consumedAtMs: null,
  deniedAtMs: null,
  expiresAtMs: NOW_MS + 1,
  misses: CODE_MISSES - 1,
  isAdminStill: true,
}

describe('a link', () => {
  test.each([
    ['is open to its last millisecond', {}, 'open'],
    ['is expired at its end', { expiresAtMs: NOW_MS }, 'expired'],
    ['is used once consumed', { consumedAtMs: 1 }, 'used'],
    ['is denied once denied', { deniedAtMs: 1 }, 'denied'],
    ['dies of the fifth miss', { misses: CODE_MISSES }, 'guessed'],
    ['is refused when its admin was disabled or demoted', { isAdminStill: false }, 'not-entitled'],
    ['that was used says so even when expired', { consumedAtMs: 1, expiresAtMs: 0 }, 'used'],
  ] as const)('%s', (_claim, facts, state) => expect(stateOfLink({ ...OPEN, ...facts }, NOW_MS)).toBe(state))
})

describe('asking for links', () => {
  const minutesAgo = (...minutes: number[]) => minutes.map((m) => NOW_MS - m * 60_000)

  test('the first is allowed', () => expect(decideLinkRequest([], NOW_MS)).toEqual({ allowed: true }))
  test('a second within 60 seconds is too soon, and says how long', () =>
    expect(decideLinkRequest([NOW_MS - 59_000], NOW_MS)).toEqual({
      allowed: false,
      because: 'too-soon',
      waitMs: 1_000,
    }))
  test('after 60 seconds it is allowed', () =>
    expect(decideLinkRequest([NOW_MS - 60_000], NOW_MS)).toEqual({ allowed: true }))
  test('the fifth in an hour is allowed', () =>
    expect(decideLinkRequest(minutesAgo(2, 4, 6, 8), NOW_MS)).toEqual({ allowed: true }))
  test('the sixth in an hour is too many until the first of the five is an hour old', () =>
    expect(decideLinkRequest(minutesAgo(2, 4, 6, 8, 50), NOW_MS)).toEqual({
      allowed: false,
      because: 'too-many',
      waitMs: 10 * 60_000,
    }))
  test('one asked for by an instance whose clock is ahead counts', () =>
    expect(decideLinkRequest([NOW_MS + 2_000], NOW_MS)).toMatchObject({ allowed: false, waitMs: 62_000 }))
  test('those from before the clock went back do not count', () =>
    expect(decideLinkRequest(minutesAgo(-60, -58, -56, -54, -52), NOW_MS)).toEqual({ allowed: true }))
  test('older ones do not count', () =>
    expect(decideLinkRequest(minutesAgo(2, 4, 6, 8, 60), NOW_MS)).toEqual({ allowed: true }))
})

describe('after "I didn\'t request this"', () => {
  const denied = new Date(1_000)
  test.each([
    [null, new Date(0), false],
    [denied, new Date(0), true],
    [denied, denied, true],
    [denied, new Date(1_001), false],
  ])('denied at %s, password changed at %s: barred is %s', (linksDeniedAt, passwordChangedAt, barred) =>
    expect(isLinkingBarred({ linksDeniedAt, passwordChangedAt })).toBe(barred),
  )
})

test('a masked e-mail keeps its first letter and its domain', () =>
  expect(maskEmail('ana@example.com')).toBe('a•••@example.com'))
