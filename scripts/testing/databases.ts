import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inject, vi } from 'vitest'
import { databaseAdapter, sqliteFile } from '@/lib/data/adapter'
import { closeDatabase, useDatabase } from '@/lib/data/database'

/** What data tests run on: `describe.each(TEST_DATABASES)`. */
export const TEST_DATABASES = ['sqlite', 'postgresql'] as const
type Kind = (typeof TEST_DATABASES)[number]

/** The first one waits until PostgreSQL has started. */
vi.setConfig({ hookTimeout: 90_000 })
/** Every audit row is signed. */
vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

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
  const migrated = await migratedDatabase(kind)
  if (kind === 'postgresql') return postgresqlDatabase(migrated, 'TEMPLATE migrated')
  const created = await sqliteDatabase()
  await copyFile(sqliteFile(migrated), sqliteFile(created.url))
  return created
}

/** Makes a database without a table; with SQLite not even the file. */
export async function createEmptyDatabase(kind: Kind): Promise<Created> {
  return kind === 'sqlite' ? sqliteDatabase() : postgresqlDatabase(await migratedDatabase(kind))
}

/** The address of the one that is shared by all files of tests (shared-databases.ts). */
async function migratedDatabase(kind: Kind): Promise<string> {
  const answer = await fetch(`${inject('migratedDatabases')}/${kind}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return text
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

/** Beside the migrated one. */
async function postgresqlDatabase(migrated: string, like = ''): Promise<Created> {
  const server = new URL('postgres', migrated).href
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name} ${like}`)
  return {
    url: new URL(name, migrated).href,
    remove: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
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
