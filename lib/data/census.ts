import { DEVICE_LIFETIME_MS, REFRESH_LIFETIME_MS } from '../core/mobile'
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from '../core/session'
import { database } from './database'

/** How much there is, over all accounts; for the operator's eyes alone. */
export interface Census {
  /** Live sessions of browsers. */
  sessions: number
  /** Phones whose refresh token still counts. */
  devices: number
  ranges: number
  /** Mails that have not gone and were not given up. */
  waitingMails: number
  /** When the oldest of them was queued. */
  waitingSince: Date | null
}

/** Counts what lives now; each count is read off an index. */
export async function takeCensus(nowMs: number): Promise<Census> {
  const before = (ms: number) => new Date(nowMs - ms)
  const [sessions, devices, ranges, waiting] = await Promise.all([
    database().session.count({
      where: {
        endedAt: null,
        lastSeenAt: { gt: before(SESSION_IDLE_MS) },
        createdAt: { gt: before(SESSION_ABSOLUTE_MS) },
      },
    }),
    database().mobileDevice.count({
      where: {
        endedAt: null,
        rotatedAt: { gt: before(REFRESH_LIFETIME_MS) },
        createdAt: { gt: before(DEVICE_LIFETIME_MS) },
      },
    }),
    database().range.count(),
    database().outboxMail.aggregate({
      where: { sentAt: null, failedAt: null },
      _count: true,
      _min: { createdAt: true },
    }),
  ])
  return { sessions, devices, ranges, waitingMails: waiting._count, waitingSince: waiting._min.createdAt }
}
