import { createHash } from 'node:crypto'
import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { queryRows } from './connection'
import type { Column, Table } from './move-tables'

/** A row in one form for both databases; instants in milliseconds, bytes in hexadecimal. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

/** Rows of a table of the SQLite database that lie behind `after`, in the order in which they were made. */
export async function readSource(
  source: SqlQueryable,
  table: Table,
  after: number,
  limit: number,
): Promise<{ rows: Row[]; last: number }> {
  const values = table.columns.map((column) => `'${column.name}', ${inSqlite(column)}`)
  const found = await queryRows(
    source,
    `SELECT _rowid_, json_object(${values.join(', ')}) FROM ${quoted(table.name)}
     WHERE _rowid_ > ? ORDER BY _rowid_ LIMIT ?`,
    [after, limit],
  )
  return {
    rows: found.map(([, json]) => toRow(table, String(json))),
    last: Number(found.at(-1)?.[0] ?? after),
  }
}

function inSqlite({ name, kind }: Column): string {
  if (kind === 'bytes') return `lower(hex(${quoted(name)}))`
  if (kind === 'big') return `CAST(${quoted(name)} AS TEXT)`
  if (kind === 'real') return `printf('%!.17g', ${quoted(name)})`
  return quoted(name)
}

/** Every row of a table of the PostgreSQL database, in portions; within one transaction. */
export async function* readTarget(target: SqlQueryable, table: Table, limit: number): AsyncIterable<Row[]> {
  const values = table.columns.map((column) => `'${column.name}', ${inPostgresql(column)}`)
  await queryRows(
    target,
    `DECLARE moved NO SCROLL CURSOR FOR SELECT json_build_object(${values.join(', ')})::text FROM ${quoted(table.name)}`,
  )
  for (;;) {
    const found = await queryRows(target, `FETCH ${limit} FROM moved`)
    if (found.length === 0) break
    yield found.map(([json]) => toRow(table, String(json)))
  }
  await queryRows(target, 'CLOSE moved')
}

function inPostgresql({ name, kind }: Column): string {
  if (kind === 'bytes') return `encode(${quoted(name)}, 'hex')`
  if (kind === 'big') return `${quoted(name)}::text`
  return quoted(name)
}

function toRow(table: Table, json: string): Row {
  const read = JSON.parse(json)
  return Object.fromEntries(table.columns.map((column) => [column.name, toValue(column, read[column.name])]))
}

function toValue({ kind }: Column, value: string | number | boolean | null): Row[string] {
  if (value === null) return null
  switch (kind) {
    case 'boolean':
      return value === true || value === 1
    case 'real':
      return Number(value)
    case 'instant':
      return toInstant(value)
    case 'text':
      // PostgreSQL has no NUL in a text; somebody may have typed one where SQLite took it.
      return String(value).replaceAll('\0', '\ufffd')
    case 'number':
    case 'big':
    case 'bytes':
      return value
  }
}

/** SQLite has instants with their zone or, from its own clock, without one; PostgreSQL without: all are UTC. */
function toInstant(value: string | number | boolean): number {
  const text = String(value).replace(' ', 'T')
  const at =
    typeof value === 'number' ? value : Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
  if (Number.isNaN(at)) throw new Error(`"${value}" is no instant.`)
  return at
}

/** Adds rows to a table of the PostgreSQL database, which reads each value as the type of its column. */
export async function writeRows(target: SqlQueryable, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ')
  await queryRows(
    target,
    `INSERT INTO ${quoted(table.name)} (${columns})
     SELECT ${columns} FROM json_populate_recordset(NULL::${quoted(table.name)}, $1::json)`,
    [JSON.stringify(rows.map((row) => forPostgresql(table, row)))],
  )
}

function forPostgresql(table: Table, row: Row): Row {
  return Object.fromEntries(
    table.columns.map(({ name, kind }) => {
      const value = row[name] ?? null
      if (value === null) return [name, null]
      if (kind === 'instant') return [name, new Date(Number(value)).toISOString()]
      return [name, kind === 'bytes' ? `\\x${value}` : value]
    }),
  )
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

const MODULUS = 2n ** 256n

/** How many rows there were, and a sum over all of them that does not depend on their order. */
export class Tally {
  rows = 0
  private sum = 0n

  add(row: Row): void {
    this.rows++
    const digest = createHash('sha256').update(JSON.stringify(row)).digest('hex')
    this.sum = (this.sum + BigInt(`0x${digest}`)) % MODULUS
  }

  get checksum(): string {
    return this.sum.toString(16).padStart(64, '0')
  }
}
