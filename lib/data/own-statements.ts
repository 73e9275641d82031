import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  type DriverAdapterError,
  type Transaction as DriverTransaction,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQueryable,
} from '@prisma/driver-adapter-utils'
import { Prisma } from '@/prisma/generated/sqlite/client/client'

/** The driver's side of one transaction of Prisma's client, while it is open. */
interface Open {
  transaction: DriverTransaction | null
}

/** Whose transaction the driver is asked to begin. */
const beginning = new AsyncLocalStorage<Open>()

/**
 * One connection (or pool) for Prisma's client and for statements written out in SQL. Those go to the driver at once:
 * Prisma's client takes several times as long to pass one on as most of them take to run. Values of the kinds that the
 * models have go in and come out as they do through Prisma, and errors have Prisma's codes.
 */
export class SharedConnection implements SqlDriverAdapterFactory {
  readonly provider
  readonly adapterName
  readonly #factory: SqlDriverAdapterFactory
  #connected: Promise<SqlDriverAdapter> | undefined

  constructor(factory: SqlDriverAdapterFactory) {
    this.#factory = factory
    this.provider = factory.provider
    this.adapterName = factory.adapterName
  }

  /** The same one whoever asks, until it is closed. */
  connect(): Promise<SqlDriverAdapter> {
    this.#connected ??= this.#open()
    return this.#connected
  }

  async #open(): Promise<SqlDriverAdapter> {
    try {
      return this.#watched(await this.#factory.connect())
    } catch (error) {
      this.#connected = undefined
      throw error
    }
  }

  #watched(adapter: SqlDriverAdapter): SqlDriverAdapter {
    const begin = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const open = beginning.getStore()
      const transaction = await begin(isolation)
      if (open && !open.transaction) lend(transaction, open)
      return transaction
    }
    const dispose = adapter.dispose.bind(adapter)
    let disposed: Promise<void> | undefined
    adapter.dispose = () => {
      this.#connected = undefined
      disposed ??= dispose()
      return disposed
    }
    return adapter
  }

  /** Closes it also when Prisma's client never used it. */
  async close(): Promise<void> {
    await (await this.#connected?.catch(() => undefined))?.dispose()
  }

  /** The client, whose own statements go straight to this connection. */
  lendTo<Client extends object>(client: Client): Client {
    return withOwnStatements(client, async (run) => run(await this.connect()))
  }

  /** Has `transact` begin a transaction of Prisma's client, and `work` run in it with statements that go straight into it. */
  within<Tx extends object, T>(
    transact: (work: (tx: Tx) => Promise<T>) => Promise<T>,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const open: Open = { transaction: null }
    // Looked up and run in one step, so that its end can't come in between.
    const lent: Lender = async (run) => {
      if (!open.transaction) throw new StatementFailed('The transaction is over.', 'P2028')
      return run(open.transaction)
    }
    return beginning.run(open, () => transact((tx) => work(withOwnStatements(tx, lent))))
  }
}

/** Nothing may run on the connection in the transaction's name once it ends, by whatever way. */
function lend(transaction: DriverTransaction, open: Open): void {
  open.transaction = transaction
  const execute = transaction.executeRaw.bind(transaction)
  transaction.executeRaw = (query) => {
    if (query.sql === 'COMMIT' || query.sql === 'ROLLBACK') open.transaction = null
    return execute(query)
  }
}

/** Runs a statement on a connection, or in a transaction that is open. */
type Lender = <T>(run: (on: SqlQueryable) => Promise<T>) => Promise<T>

function withOwnStatements<Client extends object>(client: Client, lender: Lender): Client {
  const ask: Lender = async (run) => {
    try {
      return await lender(run)
    } catch (error) {
      throw isDriverAdapterError(error) ? withCode(error) : error
    }
  }
  return Object.create(client, {
    $queryRaw: {
      value: (query: Query, ...values: unknown[]) =>
        ask(async (on) => objectsOf(await on.queryRaw(statementOf(on, query, values)))),
    },
    $executeRaw: {
      value: (query: Query, ...values: unknown[]) =>
        ask((on) => on.executeRaw(statementOf(on, query, values))),
    },
  })
}

type Query = TemplateStringsArray | Prisma.Sql

function statementOf(on: SqlQueryable, query: Query, values: unknown[]) {
  const statement = 'raw' in query ? Prisma.sql(query, ...values) : query
  return {
    sql: on.provider === 'postgres' ? statement.text : statement.sql,
    args: statement.values,
    argTypes: statement.values.map((value) => (Array.isArray(value) ? LIST : SCALAR)),
  }
}

const SCALAR: ArgType = { scalarType: 'unknown', arity: 'scalar' }
const LIST: ArgType = { scalarType: 'unknown', arity: 'list' }

function objectsOf({ columnNames, columnTypes, rows }: Awaited<ReturnType<SqlQueryable['queryRaw']>>) {
  return rows.map((row) => {
    const object: Record<string, unknown> = {}
    for (const [i, name] of columnNames.entries()) object[name] = asPrismaGives(row[i], columnTypes[i])
    return object
  })
}

function asPrismaGives(value: unknown, type: ColumnType | undefined): unknown {
  if (value === null) return null
  switch (type) {
    case ColumnTypeEnum.Int64:
      return BigInt(value as string | number)
    case ColumnTypeEnum.Boolean:
      return value === true || value === 1
    case ColumnTypeEnum.DateTime:
      return new Date(value as string)
    default:
      return value
  }
}

/** What Prisma's client calls the failures that somebody here tells apart; others keep the database's own code. */
const CODES: Partial<Record<DriverAdapterError['cause']['kind'], string>> = {
  AuthenticationFailed: 'P1000',
  DatabaseNotReachable: 'P1001',
  DatabaseDoesNotExist: 'P1003',
  SocketTimeout: 'P1008',
  DatabaseAccessDenied: 'P1010',
  TlsConnectionError: 'P1011',
  ConnectionClosed: 'P1017',
  UniqueConstraintViolation: 'P2002',
  TransactionWriteConflict: 'P2034',
}

/** The database did not carry out a statement. */
class StatementFailed extends Error {
  override name = 'StatementFailed'

  constructor(
    message: string,
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

function withCode(error: DriverAdapterError): StatementFailed {
  const { kind, originalCode, originalMessage } = error.cause
  return new StatementFailed(originalMessage ?? error.message, CODES[kind] ?? originalCode ?? kind, {
    cause: error,
  })
}
