import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { databaseAdapter, databaseKind, sqliteFile } from './adapter'
import { UnfitDatabase } from './database-errors'

/** How long a start waits for another one's migrations, which may have much to move. */
const LOCK_WAIT_MS = 15 * 60_000
const LOCK_RETRY_MS = 50
/** Any number will do, as long as no other program on the same database takes it. */
const ADVISORY_LOCK = 4_282_471_563
/** PostgreSQL's code for a lock that was waited for too long. */
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Runs `work` while no other process migrates the same database. The database itself keeps the lock, so it
 * goes when its holder goes, also after a crash.
 */
export async function withMigrationLock<T>(
  databaseUrl: string,
  work: () => Promise<T>,
  waitMs = LOCK_WAIT_MS,
): Promise<T> {
  return databaseKind(databaseUrl) === 'sqlite'
    ? withSqliteLock(databaseUrl, work, waitMs)
    : withAdvisoryLock(databaseUrl, work, waitMs)
}

function waitedTooLong(): UnfitDatabase {
  return new UnfitDatabase(
    'Another process is migrating this database, or moving into it, and has not ended. See what it does, end it if it hangs, and start again.',
  )
}

/** Whether a process holds that lock now. */
export async function isMigrationRunning(databaseUrl: string): Promise<boolean> {
  return databaseKind(databaseUrl) === 'sqlite'
    ? isSqliteLockTaken(databaseUrl)
    : isAdvisoryLockTaken(databaseUrl)
}

/** SQLite's engine needs the database file for itself, so the lock is an (always empty) database beside it. */
async function withSqliteLock<T>(databaseUrl: string, work: () => Promise<T>, waitMs: number): Promise<T> {
  const connection = await openSqliteLock(databaseUrl)
  try {
    await takeSqliteLock(connection, waitMs)
    return await work()
  } finally {
    await connection.dispose()
  }
}

async function isSqliteLockTaken(databaseUrl: string): Promise<boolean> {
  const connection = await openSqliteLock(databaseUrl)
  try {
    return !(await tryTakingSqliteLock(connection))
  } finally {
    await connection.dispose()
  }
}

function openSqliteLock(databaseUrl: string): Promise<SqlDriverAdapter> {
  const url = `${sqliteFile(databaseUrl)}.migrating`
  return new PrismaBetterSqlite3({ url, timeout: 0 }).connect()
}

async function takeSqliteLock(connection: SqlDriverAdapter, waitMs: number): Promise<void> {
  const giveUpAt = performance.now() + waitMs
  while (!(await tryTakingSqliteLock(connection))) {
    if (performance.now() > giveUpAt) throw waitedTooLong()
    await sleep(LOCK_RETRY_MS)
  }
}

async function tryTakingSqliteLock(connection: SqlDriverAdapter): Promise<boolean> {
  try {
    await connection.executeScript('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    const { cause } = error as { cause?: { originalCode?: string } }
    if (cause?.originalCode === 'SQLITE_BUSY') return false
    throw error
  }
}

async function withAdvisoryLock<T>(databaseUrl: string, work: () => Promise<T>, waitMs: number): Promise<T> {
  const connection = await databaseAdapter(databaseUrl).connect()
  try {
    const transaction = await connection.startTransaction()
    try {
      await takeAdvisoryLock(transaction, waitMs)
      return await work()
    } finally {
      await transaction.executeRaw(statement('ROLLBACK'))
      await transaction.rollback()
    }
  } finally {
    await connection.dispose()
  }
}

async function takeAdvisoryLock(transaction: SqlQueryable, waitMs: number): Promise<void> {
  await transaction.executeRaw(statement(`SET LOCAL lock_timeout = ${waitMs}`))
  // It does nothing while the work is done elsewhere, for which some servers would end it.
  await transaction.executeRaw(statement('SET LOCAL idle_in_transaction_session_timeout = 0'))
  try {
    await transaction.queryRaw(statement(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})::text`))
  } catch (error) {
    const { cause } = error as { cause?: { originalCode?: string } }
    throw cause?.originalCode === LOCK_NOT_AVAILABLE ? waitedTooLong() : error
  }
}

/** Locks of this kind show up as two halves of their number. */
async function isAdvisoryLockTaken(databaseUrl: string): Promise<boolean> {
  const connection = await databaseAdapter(databaseUrl).connect()
  try {
    const { rows } = await connection.queryRaw(
      statement(`SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database AND d.datname = current_database()
        WHERE locktype = 'advisory' AND granted AND objsubid = 1
          AND (classid::bigint << 32) + objid::bigint = ${ADVISORY_LOCK}`),
    )
    return rows.length > 0
  } finally {
    await connection.dispose()
  }
}

function statement(sql: string) {
  return { sql, args: [], argTypes: [] }
}
