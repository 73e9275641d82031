import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { LINK_LONGEST_MS } from '../core/authorization-link'
import { KNOWN_DEVICE_LIFETIME_MS } from '../core/known-device'
import { REFRESH_LIFETIME_MS } from '../core/mobile'
import { SESSION_IDLE_MS } from '../core/session'
import { type Bounds, dropRows, type Which } from './dropping'

const HOUR_MS = 60 * 60 * 1000

/**
 * So long is kept what is over and may still be asked about: a mailed link says that it was used rather than that nobody
 * knows it, and can be denied; what became of a mail can be looked up. It is also the longest that a phone's tokens live.
 */
export const OVER_KEPT_MS = 90 * 24 * HOUR_MS
/** What counts wrong passwords, or holds back a second mail, matters for an hour at most. */
export const COUNTS_KEPT_MS = 2 * HOUR_MS
/** Attempts under way that nobody can take up any more, and that no screen tells about. */
export const ATTEMPTS_KEPT_MS = HOUR_MS

/** Rows that are over, and for what nobody needs them any more at `now`. Each condition is answered by an index. */
export function whatIsOver(now: Date): Which[] {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const kept = ago(OVER_KEPT_MS)
  return [
    { table: 'OutboxMail', where: Prisma.sql`"sentAt" < ${kept}` },
    { table: 'OutboxMail', where: Prisma.sql`"sentAt" IS NULL AND "failedAt" < ${kept}` },
    { table: 'Session', where: Prisma.sql`"endedAt" < ${kept}` },
    {
      table: 'Session',
      where: Prisma.sql`"endedAt" IS NULL AND "lastSeenAt" < ${ago(OVER_KEPT_MS + SESSION_IDLE_MS)}`,
    },
    { table: 'MobileDevice', where: Prisma.sql`"endedAt" < ${kept}` },
    {
      table: 'MobileDevice',
      where: Prisma.sql`"endedAt" IS NULL AND "rotatedAt" < ${ago(OVER_KEPT_MS + REFRESH_LIFETIME_MS)}`,
    },
    // With its links and its request for approval; the last link was asked for when it ended at the latest.
    { table: 'PendingSignIn', where: Prisma.sql`"expiresAt" < ${ago(OVER_KEPT_MS + LINK_LONGEST_MS)}` },
    { table: 'PasswordReset', where: Prisma.sql`"expiresAt" < ${kept}` },
    // One that nobody accepted is on the screen until somebody withdraws it.
    { table: 'Invitation', where: Prisma.sql`"closedAt" < ${kept}` },
    { table: 'HalfSignIn', where: Prisma.sql`"expiresAt" < ${ago(ATTEMPTS_KEPT_MS)}` },
    {
      table: 'PasskeyChallenge',
      key: 'holderId',
      where: Prisma.sql`"expiresAt" < ${ago(ATTEMPTS_KEPT_MS)}`,
    },
    { table: 'RateLimit', key: 'key', where: Prisma.sql`"touchedAt" < ${ago(COUNTS_KEPT_MS)}` },
    { table: 'KnownDevice', where: Prisma.sql`"lastSeenAt" <= ${ago(KNOWN_DEVICE_LIFETIME_MS)}` },
  ]
}

/** Drops those of one table; answers how many. */
export async function dropOver(table: Which['table'], now: Date, bounds?: Bounds): Promise<number> {
  let dropped = 0
  for (const which of whatIsOver(now)) if (which.table === table) dropped += await dropRows(which, bounds)
  return dropped
}

/** The tables that have such rows. */
export const TABLES_THAT_GROW = [...new Set(whatIsOver(new Date(0)).map(({ table }) => table))]
