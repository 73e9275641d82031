import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'

/** A command that runs beside is waited for; a server never lets go. */
const WAIT_MS = 2_000

/**
 * Runs `work` on the only connection to a SQLite file; answers 'in-use' when a server or a command has it open. Until
 * the end nobody else can open it. All of it is then in the one file: its write-ahead log is gone.
 *
 * `work` must not open the file by other means: closing it again would drop this process's lock (POSIX).
 */
export async function withSoleUse<T>(
  file: string,
  work: (connection: SqlDriverAdapter) => Promise<T>,
): Promise<T | 'in-use'> {
  const connection = await new PrismaBetterSqlite3({ url: file, timeout: WAIT_MS }).connect()
  try {
    if (!(await takeAll(connection))) return 'in-use'
    return await work(connection)
  } finally {
    await connection.dispose()
  }
}

/** Who has the file open with a write-ahead log keeps the log from being given up. */
async function takeAll(connection: SqlDriverAdapter): Promise<boolean> {
  try {
    await connection.executeScript('PRAGMA locking_mode = EXCLUSIVE')
    await connection.executeScript('PRAGMA journal_mode = DELETE')
    await connection.executeScript('BEGIN EXCLUSIVE; COMMIT')
    return true
  } catch (error) {
    if (/SQLITE_BUSY|database is locked|SocketTimeout/.test(`${error} ${JSON.stringify(error)}`)) return false
    throw error
  }
}
