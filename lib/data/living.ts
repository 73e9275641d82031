import { DEVICE_LIFETIME_MS, REFRESH_LIFETIME_MS } from '../core/mobile'
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from '../core/session'

/** Which web sessions live at that instant, as `isSessionLive` says of each. */
export function livingSessions(nowMs: number) {
  return {
    endedAt: null,
    lastSeenAt: { gt: new Date(nowMs - SESSION_IDLE_MS) },
    createdAt: { gt: new Date(nowMs - SESSION_ABSOLUTE_MS) },
  }
}

/** Which phones can still come back: their refresh token counts. */
export function livingPhones(nowMs: number) {
  return {
    endedAt: null,
    rotatedAt: { gt: new Date(nowMs - REFRESH_LIFETIME_MS) },
    createdAt: { gt: new Date(nowMs - DEVICE_LIFETIME_MS) },
  }
}
