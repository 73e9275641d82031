import { describe, expect, it } from 'vitest'
import { approvalNeed } from './approval'

const NOW_MS = Date.UTC(2030, 0, 31)
const HOUR_MS = 3_600_000

describe('another admin', () => {
  it.each([
    ['has to approve right after a reset by mail', false, 0, false, 'password-reset'],
    ['has to approve almost a day after it', false, 23.99, false, 'password-reset'],
    ['has not to after a day', false, 24, false, null],
    ['has to when a clock went back', false, -1, false, 'password-reset'],
    ['has not to with a second factor', true, 0, true, null],
    ['has to without the second factor that is needed', false, null, true, 'factor-missing'],
    ['has to a day after a reset, without the factor that is needed', false, 25, true, 'factor-missing'],
    ['has not to otherwise', false, null, false, null],
  ] as const)('%s', (_claim, factorProven, hours, isFactorMissing, need) => {
    const passwordResetAtMs = hours === null ? null : NOW_MS - hours * HOUR_MS
    expect(approvalNeed({ factorProven, passwordResetAtMs, isFactorMissing }, NOW_MS)).toBe(need)
  })
})
