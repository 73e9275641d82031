import { expect, test } from 'vitest'
import { isProofRecent, isSessionLive, SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from './session'

const START_MS = 1_000_000_000_000
const justNow = { createdAtMs: START_MS, lastSeenAtMs: START_MS, endedAtMs: null }

test.each([
  ['a new session lives', justNow, START_MS, true],
  ['idle for one millisecond less than 12 hours lives', justNow, START_MS + SESSION_IDLE_MS - 1, true],
  ['idle for 12 hours is over', justNow, START_MS + SESSION_IDLE_MS, false],
  [
    'used all the time, one millisecond less than 7 days old, lives',
    { ...justNow, lastSeenAtMs: START_MS + SESSION_ABSOLUTE_MS - 1 },
    START_MS + SESSION_ABSOLUTE_MS - 1,
    true,
  ],
  [
    '7 days old is over however much it is used',
    { ...justNow, lastSeenAtMs: START_MS + SESSION_ABSOLUTE_MS },
    START_MS + SESSION_ABSOLUTE_MS,
    false,
  ],
  ['an ended one is over', { ...justNow, endedAtMs: START_MS }, START_MS, false],
  ['a clock that went back ends nothing', justNow, START_MS - 3_600_000, true],
])('%s', (_claim, times, nowMs, live) => expect(isSessionLive(times, nowMs)).toBe(live))

test.each([
  [0, true],
  [14.9, true],
  [15, false],
  [60, false],
  [-1, false],
])('a password proven %d minutes ago is recent: %s', (minutes, isRecent) => {
  const now = Date.UTC(2030, 0, 31)
  expect(isProofRecent(now - minutes * 60_000, now)).toBe(isRecent)
})
