import { existsSync } from 'node:fs'
import { databaseKind, sqliteFile } from '@/lib/data/adapter'
import { requireFit, settledMigrationStatus } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import { PROGRAM } from './help'
import { Problem } from './problem'

/** Promises a database that fits this version; throws a Problem that says how to get there. */
export async function requireDatabase(): Promise<void> {
  const state = await stateOfDatabase()
  if (state === 'new')
    throw new Problem(
      `There is no Gatehouse in this database yet. Run "npm start", or "${PROGRAM} account create", first.`,
    )
}

/** The same, and lays out a database in which nothing is yet. */
export async function requireDatabaseOrMake(): Promise<void> {
  if ((await stateOfDatabase()) !== 'new') return
  const { applyMigrations } = await import('@/lib/data/migrations')
  await applyMigrations(env().DATABASE_URL)
}

async function stateOfDatabase(): Promise<'new' | 'ready'> {
  const url = env().DATABASE_URL
  if (databaseKind(url) === 'sqlite' && !existsSync(sqliteFile(url))) return 'new'
  const status = await settledMigrationStatus(url)
  requireFit(status)
  const { applied, pending } = status
  if (pending.length === 0) return 'ready'
  if (applied.length === 0) return 'new'
  throw new Problem(
    `This database is older than this Gatehouse. Restart it with "npm start", or run "${PROGRAM} migrate", first.`,
  )
}
