import { env } from '../env'
import { databaseKind } from './adapter'
import { database } from './database'
import { migrationNames } from './migration-files'

const KNOWN = Symbol.for('gatehouse.migration-names')
const shared = globalThis as { [KNOWN]?: Promise<string[]> }

/** Why this instance can't serve now, in a sentence, or null. One small query on the open connection, or a timeout. */
export async function findUnreadiness(longestMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('The database does not answer.'), longestMs)
  })
  try {
    return await Promise.race([compareMigrations(), timeout])
  } catch {
    return "The database can't be read."
  } finally {
    clearTimeout(timer)
  }
}

async function compareMigrations(): Promise<string | null> {
  shared[KNOWN] ??= migrationNames(databaseKind(env().DATABASE_URL))
  const known = await shared[KNOWN]
  const rows = await database().$queryRaw<{ name: string; done: number }[]>`
    SELECT migration_name AS "name", CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END AS "done"
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`
  const applied = new Set(rows.filter(({ done }) => Number(done) === 1).map(({ name }) => name))
  if (rows.some(({ name, done }) => Number(done) === 0 && known.includes(name)))
    return 'A migration of the database is running, or was not finished.'
  if (known.some((name) => !applied.has(name)))
    return 'The database is older than this Gatehouse: migrations are pending.'
  if (rows.length > known.length) return 'The database was made by a newer Gatehouse.'
  return null
}
