import type { Transaction } from './database'

/**
 * True for the first who asks for `key`, and again once `forMs` have passed since; of any number who ask at the same
 * moment for exactly one. For what may happen only now and then, such as a mail about the same thing.
 */
export async function claimOnce(tx: Transaction, key: string, forMs: number, now: Date): Promise<boolean> {
  return (await claimOrWait(tx, key, forMs, now)) === null
}

/** The same; to everybody but the one it tells when the claim ends: null is the one. */
export async function claimOrWait(
  tx: Transaction,
  key: string,
  forMs: number,
  now: Date,
): Promise<Date | null> {
  // The row is made or taken first, so that others wait for the outcome.
  const { blockedUntil } = await tx.rateLimit.upsert({
    where: { key },
    create: { key, windowStartedAt: now, touchedAt: now },
    update: { touchedAt: now },
  })
  const after = (ms: number) => new Date(now.getTime() + ms)
  // Clocks of instances differ a little; a claim that is over much later than one made now is from before the clock went back.
  if (blockedUntil && blockedUntil > now && blockedUntil < after(2 * forMs)) return blockedUntil
  await tx.rateLimit.update({ where: { key }, data: { blockedUntil: after(forMs) } })
  return null
}
