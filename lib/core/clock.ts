/** How far the clocks of two instances may be apart. */
const CLOCKS_APART_MS = 60_000

/** Whether an instant that lay in the past when it was noted is ahead by now: the clock has gone back since. */
export function isFromBeforeClockWentBack(notedAtMs: number, nowMs: number): boolean {
  return notedAtMs > latestNotedMs(nowMs)
}

/** The latest instant that can have been noted as past by now, unless the clock has gone back since. */
export function latestNotedMs(nowMs: number): number {
  return nowMs + CLOCKS_APART_MS
}

const DAY_MS = 24 * 60 * 60_000

/**
 * The end of what a deed of now ends: past already for every instance, and for a clock, too, that is set back by less than a
 * day.
 */
export function endedByNow(now: Date): Date {
  return new Date(now.getTime() - DAY_MS)
}
