const HOUR_MS = 60 * 60 * 1000

export const SESSION_IDLE_MS = 12 * HOUR_MS
export const SESSION_ABSOLUTE_MS = 7 * 24 * HOUR_MS
/** Last-seen is written at most this often. */
export const SESSION_TOUCH_MS = 60 * 1000

/** So long a proven password counts for what lets more people in. */
export const PROOF_LIFETIME_MS = 15 * 60 * 1000

/** Whether a password that was proven at that time need not be asked for again. A clock that went back asks for it. */
export function isProofRecent(provenAtMs: number, nowMs: number): boolean {
  return provenAtMs <= nowMs && nowMs - provenAtMs < PROOF_LIFETIME_MS
}

export interface SessionTimes {
  createdAtMs: number
  lastSeenAtMs: number
  endedAtMs: number | null
}

/** A session lives until it is ended, idle for 12 hours, or 7 days old. A clock that went back ends nothing. */
export function isSessionLive(times: SessionTimes, nowMs: number): boolean {
  if (times.endedAtMs !== null) return false
  return nowMs - times.lastSeenAtMs < SESSION_IDLE_MS && nowMs - times.createdAtMs < SESSION_ABSOLUTE_MS
}
