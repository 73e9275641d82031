import { stat } from 'node:fs/promises'
import { env } from '../env'
import { databaseKind, sqliteFile } from './adapter'
import { database, openKind, openUrl } from './database'
import { migrationNames } from './migration-files'

const KNOWN = Symbol.for('gatehouse.migration-names')
const FILE = Symbol.for('gatehouse.database-file')
const shared = globalThis as {
  [KNOWN]?: Promise<string[]>
  [FILE]?: { url: string; identity: string | null }
}

/** Why this instance can't serve now, in a sentence, or null. One small query on the open connection, or a timeout. */
export async function findUnreadiness(longestMs: number): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('The database does not answer.'), longestMs)
  })
  try {
    return await Promise.race([look(), timeout])
  } catch {
    return "The database can't be read."
  } finally {
    clearTimeout(timer)
  }
}

async function look(): Promise<string | null> {
  const reason = await compareMigrations()
  if (reason || openKind() !== 'sqlite') return reason
  return (await isFileAsBefore(openUrl()))
    ? null
    : 'The file of the database was moved, deleted or replaced beside this instance. Put it back, or restart.'
}

/** Whether the file is the one of the first look. SQLite goes on with one that is gone, and all it writes there is lost. */
async function isFileAsBefore(url: string): Promise<boolean> {
  const identity = await stat(sqliteFile(url), { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => null,
  )
  if (shared[FILE]?.url !== url) shared[FILE] = { url, identity }
  return identity !== null && identity === shared[FILE].identity
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
