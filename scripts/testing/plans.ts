import { openKind, transact } from '@/lib/data/database'
import type { Prisma } from '@/prisma/generated/sqlite/client/client'

/**
 * How the open database would run a statement, as JSON. PostgreSQL plans as it does with many rows: a few are read and sorted
 * sooner than they are looked up.
 */
export async function planOf({ sql, text, values }: Prisma.Sql): Promise<string> {
  const plan = await transact(async (tx) => {
    if (openKind() === 'sqlite') return tx.$queryRawUnsafe(`EXPLAIN QUERY PLAN ${sql}`, ...values)
    for (const way of ['seqscan', 'bitmapscan', 'sort'])
      await tx.$executeRawUnsafe(`SET LOCAL enable_${way} = off`)
    return tx.$queryRawUnsafe(`EXPLAIN ${text}`, ...values)
  })
  return JSON.stringify(plan, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}
