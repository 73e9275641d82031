import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { databaseAdapter, databaseKind, sqliteFile } from './adapter'
import { queryRows, withConnection } from './connection'
import { UnfitDatabase } from './database-errors'
import { createFile } from './files'
import { withMigrationEngine } from './migration-engine'
import { migrationNames, readMigrations } from './migration-files'
import { withMigrationLock } from './migration-lock'

export type MigrationStatus = {
  /** In the database and known to this version. */
  applied: string[]
  /** Brought by this version, not yet in the database. */
  pending: string[]
  /** In the database, but newer than this version knows. */
  unknown: string[]
  /** Begun and not finished; a person has to look at it. */
  failed: string[]
}

/**
 * Brings the database up to this version and names what was applied, oldest first. Creates a SQLite file, for
 * its owner's eyes alone, and its folder. Two calls at once wait for each other. Throws when the database can't be reached or a migration fails,
 * and UnfitDatabase when a newer version made it or a migration was left half done.
 */
export async function applyMigrations(databaseUrl: string): Promise<{ applied: string[] }> {
  const isSqlite = databaseKind(databaseUrl) === 'sqlite'
  if (isSqlite) {
    const file = sqliteFile(databaseUrl)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await createFile(file)
  }
  return withMigrationLock(databaseUrl, async () => {
    if (isSqlite) await switchToWriteAheadLog(databaseUrl)
    const status = await migrationStatus(databaseUrl)
    requireFit(status)
    if (status.pending.length === 0) return { applied: [] }
    return { applied: await applyPending(databaseUrl) }
  })
}

/** Where the database stands; reads one small table. Throws when the database can't be reached. */
export async function migrationStatus(databaseUrl: string): Promise<MigrationStatus> {
  const known = await migrationNames(databaseKind(databaseUrl))
  const rows = await recordedMigrations(databaseUrl)
  const applied = rows.filter((row) => row.finished).map((row) => row.name)
  return {
    applied: known.filter((name) => applied.includes(name)),
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
    failed: rows.filter((row) => !row.finished).map((row) => row.name),
  }
}

/**
 * The same, but waits for a migration in progress, in any process: what is pending or half done now fits in a moment.
 */
export async function settledMigrationStatus(databaseUrl: string): Promise<MigrationStatus> {
  const status = await migrationStatus(databaseUrl)
  const isSettled = status.pending.length + status.failed.length === 0
  return isSettled ? status : withMigrationLock(databaseUrl, () => migrationStatus(databaseUrl))
}

/** Readers then don't block the writer; the file remembers it. */
async function switchToWriteAheadLog(databaseUrl: string): Promise<void> {
  await withConnection(databaseUrl, (connection) => connection.executeScript('PRAGMA journal_mode = WAL'))
}

/** Stands among the migrations, begun and not finished, while rows are moved into the database. */
export const MOVE = 'move_from_sqlite'

/** Throws UnfitDatabase for a status that no migration can put right. */
export function requireFit({ unknown, failed }: MigrationStatus): void {
  if (unknown.length > 0)
    throw new UnfitDatabase(
      `This database was made by a newer Gatehouse (it has ${unknown.join(', ')}). Update Gatehouse, or restore the backup made before the update.`,
    )
  if (failed.includes(MOVE))
    throw new UnfitDatabase(
      'A move into this database has begun and not finished. Run "gatehouse move" once more, with the settings of the SQLite installation.',
    )
  if (failed.length > 0)
    throw new UnfitDatabase(`The migration ${failed[0]} was not finished. Restore the backup made before it.`)
}

async function applyPending(databaseUrl: string): Promise<string[]> {
  const migrationsList = await readMigrations(databaseKind(databaseUrl))
  const filters = { externalTables: [], externalEnums: [] }
  return withMigrationEngine(databaseAdapter(databaseUrl), undefined, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters })
    return appliedMigrationNames
  })
}

type RecordedMigration = { name: string; finished: boolean }

async function recordedMigrations(databaseUrl: string): Promise<RecordedMigration[]> {
  return withConnection(databaseUrl, async (connection) => {
    const exists =
      databaseKind(databaseUrl) === 'sqlite'
        ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'"
        : "SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL"
    if ((await queryRows(connection, exists)).length === 0) return []
    const rows = await queryRows(
      connection,
      `SELECT migration_name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
    )
    return rows.map(([name, finished]) => ({ name: String(name), finished: Number(finished) === 1 }))
  })
}
