import { existsSync } from 'node:fs'
import { databaseKind, sqliteFile } from '@/lib/data/adapter'
import { UnfitDatabase } from '@/lib/data/database-errors'
import { migrationNames } from '@/lib/data/migration-files'
import { isMigrationRunning } from '@/lib/data/migration-lock'
import { applyMigrations, type MigrationStatus, migrationStatus, requireFit } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import type { Command, Given, Report } from './command'
import { PROGRAM } from './help'

export const command: Command = {
  name: 'migrate',
  about: 'Bring the database up to this version ("npm start" does so by itself).',
  options: { status: { about: 'Only say where the database stands; changes nothing.' } },
  examples: ['gatehouse migrate', 'gatehouse migrate --status --json'],
  run,
}

async function run(given: Given): Promise<Report> {
  const url = env().DATABASE_URL
  if (given.flag('status')) {
    const status = await readStatus(url)
    return { json: status, lines: inWords(status) }
  }
  const { applied } = await applyMigrations(url)
  return {
    json: { applied },
    lines: applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}.`),
  }
}

/** Where the database stands now; `running`: some process migrates it at this moment. */
type Standing = MigrationStatus & { running: boolean }

/** Looking at a SQLite database must not create its file. */
async function readStatus(url: string): Promise<Standing> {
  if (databaseKind(url) === 'sqlite' && !existsSync(sqliteFile(url)))
    return { applied: [], pending: await migrationNames('sqlite'), unknown: [], failed: [], running: false }
  const running = await isMigrationRunning(url)
  return { ...(await migrationStatus(url)), running }
}

function inWords(status: Standing): string[] {
  const unfinished = status.running ? 'running' : 'failed '
  const lines = [
    ...status.applied.map((name) => `applied  ${name}`),
    ...status.pending.map((name) => `pending  ${name}`),
    ...status.failed.map((name) => `${unfinished}  ${name}`),
    ...status.unknown.map((name) => `unknown  ${name}`),
  ]
  return [...lines, verdict(status)]
}

function verdict(status: Standing): string {
  const { applied, pending, running } = status
  if (running) return 'The database is being brought up to date at this moment; look again.'
  try {
    requireFit(status)
  } catch (error) {
    if (error instanceof UnfitDatabase) return error.message
    throw error
  }
  if (pending.length === 0) return 'The database is up to date.'
  const what =
    applied.length === 0
      ? 'There is nothing in this database yet.'
      : 'This database is older than this Gatehouse.'
  return `${what} "npm start", or "${PROGRAM} migrate", brings it up to date.`
}
