/** What Prisma's adapter uses of better-sqlite3's database and statements. */
interface Client {
  prepare(sql: string): Statement
}
interface Statement {
  readonly reader: boolean
  run(args?: readonly unknown[]): unknown
  columns(): unknown
  raw(): { all(args: readonly unknown[]): unknown }
}

/** Prisma writes lists into its SQL, so there is no end of different statements. */
const KEPT_AT_MOST = 300

/**
 * Makes a connection to SQLite keep the statements that it has prepared, the latest used. The adapter prepares each one anew,
 * which takes longer than most of them run, and binds it for good; what it gets here is the kept statement together with
 * the values of this once.
 */
export function keepStatements(client: Client): void {
  const kept = new Map<string, Statement>()
  const prepare = client.prepare.bind(client)
  const statementOf = (sql: string) => {
    const statement = kept.get(sql) ?? prepare(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    if (kept.size > KEPT_AT_MOST) kept.delete(kept.keys().next().value as string)
    return statement
  }
  client.prepare = (sql) => bound(statementOf(sql), []) as unknown as Statement
}

function bound(statement: Statement, values: readonly unknown[]) {
  let rows: unknown
  const read = () => {
    rows ??= statement.raw().all(values)
    return rows
  }
  return {
    reader: statement.reader,
    bind: (given: readonly unknown[]) => bound(statement, given),
    run: () => statement.run(values),
    columns: () => {
      // Only running it notices that a table was changed since it was prepared.
      read()
      return statement.columns()
    },
    raw: () => ({ all: read }),
  }
}
