import { existsSync } from 'node:fs'
import { databaseKind, sqliteFile } from '@/lib/data/adapter'
import { migrationNames } from '@/lib/data/migration-files'
import { applyMigrations, type MigrationStatus, migrationStatus } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import type { Command, Given, Report } from './command'
import { Problem } from './problem'

export const command: Command = {
  name: 'migrate',
  about: 'Bring the database up to this version ("npm start" does so by itself).',
  options: { status: { about: 'Only say where the database stands; changes nothing.' } },
  examples: ['gatehouse migrate', 'gatehouse migrate --status --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const url = env().DATABASE_URL
  const status = await readStatus(url)
  if (given.flag('status')) return { json: status, lines: inWords(status) }
  if (status.unknown.length > 0)
    throw new Problem('This database was made by a newer Gatehouse. Update Gatehouse first.')
  if (status.failed.length > 0)
    throw new Problem(
      `The migration ${status.failed[0]} was not finished. Restore the backup made before it.`,
    )
  const { applied } = await applyMigrations(url)
  return {
    json: { applied },
    lines: applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}.`),
  }
}

/** Looking at a SQLite database must not create its file. */
async function readStatus(url: string): Promise<MigrationStatus> {
  if (databaseKind(url) === 'sqlite' && !existsSync(sqliteFile(url)))
    return { applied: [], pending: await migrationNames('sqlite'), unknown: [], failed: [] }
  return migrationStatus(url)
}

function inWords(status: MigrationStatus): string[] {
  const lines = [
    ...status.applied.map((name) => `applied  ${name}`),
    ...status.pending.map((name) => `pending  ${name}`),
    ...status.failed.map((name) => `failed   ${name}`),
    ...status.unknown.map((name) => `unknown  ${name}`),
  ]
  const isCurrent = status.pending.length + status.failed.length + status.unknown.length === 0
  return [...lines, isCurrent ? 'The database is up to date.' : 'The database does not fit this version.']
}
