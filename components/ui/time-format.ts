/** "24 Nov 2026, 14:05 UTC" in the given IANA zone, or in the machine's own. */
export function formatInstant(at: Date, dateOnly: boolean, timeZone?: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(dateOnly ? {} : clock),
    timeZone,
  }).format(at)
}

/** "14:05:59 UTC" in the given IANA zone, or in the machine's own. */
export function formatClock(at: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at)
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

/**
 * "5 minutes ago", "in 2 days"; "just now" within a minute. Days are those of the machine's calendar, so that "yesterday" is
 * one. `now` in milliseconds since 1970.
 */
export function formatRelative(at: Date, now: number): string {
  const distance = at.getTime() - now
  for (const [unit, size] of STEPS) {
    if (Math.abs(distance) >= size) {
      const count = unit === 'day' ? calendarDays(at, new Date(now)) : Math.trunc(distance / size)
      return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(count, unit)
    }
  }
  return 'just now'
}

function calendarDays(at: Date, now: Date): number {
  const dayOf = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return (dayOf(at) - dayOf(now)) / 86_400_000
}

const MINUTE_MS = 60_000

/** "15 minutes", "1 hour 5 minutes", "less than a minute"; begun minutes count. */
export function formatTimeLeft(ms: number): string {
  if (ms < MINUTE_MS) return 'less than a minute'
  const minutes = Math.ceil(ms / MINUTE_MS)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [countOf(hours, 'hour'), countOf(rest, 'minute')].filter(Boolean).join(' ')
}

function countOf(count: number, unit: string): string {
  return count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`
}
