import { randomUUID } from 'node:crypto'
import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { sqliteFile } from './adapter'
import { queryRows, withConnection } from './connection'
import { withMigrationLock } from './migration-lock'
import { applyMigrations, MOVE, migrationStatus } from './migrations'
import { readSource, readTarget, Tally, writeRows } from './move-rows'
import { listTables, type Table } from './move-tables'
import { withSoleUse } from './sole-use'

export interface MovedTable {
  name: string
  rows: number
  /** Over all rows, the same in both databases. */
  checksum: string
}

export type Move =
  | { outcome: 'moved'; resumed: boolean; tables: readonly MovedTable[] }
  /** These tables are not the same in both: the source has changed since the move was begun. */
  | { outcome: 'differs'; tables: readonly string[] }
  | { outcome: 'source-in-use' | 'target-not-empty' | 'target-newer' }

const PORTION = 1_000

/**
 * Copies a SQLite database, which nobody else may have open, into an empty PostgreSQL database, and compares all rows
 * of both. One that was interrupted goes on where it was; `anew` begins it again. Until its end no server starts on
 * the target.
 */
export async function moveDatabase(
  sourceUrl: string,
  targetUrl: string,
  { anew = false } = {},
): Promise<Move> {
  const prepared = await prepareTarget(targetUrl)
  if (prepared !== 'ready') return { outcome: prepared }
  return withMigrationLock(targetUrl, async () => {
    const moved = await withSoleUse(sqliteFile(sourceUrl), (source) =>
      withConnection(targetUrl, (target) => move(source, target, anew)),
    )
    return moved === 'in-use' ? { outcome: 'source-in-use' } : moved
  })
}

/** Lays out the tables in a database in which nothing is; in any other nothing is changed. */
async function prepareTarget(targetUrl: string): Promise<'ready' | 'target-not-empty' | 'target-newer'> {
  const { applied, unknown, failed, pending } = await migrationStatus(targetUrl)
  if (failed.includes(MOVE)) return pending.length === 0 ? 'ready' : 'target-not-empty'
  if (unknown.length > 0) return 'target-newer'
  if (failed.length > 0) return 'target-not-empty'
  const isEmpty = await withConnection(targetUrl, async (target) => {
    const tables = await listTables(target)
    return applied.length === 0 ? tables.length === 0 : areEmpty(target, tables)
  })
  if (!isEmpty) return 'target-not-empty'
  await applyMigrations(targetUrl)
  return 'ready'
}

async function areEmpty(target: SqlQueryable, tables: readonly Table[]): Promise<boolean> {
  for (const { name } of tables)
    if ((await queryRows(target, `SELECT 1 FROM "${name}" LIMIT 1`)).length > 0) return false
  return true
}

async function move(source: SqlQueryable, target: SqlDriverAdapter, anew: boolean): Promise<Move> {
  const tables = await listTables(target)
  const begun = await findProgress(target)
  if (!begun && !(await areEmpty(target, tables))) return { outcome: 'target-not-empty' }
  const progress = begun && !anew ? begun : await begin(target, tables)
  for (const table of tables) await copy(source, target, table, progress)
  const moved = await inTransaction(target, (tx) => compare(source, tx, tables))
  const differing = moved.filter(({ same }) => !same).map(({ name }) => name)
  if (differing.length > 0) return { outcome: 'differs', tables: differing }
  await inTransaction(target, (tx) => finish(tx, tables))
  return {
    outcome: 'moved',
    resumed: begun !== null && !anew,
    tables: moved.map(({ same: _, ...rest }) => rest),
  }
}

/** By table: behind which row of the source to go on. */
type Progress = Record<string, number>

async function findProgress(target: SqlQueryable): Promise<Progress | null> {
  const sql = `SELECT logs FROM _prisma_migrations WHERE migration_name = '${MOVE}'`
  const [row] = await queryRows(target, sql)
  return row ? JSON.parse(String(row[0])) : null
}

/** Empties what an earlier move has copied, and notes that one has begun. */
async function begin(target: SqlDriverAdapter, tables: readonly Table[]): Promise<Progress> {
  await inTransaction(target, async (tx) => {
    await queryRows(tx, `TRUNCATE ${tables.map(({ name }) => `"${name}"`).join(', ')}`)
    await queryRows(tx, `DELETE FROM _prisma_migrations WHERE migration_name = '${MOVE}'`)
    await queryRows(
      tx,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, started_at, applied_steps_count)
       VALUES ($1, '', '${MOVE}', '{}', now(), 0)`,
      [randomUUID()],
    )
  })
  return {}
}

/** Portion by portion; each commits together with the note of how far it went. */
async function copy(
  source: SqlQueryable,
  target: SqlDriverAdapter,
  table: Table,
  progress: Progress,
): Promise<void> {
  for (;;) {
    const { rows, last } = await readSource(source, table, progress[table.name] ?? 0, PORTION)
    if (rows.length === 0) return
    progress[table.name] = last
    await inTransaction(target, async (tx) => {
      await writeRows(tx, table, rows)
      await queryRows(tx, `UPDATE _prisma_migrations SET logs = $1 WHERE migration_name = '${MOVE}'`, [
        JSON.stringify(progress),
      ])
    })
  }
}

async function compare(source: SqlQueryable, target: SqlQueryable, tables: readonly Table[]) {
  const compared: (MovedTable & { same: boolean })[] = []
  for (const table of tables) {
    const [there, here] = [new Tally(), new Tally()]
    for (let after = 0; ; ) {
      const { rows, last } = await readSource(source, table, after, PORTION)
      if (rows.length === 0) break
      for (const row of rows) there.add(row)
      after = last
    }
    for await (const rows of readTarget(target, table, PORTION)) for (const row of rows) here.add(row)
    const same = there.rows === here.rows && there.checksum === here.checksum
    compared.push({ name: table.name, rows: here.rows, checksum: here.checksum, same })
  }
  return compared
}

/** Numbers that PostgreSQL gives out go on behind those that were moved; then servers may start. */
async function finish(tx: SqlQueryable, tables: readonly Table[]): Promise<void> {
  for (const { name, columns } of tables)
    for (const column of columns.filter(({ kind }) => kind === 'number' || kind === 'big'))
      await queryRows(
        tx,
        `SELECT setval(s::regclass, (SELECT COALESCE(MAX("${column.name}"), 0) + 1 FROM "${name}"), false)::text
         FROM pg_get_serial_sequence('"${name}"', '${column.name}') AS s WHERE s IS NOT NULL`,
      )
  await queryRows(tx, `DELETE FROM _prisma_migrations WHERE migration_name = '${MOVE}'`)
}

async function inTransaction<T>(
  target: SqlDriverAdapter,
  work: (tx: SqlQueryable) => Promise<T>,
): Promise<T> {
  const tx = await target.startTransaction()
  const end = (sql: 'COMMIT' | 'ROLLBACK') => tx.executeRaw({ sql, args: [], argTypes: [] })
  try {
    const result = await work(tx)
    await end('COMMIT')
    await tx.commit()
    return result
  } catch (error) {
    await end('ROLLBACK').catch(() => {})
    await tx.rollback().catch(() => {})
    throw error
  }
}
