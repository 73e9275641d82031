import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, vi } from 'vitest'
import { databaseAdapter } from '@/lib/data/adapter'
import { closeDatabase, useDatabase } from '@/lib/data/database'
import { applyMigrations } from '@/lib/data/migrations'
import { type Postgres, startPostgres } from './postgres'

/** What data tests run on: `describe.each(TEST_DATABASES)`. */
export const TEST_DATABASES = ['sqlite', 'postgresql'] as const
type Kind = (typeof TEST_DATABASES)[number]

/** A server takes a moment to start; each file of tests has its own. */
vi.setConfig({ hookTimeout: 90_000 })
/** Every audit row is signed. */
vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')
let server: Promise<Postgres> | undefined
afterAll(async () => (await server)?.stop())

/** Makes an empty, migrated database the one of this process; answers how to be rid of it again. */
export async function openTestDatabase(kind: Kind): Promise<() => Promise<void>> {
  const { url, remove } = await createTestDatabase(kind)
  await useDatabase(url)
  return async () => {
    await closeDatabase()
    await remove()
  }
}

/** Makes an empty, migrated database, for other processes as well. */
export async function createTestDatabase(kind: Kind): Promise<Created> {
  const created = await createEmptyDatabase(kind)
  await applyMigrations(created.url)
  return created
}

/** Makes a database without a table; with SQLite not even the file. */
export function createEmptyDatabase(kind: Kind): Promise<Created> {
  return kind === 'sqlite' ? sqliteDatabase() : postgresqlDatabase()
}

interface Created {
  url: string
  remove: () => Promise<void>
}

async function sqliteDatabase(): Promise<Created> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-test-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  return { url: `file:${path.join(folder, 'test.db')}`, remove }
}

let serial = 0

async function postgresqlDatabase(): Promise<Created> {
  server ??= startPostgres()
  const { url } = await server
  const name = `test_${++serial}`
  await execute(url, `CREATE DATABASE ${name}`)
  return {
    url: new URL(name, url).href,
    remove: () => execute(url, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const connection = await databaseAdapter(url).connect()
  try {
    await connection.executeScript(statement)
  } finally {
    await connection.dispose()
  }
}
