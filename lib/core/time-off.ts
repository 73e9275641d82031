import { isFromBeforeClockWentBack } from './clock'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** For so long at most the list can be turned off with an end. */
export const TIME_OFF_MAX_MS = 24 * HOUR_MS

/** Why a list is turned off for a time. */
export const REASON_MAX_CHARACTERS = 200

/** The switch as it was set, and the instant from which a list that was turned off for a time counts as on again. */
export interface TimedSwitch {
  allowlistEnabled: boolean
  offUntil: Date | null
}

/**
 * Whether the list is on at that instant. The end of its time off counts by the clock, whoever notices it; one further
 * ahead than any can be was noted before the clock went back, and has passed, too.
 */
export function isOnAt({ allowlistEnabled, offUntil }: TimedSwitch, nowMs: number): boolean {
  if (allowlistEnabled) return true
  if (offUntil === null) return false
  const untilMs = offUntil.getTime()
  return untilMs <= nowMs || isFromBeforeClockWentBack(untilMs - TIME_OFF_MAX_MS, nowMs)
}

export type ParsedTimeOff = { ok: true; ms: number } | { ok: false; problem: string }

/** "15m" or "2h", from a minute to a day. */
export function parseTimeOff(text: string): ParsedTimeOff {
  const length = /^([1-9]\d{0,5})([mh])$/.exec(text)
  if (!length) return { ok: false, problem: `"${text}" is not understood. Enter minutes or hours: 15m, 2h.` }
  const ms = Number(length[1]) * (length[2] === 'h' ? HOUR_MS : MINUTE_MS)
  if (ms <= TIME_OFF_MAX_MS) return { ok: true, ms }
  return {
    ok: false,
    problem: `${text} is too long: 24h is the most. Turned off without an end, the list stays off until somebody turns it on.`,
  }
}
