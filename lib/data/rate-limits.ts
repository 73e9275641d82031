import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { countFailure, type FailureCount, type LimitedKey, waitLeftMs } from '../core/rate-limit'
import { database, type Transaction, transact } from './database'
import { instant } from './instants'

/** That nothing is looked at for `ms` milliseconds, and which key says so. */
export interface Wait {
  key: string
  ms: number
}

/** The longest wait of these keys, of equal ones the last; null when all of them may be tried now. */
export async function findWait(keys: readonly LimitedKey[], nowMs: number): Promise<Wait | null> {
  const rows = await database().$queryRaw<(Row & { key: string })[]>`
    SELECT "key", "failures", "windowStartedAt", "waits", "blockedUntil" FROM "RateLimit"
    WHERE "key" IN (${Prisma.join(keys.map(({ key }) => key))})`
  return keys.reduce<Wait | null>((longest, { key }) => {
    const row = rows.find((one) => one.key === key)
    const ms = row ? waitLeftMs(toCount(row), nowMs) : 0
    return ms > 0 && ms >= (longest?.ms ?? 0) ? { key, ms } : longest
  }, null)
}

/** Counts one wrong password under each key, atomically. */
export async function countFailures(keys: readonly LimitedKey[], nowMs: number): Promise<void> {
  await transact(async (tx) => {
    for (const one of keys) await countOne(tx, one, nowMs)
  })
}

async function countOne(tx: Transaction, { key, limit }: LimitedKey, nowMs: number): Promise<void> {
  const now = new Date(nowMs)
  // One statement makes the row or takes it, so that parallel failures are counted one after the other.
  const row = await tx.rateLimit.upsert({
    where: { key },
    create: { key, windowStartedAt: now, touchedAt: now },
    update: { touchedAt: now },
  })
  const after = countFailure(toCount(row), limit, nowMs)
  const data = {
    failures: after.failures,
    windowStartedAt: new Date(after.windowStartedAtMs),
    waits: after.waits,
    blockedUntil: after.blockedUntilMs === null ? null : new Date(after.blockedUntilMs),
  }
  await tx.rateLimit.update({ where: { key }, data })
}

type Row = Record<'failures' | 'waits', number | bigint> & {
  windowStartedAt: string | Date
  blockedUntil: string | Date | null
}

function toCount(row: Row): FailureCount {
  return {
    failures: Number(row.failures),
    windowStartedAtMs: instant(row.windowStartedAt),
    waits: Number(row.waits),
    blockedUntilMs: row.blockedUntil ? instant(row.blockedUntil) : null,
  }
}
