import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { databaseAdapter, databaseKind, sqliteFile } from './adapter'

/** How long a start waits for another one's migrations. */
const LOCK_WAIT_MS = 120_000
const LOCK_RETRY_MS = 50
/** Any number will do, as long as no other program on the same database takes it. */
const ADVISORY_LOCK = 4_282_471_563

/**
 * Runs `work` while no other process migrates the same database. The database itself keeps the lock, so it
 * goes when its holder goes, also after a crash.
 */
export async function withMigrationLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  return databaseKind(databaseUrl) === 'sqlite'
    ? withSqliteLock(databaseUrl, work)
    : withAdvisoryLock(databaseUrl, work)
}

/** SQLite's engine needs the database file for itself, so the lock is an (always empty) database beside it. */
async function withSqliteLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const connection = await new PrismaBetterSqlite3({
    url: `${sqliteFile(databaseUrl)}.migrating`,
    timeout: 0,
  }).connect()
  try {
    await takeSqliteLock(connection)
    return await work()
  } finally {
    await connection.dispose()
  }
}

async function takeSqliteLock(connection: SqlDriverAdapter): Promise<void> {
  const giveUpAt = Date.now() + LOCK_WAIT_MS
  for (;;) {
    try {
      return await connection.executeScript('BEGIN EXCLUSIVE')
    } catch (error) {
      if (Date.now() > giveUpAt) throw error
      await sleep(LOCK_RETRY_MS)
    }
  }
}

async function withAdvisoryLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const connection = await databaseAdapter(databaseUrl).connect()
  try {
    const transaction = await connection.startTransaction()
    try {
      const sql = `SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})::text`
      await transaction.queryRaw({ sql, args: [], argTypes: [] })
      return await work()
    } finally {
      await transaction.executeRaw({ sql: 'ROLLBACK', args: [], argTypes: [] })
      await transaction.rollback()
    }
  } finally {
    await connection.dispose()
  }
}
