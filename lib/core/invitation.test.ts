import { expect, it } from 'vitest'
import { INVITATION_RESEND_WAIT_MS, mayBeResent, stateOfInvitation } from './invitation'

const fresh = { closedBecause: null, expiresAtMs: 1000, isInviterEntitled: true }

it.each([
  ['can be accepted to its last millisecond', {}, 999, 'open'],
  ['is over at its end', {}, 1000, 'expired'],
  ['is over when who invited could not invite any more', { isInviterEntitled: false }, 0, 'expired'],
  ['is accepted once', { closedBecause: 'accepted' }, 0, 'accepted'],
  ['stays accepted after its end', { closedBecause: 'accepted' }, 2000, 'accepted'],
  ['can be withdrawn', { closedBecause: 'withdrawn' }, 0, 'withdrawn'],
] as const)('an invitation %s', (_claim, change, nowMs, state) =>
  expect(stateOfInvitation({ ...fresh, ...change }, nowMs)).toBe(state),
)

it.each([
  ['not within a minute', INVITATION_RESEND_WAIT_MS - 1, false],
  ['after a minute', INVITATION_RESEND_WAIT_MS, true],
  ['not when another instance’s clock is a little ahead', -60_000, false],
  ['when the clock has gone back since', -60_001, true],
] as const)('an invitation is mailed again %s', (_claim, ago, may) =>
  expect(mayBeResent(100_000_000 - ago, 100_000_000)).toBe(may),
)
