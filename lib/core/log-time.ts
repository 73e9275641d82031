const DAY_MS = 24 * 60 * 60 * 1000

/** A stretch of time out of two days in UTC, both included; open where a day isn't given. */
export interface LogTime {
  from: Date | null
  /** The first instant that no longer counts. */
  until: Date | null
}

export interface ParsedTime {
  time: LogTime
  problems: { from?: string; to?: string }
}

/** Reads two days as they stand in the address bar ("2026-11-24"), empty ones included. */
export function parseLogTime(from: string, to: string): ParsedTime {
  const [first, last] = [parseDay(from), parseDay(to)]
  const problems: ParsedTime['problems'] = {}
  if (from && !first) problems.from = notADay(from)
  if (to && !last) problems.to = notADay(to)
  if (first && last && last < first) problems.to = 'The last day comes before the first one.'
  return { time: { from: first, until: last && new Date(last.getTime() + DAY_MS) }, problems }
}

function parseDay(text: string): Date | null {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return null
  const day = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(day.getTime()) || formatDay(day) !== text ? null : day
}

function notADay(text: string): string {
  return `${text.length > 60 ? `${text.slice(0, 59).toWellFormed()}…` : text} is not a day. Enter one like 2026-11-24.`
}

/** "2026-11-24", in UTC. */
export function formatDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** The days from the first to the last instant, in UTC, at most the latest `atMost` of them; each by its beginning. */
export function daysBetween(first: Date, last: Date, atMost: number): Date[] {
  const end = Math.floor(last.getTime() / DAY_MS)
  const begin = Math.max(Math.floor(first.getTime() / DAY_MS), end - atMost + 1)
  return Array.from({ length: Math.max(0, end - begin + 1) }, (_, at) => new Date((begin + at) * DAY_MS))
}
