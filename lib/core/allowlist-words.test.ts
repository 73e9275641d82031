import { describe, expect, it } from 'vitest'
import { describeAddressCount, describeInForce } from './allowlist-words'

const ON = { allowlistEnabled: true, mobileEnforced: false, checkEveryRequest: false, total: 5, active: 3 }

describe('what is in force', () => {
  it.each([
    [{ allowlistEnabled: false }, 'Off: everyone can sign in from anywhere.'],
    [{}, 'On: sign-in only from 3 ranges. Mobile app: from anywhere.'],
    [
      { checkEveryRequest: true },
      'On: sign-in only from 3 ranges. Mobile app: from anywhere. Every request is checked.',
    ],
    [{ allowlistEnabled: false, checkEveryRequest: true }, 'Off: everyone can sign in from anywhere.'],
    [{ active: 1 }, 'On: sign-in only from 1 range. Mobile app: from anywhere.'],
    [{ mobileEnforced: true }, 'On: sign-in only from 3 ranges. Mobile app: from the same ranges.'],
    [{ total: 0, active: 0 }, 'On, but the list is empty. Until you add a range, everyone can sign in.'],
    [
      { active: 0 },
      'On: every range is disabled or has expired, so nobody can sign in on the web. Mobile app: from anywhere.',
    ],
    [
      { active: 0, mobileEnforced: true },
      'On: every range is disabled or has expired, so nobody can sign in, on the web or in the mobile app.',
    ],
  ])('%j: %s', (change, words) => {
    expect(describeInForce({ ...ON, ...change })).toBe(words)
  })
})

describe('how many addresses', () => {
  it.each([
    [1n, '1 address'],
    [256n, '256 addresses'],
    [2n ** 32n, '4,294,967,296 addresses'],
    [2n ** 96n, '2⁹⁶ addresses'],
    [2n ** 96n + 1n, 'about 7.9 × 10²⁸ addresses'],
  ])('%s: %s', (count, words) => {
    expect(describeAddressCount(count)).toBe(words)
  })
})
