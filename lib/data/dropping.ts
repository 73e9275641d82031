import { setTimeout as sleep } from 'node:timers/promises'
import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { database, openKind, transact } from './database'

/** Rows of one table. */
export interface Which {
  table: Prisma.ModelName
  /** The column that tells rows apart. */
  key?: string
  /** Has to be answered by an index: on SQLite nobody else writes meanwhile. */
  where: Prisma.Sql
}

/** How much one call does, and what breaks it off after the batch under way. */
export interface Bounds {
  atMost?: number
  signal?: AbortSignal | undefined
}

const BATCH = 200
const AT_MOST = 50_000
const PAUSE_MS = 20

/**
 * Drops the rows, a few hundred at a time, each in a transaction of its own with a pause behind it, so that nobody who
 * signs in waits for it. Of several instances that drop at once each takes rows that the others have not. Answers how many.
 */
export async function dropRows(which: Which, { atMost = AT_MOST, signal }: Bounds = {}): Promise<number> {
  let dropped = 0
  while (dropped < atMost && !signal?.aborted) {
    const wanted = Math.min(BATCH, atMost - dropped)
    const count = await dropSome(which, wanted)
    dropped += count
    if (count < wanted) break
    await sleep(PAUSE_MS)
  }
  return dropped
}

/** One statement, so that no transaction begins with reading and has to be repeated. */
async function dropSome({ table, key = 'id', where }: Which, limit: number): Promise<number> {
  const [rows, id] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${key}"`)]
  // Where nothing is over, nothing is waited for.
  const [any] = await database().$queryRaw<unknown[]>`SELECT 1 AS "any" FROM ${rows} WHERE ${where} LIMIT 1`
  if (!any) return 0
  const chosen = Prisma.sql`SELECT ${id} FROM ${rows} WHERE ${where} LIMIT ${limit}`
  const some =
    openKind() === 'postgresql'
      ? Prisma.sql`= ANY(ARRAY(${chosen} FOR UPDATE SKIP LOCKED))`
      : Prisma.sql`IN (${chosen})`
  return transact((tx) => tx.$executeRaw`DELETE FROM ${rows} WHERE ${id} ${some}`)
}
