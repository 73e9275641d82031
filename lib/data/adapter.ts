import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { keepStatements } from './kept-statements'

export type DatabaseKind = 'sqlite' | 'postgresql'

/** How long one SQLite connection waits for another process's write before it gives up. */
export const SQLITE_BUSY_TIMEOUT_MS = 5_000

/** How long a PostgreSQL server may take to let a connection in; without a limit a dead one is waited for forever. */
export const POSTGRESQL_CONNECT_MS = 5_000

/** Which of the two databases an address means: `file:...` is SQLite, `postgres://` and `postgresql://` PostgreSQL. */
export function databaseKind(databaseUrl: string): DatabaseKind {
  if (databaseUrl.startsWith('file:')) return 'sqlite'
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return 'postgresql'
  throw new Error('DATABASE_URL must begin with "file:" or "postgresql://".')
}

/**
 * The driver behind Prisma for a database address. Nothing is opened until its `connect`. A read-only one refuses
 * writes on SQLite; on PostgreSQL it is like any other.
 */
export function databaseAdapter(databaseUrl: string, readonly = false): PrismaBetterSqlite3 | PrismaPg {
  if (databaseKind(databaseUrl) === 'sqlite') {
    return new KeepingBetterSqlite3({
      url: sqliteFile(databaseUrl),
      timeout: SQLITE_BUSY_TIMEOUT_MS,
      readonly,
    })
  }
  return new PrismaPg({ connectionString: databaseUrl, connectionTimeoutMillis: POSTGRESQL_CONNECT_MS })
}

/** The file of a SQLite address: all that comes after `file:`, relative to the working folder. */
export function sqliteFile(databaseUrl: string): string {
  return databaseUrl.replace(/^file:(\/\/(?=\/))?/, '')
}

class KeepingBetterSqlite3 extends PrismaBetterSqlite3 {
  override async connect() {
    const connected = await super.connect()
    // With a write-ahead log, SQLite's default forgets the last commits when the power fails: links that were spent, sessions
    // that were ended. What was acknowledged has to be on the disk.
    await connected.executeScript('PRAGMA synchronous = FULL').catch(async (error) => {
      await connected.dispose()
      throw error
    })
    // The database of better-sqlite3 behind it, which Prisma's types don't show.
    keepStatements((connected as unknown as { client: Parameters<typeof keepStatements>[0] }).client)
    return connected
  }
}
