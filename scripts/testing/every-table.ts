import { queryRows, withConnection } from '@/lib/data/connection'
import { type Column, listTables, type Table } from '@/lib/data/move-tables'

const ROWS = 3
/** What people type, and what breaks a careless copy. */
const TEXTS = ['O\'Brien "and" \\ Søn', '日本語 🚪 �', ' two\nlines\t']

/**
 * Puts rows into every table of a SQLite database, whatever tables there are; their columns are looked up in a
 * PostgreSQL database of the same version. What may be empty is, in the second row.
 */
export async function fillEveryTable(sqliteUrl: string, postgresqlUrl: string): Promise<void> {
  const { tables, labels } = await withConnection(postgresqlUrl, async (connection) => ({
    tables: await listTables(connection),
    labels: await queryRows(
      connection,
      `SELECT table_name::text, column_name::text, enumlabel::text FROM information_schema.columns
       JOIN pg_type ON typname = udt_name JOIN pg_enum ON enumtypid = pg_type.oid`,
    ),
  }))
  await withConnection(sqliteUrl, async (connection) => {
    for (const table of tables) {
      const references = await queryRows(
        connection,
        `SELECT "from", "table", "to" FROM pragma_foreign_key_list('${table.name}')`,
      )
      const optional = await queryRows(
        connection,
        `SELECT name FROM pragma_table_info('${table.name}') WHERE "notnull" = 0 AND pk = 0`,
      )
      for (let row = 0; row < ROWS; row++) {
        const values = table.columns.map((column) => {
          const reference = references.find(([from]) => from === column.name)
          if (row === 1 && optional.some(([name]) => name === column.name)) return 'NULL'
          if (reference) return textOf(String(reference[1]), String(reference[2]), row)
          const allowed = labels.filter(([of, name]) => of === table.name && name === column.name)
          return allowed.length > 0
            ? quoted(String(allowed[row % allowed.length]?.[2]))
            : literal(table, column, row)
        })
        const names = table.columns.map(({ name }) => `"${name}"`)
        await connection.executeScript(
          `INSERT INTO "${table.name}" (${names.join(', ')}) VALUES (${values.join(', ')})`,
        )
      }
    }
  })
}

function literal(table: Table, { name, kind }: Column, row: number): string {
  switch (kind) {
    case 'text':
      return textOf(table.name, name, row)
    case 'boolean':
      return String(row % 2)
    case 'number':
      return String(row + 1)
    case 'big':
      return String(9_007_199_254_740_993n + BigInt(row))
    case 'real':
      return String(0.1 + row)
    case 'bytes':
      return `X'00ff0${row}'`
    case 'instant':
      // As Prisma writes it, and as SQLite's own clock does.
      return row === 2 ? "'2026-01-02 03:04:05'" : `'2026-01-02T03:04:05.${670 + row}+00:00'`
  }
}

/** Unique within the table and column, and the same for whoever refers to it. */
function textOf(table: string, column: string, row: number): string {
  return quoted(`${table}.${column}.${row} ${TEXTS[row]}`)
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
