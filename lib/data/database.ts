import { PrismaClient as PostgresqlClient } from '@/prisma/generated/postgresql/client/client'
import { type Prisma, PrismaClient } from '@/prisma/generated/sqlite/client/client'
import { env } from '../env'
import { type DatabaseKind, databaseAdapter, databaseKind } from './adapter'
import { SharedConnection } from './own-statements'

/** The open database. Both clients come from the same models, so one type serves for both. */
export type Database = PrismaClient
/** What runs inside a transaction. */
export type Transaction = Prisma.TransactionClient

interface Connections {
  url: string
  kind: DatabaseKind
  /** Reads committed rows only; on SQLite it cannot write at all. */
  reading: Database
  /**
   * Transactions only. On SQLite they share one connection and take turns; a statement from outside would run inside
   * whatever transaction is open on it and vanish with its rollback, which is why reading has a connection of its own.
   */
  writing: Database
  /** What they read from and write to. */
  readingFrom: SharedConnection
  writingTo: SharedConnection
}

const CONNECTIONS = Symbol.for('gatehouse.database')
const shared = globalThis as { [CONNECTIONS]?: Connections }

const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 15_000 }
const ATTEMPTS = 6
/** One that took too long may have waited for another; repeated more often it would hold up everybody who writes. */
const ATTEMPTS_THAT_EXPIRE = 2

/** For reading. Every write goes through `transact`, single ones too. */
export function database(): Database {
  return connections().reading
}

/** Which of the two databases is open, for the few statements that differ. */
export function openKind(): DatabaseKind {
  return connections().kind
}

/** The address of the open database, for a thread that opens it, too. */
export function openUrl(): string {
  return connections().url
}

function connections(): Connections {
  shared[CONNECTIONS] ??= connect(env().DATABASE_URL)
  return shared[CONNECTIONS]
}

/** Makes `url` the database of this process; for tests and the command line. */
export async function useDatabase(url: string): Promise<void> {
  await closeDatabase()
  shared[CONNECTIONS] = connect(url)
}

export async function closeDatabase(): Promise<void> {
  const open = shared[CONNECTIONS]
  delete shared[CONNECTIONS]
  await Promise.all([open?.reading.$disconnect(), open?.writing.$disconnect()])
  await Promise.all([open?.readingFrom.close(), open?.writingTo.close()])
}

function connect(url: string): Connections {
  // Both clients are generated from the same models.
  const kind = databaseKind(url)
  const Client = kind === 'sqlite' ? PrismaClient : (PostgresqlClient as unknown as typeof PrismaClient)
  const readingFrom = new SharedConnection(databaseAdapter(url, true))
  const writingTo = new SharedConnection(databaseAdapter(url))
  const reading = readingFrom.lendTo(new Client({ adapter: readingFrom }))
  return { url, kind, reading, writing: new Client({ adapter: writingTo }), readingFrom, writingTo }
}

/**
 * Runs `work` in one transaction: all of it or nothing. Repeats it when the database was busy or two transactions
 * collided, and once when it took longer than the limits allow, so `work` must have no effect outside the database.
 */
export async function transact<T>(
  work: (tx: Transaction) => Promise<T>,
  limits = TRANSACTION_LIMITS,
): Promise<T> {
  const begin = (run: typeof work) => connections().writing.$transaction(run, limits)
  for (let attempt = 1; ; attempt++) {
    try {
      return await connections().writingTo.within(begin, work)
    } catch (error) {
      const atMost = isExpiry(error) ? ATTEMPTS_THAT_EXPIRE : ATTEMPTS
      if (attempt >= atMost || !isCollision(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 15 * 2 ** attempt * (0.5 + Math.random())))
    }
  }
}

/**
 * P1008 and P2028: timed out waiting; P2034: write conflict or deadlock. The last words are those of PostgreSQL's pool when all
 * of its connections are in use: a change of one long list holds up everybody of its account, and they may take them all.
 */
function isCollision(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    ['P1008', 'P2028', 'P2034', 'SQLITE_BUSY'].includes(code) ||
    /SQLITE_BUSY|database is locked|timeout exceeded when trying to connect/.test(String(error))
  )
}

/** P2028 has two meanings: a transaction that never began, and one that ended before its work did. */
function isExpiry(error: unknown): boolean {
  return (error as { code?: string }).code === 'P2028' && !/Unable to start/.test(String(error))
}

/** True for a row that another one with the same unique value forestalled (P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: string }).code === 'P2002'
}

/**
 * Takes the account's row for writing until the transaction ends, so that two changes of one account happen one
 * after the other. The first statement of every transaction that reads before it writes, and of every one that changes
 * a row and writes an audit row about it: taken in another order, two of them would wait for each other. What is set is not
 * a key, since SQLite would look through all rows of the account, in every table, for one that refers to the old one.
 */
export async function lockAccount(tx: Transaction, accountId: string): Promise<void> {
  await tx.$executeRaw`UPDATE "Account" SET "name" = "name" WHERE "id" = ${accountId}`
}
