import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient as PostgresqlClient } from '@/prisma/generated/postgresql/client/client'
import { type Prisma, PrismaClient } from '@/prisma/generated/sqlite/client/client'
import { env } from '../env'

/** The open database. Both clients come from the same models, so one type serves for both. */
export type Database = PrismaClient
/** What runs inside a transaction. */
export type Transaction = Prisma.TransactionClient

const DATABASE = Symbol.for('gatehouse.database')
const shared = globalThis as { [DATABASE]?: Database }

const BUSY_TIMEOUT_MS = 5_000
const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 }
const ATTEMPTS = 6

/** The database of this process, opened on first use. */
export function database(): Database {
  shared[DATABASE] ??= openDatabase(env().DATABASE_URL)
  return shared[DATABASE]
}

/** Makes `url` the database of this process; for tests and the command line. */
export async function useDatabase(url: string): Promise<Database> {
  await closeDatabase()
  shared[DATABASE] = openDatabase(url)
  return shared[DATABASE]
}

export async function closeDatabase(): Promise<void> {
  await shared[DATABASE]?.$disconnect()
  delete shared[DATABASE]
}

function openDatabase(url: string): Database {
  if (url.startsWith('file:'))
    return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, timeout: BUSY_TIMEOUT_MS }) })
  return new PostgresqlClient({ adapter: new PrismaPg({ connectionString: url }) }) as unknown as PrismaClient
}

export function isPostgresql(): boolean {
  return env().databaseKind === 'postgresql'
}

/**
 * Runs `work` in one transaction: all of it or nothing. Repeats it when the database was busy or two transactions
 * collided, so `work` must have no effect outside the database.
 */
export async function transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, TRANSACTION_LIMITS)
    } catch (error) {
      if (attempt >= ATTEMPTS || !isCollision(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 15 * 2 ** attempt * (0.5 + Math.random())))
    }
  }
}

/** P1008 and P2028: timed out waiting; P2034: write conflict or deadlock. */
function isCollision(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    ['P1008', 'P2028', 'P2034', 'SQLITE_BUSY'].includes(code) ||
    /SQLITE_BUSY|database is locked/.test(String(error))
  )
}

/** True for a row that another one with the same unique value forestalled (P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === 'P2002'
}

/**
 * Takes the account's row for writing until the transaction ends, so that two changes of one account happen one
 * after the other. The first statement of every transaction that reads before it writes.
 */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId }, data: { id: accountId } })
}
