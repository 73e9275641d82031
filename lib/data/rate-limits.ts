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
    for (const one of keys) await writeFailure(tx, one, await takeCount(tx, one, nowMs), nowMs)
  })
}

/**
 * Counts one use of what every use of counts, unless one of these keys has to wait: of any number at once no more go through than
 * the limits let. Milliseconds to wait; 0 when it was counted.
 */
export async function countUse(keys: readonly LimitedKey[], nowMs: number): Promise<number> {
  // Who has to wait anyway writes nothing.
  const wait = await findWait(keys, nowMs)
  if (wait) return wait.ms
  return transact(async (tx) => {
    const taken: { one: LimitedKey; count: FailureCount }[] = []
    for (const one of keys) taken.push({ one, count: await takeCount(tx, one, nowMs) })
    const waitMs = Math.max(0, ...taken.map(({ count }) => waitLeftMs(count, nowMs)))
    if (waitMs === 0) for (const { one, count } of taken) await writeFailure(tx, one, count, nowMs)
    return waitMs
  })
}

/** One statement makes the row or takes it, so that parallel failures are counted one after the other. */
async function takeCount(tx: Transaction, { key }: LimitedKey, nowMs: number): Promise<FailureCount> {
  const now = new Date(nowMs)
  const row = await tx.rateLimit.upsert({
    where: { key },
    create: { key, windowStartedAt: now, touchedAt: now },
    update: { touchedAt: now },
  })
  return toCount(row)
}

async function writeFailure(
  tx: Transaction,
  { key, limit }: LimitedKey,
  before: FailureCount,
  nowMs: number,
): Promise<void> {
  const after = countFailure(before, limit, nowMs)
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
