import { setTimeout as sleep } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { databaseAdapter, databaseKind, sqliteFile } from './adapter'

/** How long a start waits for another one's migrations, which may have much to move. */
const LOCK_WAIT_MS = 15 * 60_000
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

/** Whether a process holds that lock now. */
export async function isMigrationRunning(databaseUrl: string): Promise<boolean> {
  return databaseKind(databaseUrl) === 'sqlite'
    ? isSqliteLockTaken(databaseUrl)
    : isAdvisoryLockTaken(databaseUrl)
}

/** SQLite's engine needs the database file for itself, so the lock is an (always empty) database beside it. */
async function withSqliteLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const connection = await openSqliteLock(databaseUrl)
  try {
    await takeSqliteLock(connection)
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

async function takeSqliteLock(connection: SqlDriverAdapter): Promise<void> {
  const giveUpAt = performance.now() + LOCK_WAIT_MS
  while (!(await tryTakingSqliteLock(connection))) {
    if (performance.now() > giveUpAt)
      throw new Error('Another process has been migrating this database for 15 minutes.')
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

async function withAdvisoryLock<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const connection = await databaseAdapter(databaseUrl).connect()
  try {
    const transaction = await connection.startTransaction()
    try {
      await transaction.executeRaw(statement(`SET LOCAL lock_timeout = ${LOCK_WAIT_MS}`))
      await transaction.queryRaw(statement(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})::text`))
      return await work()
    } finally {
      await transaction.executeRaw(statement('ROLLBACK'))
      await transaction.rollback()
    }
  } finally {
    await connection.dispose()
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
