import { expect, it } from 'vitest'
import { stateOfInvitation } from './invitation'

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
