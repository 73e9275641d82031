import { existsSync } from 'node:fs'
import { databaseKind, sqliteFile } from '@/lib/data/adapter'
import { requireFit, settledMigrationStatus } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import { PROGRAM } from './help'
import { Problem } from './problem'

/** Promises a database that fits this version; throws a Problem that says how to get there. */
export async function requireDatabase(): Promise<void> {
  if ((await requireDatabaseOrOlder()) === 'older') throw older()
}

/** The same, but for one that is still to be brought up to this version: it can be looked at as a whole alone. */
export async function requireDatabaseOrOlder(): Promise<'older' | 'ready'> {
  const state = await stateOfDatabase()
  if (state !== 'new') return state
  throw new Problem(
    `There is no Gatehouse in this database yet. Run "npm start", or "${PROGRAM} account create", first.`,
  )
}

/** The same as `requireDatabase`, and lays out a database in which nothing is yet. */
export async function requireDatabaseOrMake(): Promise<void> {
  const state = await stateOfDatabase()
  if (state === 'older') throw older()
  if (state === 'ready') return
  const { applyMigrations } = await import('@/lib/data/migrations')
  await applyMigrations(env().DATABASE_URL)
}

async function stateOfDatabase(): Promise<'new' | 'older' | 'ready'> {
  const url = env().DATABASE_URL
  if (databaseKind(url) === 'sqlite' && !existsSync(sqliteFile(url))) return 'new'
  const status = await settledMigrationStatus(url)
  requireFit(status)
  const { applied, pending } = status
  if (pending.length === 0) return 'ready'
  return applied.length === 0 ? 'new' : 'older'
}

function older(): Problem {
  return new Problem(
    `This database is older than this Gatehouse. Restart it with "npm start", or run "${PROGRAM} migrate", first.`,
  )
}
