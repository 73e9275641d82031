import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { queryRows } from './connection'

/** How values of a column are written in SQLite and have to be read there. */
type Kind = 'text' | 'number' | 'big' | 'boolean' | 'instant' | 'bytes' | 'real'

export interface Column {
  name: string
  kind: Kind
}

/** One table as both databases have it. */
export interface Table {
  name: string
  columns: readonly Column[]
  /** Tables whose rows its rows belong to. */
  needs: readonly string[]
}

/**
 * Every table of the PostgreSQL database but Prisma's own, each after those that its rows belong to. Read from the
 * catalogue, so that a table which a migration adds is moved without another word.
 */
export async function listTables(target: SqlQueryable): Promise<Table[]> {
  const columns = await queryRows(
    target,
    `SELECT c.relname::text, a.attname::text,
            CASE WHEN t.typtype = 'e' THEN 'enum' ELSE t.typname::text END
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
       AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'
     ORDER BY c.relname, a.attnum`,
  )
  const references = await queryRows(
    target,
    `SELECT DISTINCT c.relname::text, f.relname::text
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
     WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace`,
  )
  const names = [...new Set(columns.map(([table]) => String(table)))]
  return inOrder(
    names.map((name) => ({
      name,
      columns: columns
        .filter(([table]) => table === name)
        .map(([, column, type]) => ({ name: String(column), kind: kindOf(String(type), name) })),
      needs: references.filter(([from, to]) => from === name && to !== name).map(([, to]) => String(to)),
    })),
  )
}

const KINDS: Readonly<Record<string, Kind>> = {
  text: 'text',
  varchar: 'text',
  enum: 'text',
  int2: 'number',
  int4: 'number',
  int8: 'big',
  bool: 'boolean',
  timestamp: 'instant',
  timestamptz: 'instant',
  bytea: 'bytes',
  float8: 'real',
}

function kindOf(type: string, table: string): Kind {
  const kind = KINDS[type]
  if (!kind) throw new Error(`The table ${table} has a column of type ${type}, which can't be moved.`)
  return kind
}

function inOrder(tables: readonly Table[]): Table[] {
  const ordered: Table[] = []
  while (ordered.length < tables.length) {
    const isPlaced = (name: string) => ordered.some((one) => one.name === name)
    const next = tables.filter(({ name, needs }) => !isPlaced(name) && needs.every(isPlaced))
    if (next.length === 0) throw new Error('Tables belong to each other in a circle, which cannot be moved.')
    ordered.push(...next)
  }
  return ordered
}
