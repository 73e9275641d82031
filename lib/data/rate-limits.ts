import { countFailure, type FailureCount, type Limit, waitLeftMs } from '../core/rate-limit'
import { database, isUniqueViolation, type Transaction, transact } from './database'

/** One thing whose failures are counted. */
export interface LimitedKey {
  key: string
  limit: Limit
}

/** Milliseconds until all of these keys may be tried again. */
export async function readWaitMs(keys: readonly LimitedKey[], nowMs: number): Promise<number> {
  const rows = await database().rateLimit.findMany({ where: { key: { in: keys.map(({ key }) => key) } } })
  return Math.max(0, ...rows.map((row) => waitLeftMs(toCount(row), nowMs)))
}

/** Counts one wrong password under each key, atomically. */
export async function countFailures(keys: readonly LimitedKey[], nowMs: number): Promise<void> {
  // The first failure of a key may race with another first failure of it; the second try finds the row.
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(async (tx) => {
        for (const one of keys) await countOne(tx, one, nowMs)
      })
    } catch (error) {
      if (attempt === 3 || !isUniqueViolation(error)) throw error
    }
  }
}

async function countOne(tx: Transaction, { key, limit }: LimitedKey, nowMs: number): Promise<void> {
  // Writing first takes the row, so that parallel failures are counted one after the other.
  await tx.rateLimit.updateMany({ where: { key }, data: { touchedAt: new Date(nowMs) } })
  const row = await tx.rateLimit.findUnique({ where: { key } })
  const after = countFailure(row && toCount(row), limit, nowMs)
  const data = {
    failures: after.failures,
    windowStartedAt: new Date(after.windowStartedAtMs),
    waits: after.waits,
    blockedUntil: after.blockedUntilMs === null ? null : new Date(after.blockedUntilMs),
    touchedAt: new Date(nowMs),
  }
  if (row) await tx.rateLimit.update({ where: { key }, data })
  else await tx.rateLimit.create({ data: { key, ...data } })
}

/** Drops counts that no longer matter. */
export async function forgetOldFailures(nowMs: number, olderThanMs: number): Promise<void> {
  await transact((tx) =>
    tx.rateLimit.deleteMany({ where: { touchedAt: { lt: new Date(nowMs - olderThanMs) } } }),
  )
}

function toCount(row: {
  failures: number
  windowStartedAt: Date
  waits: number
  blockedUntil: Date | null
}): FailureCount {
  return {
    failures: row.failures,
    windowStartedAtMs: row.windowStartedAt.getTime(),
    waits: row.waits,
    blockedUntilMs: row.blockedUntil?.getTime() ?? null,
  }
}
