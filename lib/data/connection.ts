import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { databaseAdapter } from './adapter'

/** Lends a connection of its own to a database, past Prisma's client; closed afterwards. */
export async function withConnection<T>(
  databaseUrl: string,
  use: (connection: SqlDriverAdapter) => Promise<T>,
): Promise<T> {
  const connection = await databaseAdapter(databaseUrl).connect()
  try {
    return await use(connection)
  } finally {
    await connection.dispose()
  }
}

/** The rows of one statement, each a list of values in the order of the columns. */
export async function queryRows(
  connection: SqlQueryable,
  sql: string,
  args: (string | number)[] = [],
): Promise<unknown[][]> {
  const argTypes = args.map((arg) => ({
    scalarType: typeof arg === 'number' ? ('int' as const) : ('string' as const),
    arity: 'scalar' as const,
  }))
  return (await connection.queryRaw({ sql, args, argTypes })).rows
}
