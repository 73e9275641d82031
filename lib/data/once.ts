import type { Transaction } from './database'

/**
 * True for the first who asks for `key`, and again once `forMs` have passed since; of any number who ask at the same
 * moment for exactly one. For what may happen only now and then, such as a mail about the same thing.
 */
export async function claimOnce(tx: Transaction, key: string, forMs: number, now: Date): Promise<boolean> {
  // The row is made or taken first, so that others wait for the outcome.
  const { blockedUntil } = await tx.rateLimit.upsert({
    where: { key },
    create: { key, windowStartedAt: now, touchedAt: now },
    update: { touchedAt: now },
  })
  if (blockedUntil && blockedUntil > now) return false
  await tx.rateLimit.update({ where: { key }, data: { blockedUntil: new Date(now.getTime() + forMs) } })
  return true
}
