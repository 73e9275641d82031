import { expect, it } from 'vitest'
import { RESET_LIFETIME_MS, type ResetFacts, stateOfReset } from './password-reset'

const REQUESTED = 1_000_000
const fresh: ResetFacts = {
  consumedAtMs: null,
  expiresAtMs: REQUESTED + RESET_LIFETIME_MS,
  isAgentEnabled: true,
}

it.each([
  ['at once', {}, 0, 'open'],
  ['to its last millisecond', {}, RESET_LIFETIME_MS - 1, 'open'],
  ['not after half an hour', {}, RESET_LIFETIME_MS, 'expired'],
  ['not for somebody disabled', { isAgentEnabled: false }, 0, 'expired'],
  ['not twice', { consumedAtMs: REQUESTED + 1 }, 1, 'used'],
  [
    'and says that it was used, also much later',
    { consumedAtMs: REQUESTED + 1 },
    10 * RESET_LIFETIME_MS,
    'used',
  ],
] as const)('a link can be used %s', (_claim, change, laterMs, state) =>
  expect(stateOfReset({ ...fresh, ...change }, REQUESTED + laterMs)).toBe(state),
)
