import { type Address, familyOf, networkOf } from './address'
import { isFromBeforeClockWentBack } from './clock'

const MINUTE_MS = 60_000

/** How many wrong passwords are let through in a window, and how long one waits after each further one. */
export interface Limit {
  failures: number
  windowMs: number
  waitsMs: readonly number[]
}

/** One thing whose failures are counted. */
export interface LimitedKey {
  key: string
  limit: Limit
}

/** Per e-mail together with network (address, or /64), or together with a device that the person signed in on before. */
export const PERSON_LIMIT: Limit = {
  failures: 5,
  windowMs: 15 * MINUTE_MS,
  waitsMs: [1, 2, 5, 15].map((minutes) => minutes * MINUTE_MS),
}

/** Wrong codes of one person's second factor from all unknown devices together: whoever sends them knows the password. */
export const FACTOR_LIMIT: Limit = { ...PERSON_LIMIT, failures: 20 }

const LONGEST_WAIT_MS = Math.max(...PERSON_LIMIT.waitsMs)

/** Per network, whoever is tried from there: an IPv4 address, or an IPv6 /64. */
export const NETWORK_LIMIT: Limit = { ...PERSON_LIMIT, failures: 50 }

/** One IPv6 customer holds a /64, a /56 or a /48 (RFC 6177), so the wider networks are counted as well. */
const WIDER_NETWORKS: readonly (readonly [bits: number, limit: Limit])[] = [
  [56, { ...PERSON_LIMIT, failures: 100 }],
  [48, { ...PERSON_LIMIT, failures: 200 }],
]

/** Every network of `address` (null: unknown) whose failures are counted, the narrowest first. */
export function networkKeys(address: Address | null): LimitedKey[] {
  const narrowest = { key: `network:${address ? networkOf(address) : 'unknown'}`, limit: NETWORK_LIMIT }
  if (!address || familyOf(address) === 4) return [narrowest]
  return [
    narrowest,
    ...WIDER_NETWORKS.map(([bits, limit]) => ({
      key: `network:${address.slice(0, 1 + bits / 4)}/${bits}`,
      limit,
    })),
  ]
}

/** The failures of one key so far. */
export interface FailureCount {
  failures: number
  windowStartedAtMs: number
  /** Waits imposed so far; the next one is longer. */
  waits: number
  blockedUntilMs: number | null
}

/**
 * Milliseconds until the next try is taken; 0 when it is taken now. A wait that was imposed before the clock went back
 * is over, since nobody knows how much of it is left; the next failure imposes another.
 */
export function waitLeftMs(count: FailureCount | null, nowMs: number): number {
  const untilMs = count?.blockedUntilMs ?? 0
  return isFromBeforeClockWentBack(untilMs - LONGEST_WAIT_MS, nowMs) ? 0 : Math.max(0, untilMs - nowMs)
}

/** The count after one more wrong password. Quiet for a whole window (after the last wait), and it starts anew. */
export function countFailure(counted: FailureCount | null, limit: Limit, nowMs: number): FailureCount {
  const before = counted && withinClock(counted, nowMs)
  const isOver =
    !before || nowMs >= Math.max(before.windowStartedAtMs, before.blockedUntilMs ?? 0) + limit.windowMs
  const count = isOver
    ? { failures: 1, windowStartedAtMs: nowMs, waits: 0, blockedUntilMs: null }
    : { ...before, failures: before.failures + 1 }
  if (count.failures < limit.failures) return count
  const waitMs = limit.waitsMs[Math.min(count.waits, limit.waitsMs.length - 1)] ?? 0
  return { ...count, waits: count.waits + 1, blockedUntilMs: nowMs + waitMs }
}

/** A window that began before the clock went back would be open for as long as it went back: it begins now. */
function withinClock(count: FailureCount, nowMs: number): FailureCount {
  const isAhead = isFromBeforeClockWentBack(count.windowStartedAtMs, nowMs)
  return isAhead ? { ...count, windowStartedAtMs: nowMs, blockedUntilMs: null } : count
}

/** "Try again in N minutes.": whole minutes, never fewer than the wait. */
export function minutesOf(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / MINUTE_MS))
}

/** The same words for every reason. */
export function throttledMessage(minutes: number): string {
  return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
}
