import { expect, it } from 'vitest'
import { CONFIRM_WITHIN_MS, isOverdue } from './unconfirmed'

const NOW = Date.parse('2026-11-24T12:00:00Z')

it.each([
  ['made just now', CONFIRM_WITHIN_MS, false],
  ['with a millisecond left', 1, false],
  ['at the very instant', 0, true],
  ['long ago', -CONFIRM_WITHIN_MS, true],
  ['made by a clock a moment ahead', CONFIRM_WITHIN_MS + 30_000, false],
  ['made before the clock went back', CONFIRM_WITHIN_MS + 61_000, true],
])('a change %s', (_name, leftMs, isOver) => {
  expect(isOverdue(NOW + leftMs, NOW)).toBe(isOver)
})
