import { database } from './database'
import { livingPhones, livingSessions } from './living'

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
  const [sessions, devices, ranges, waiting] = await Promise.all([
    database().session.count({ where: livingSessions(nowMs) }),
    database().mobileDevice.count({ where: livingPhones(nowMs) }),
    database().range.count(),
    database().outboxMail.aggregate({
      where: { sentAt: null, failedAt: null },
      _count: true,
      _min: { createdAt: true },
    }),
  ])
  return { sessions, devices, ranges, waitingMails: waiting._count, waitingSince: waiting._min.createdAt }
}
