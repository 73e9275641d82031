import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { closeDatabase, useDatabase } from '@/lib/data/database'
import { applyMigrations } from '@/lib/data/migrations'

/** What data tests run on: `describe.each(TEST_DATABASES)`. */
export const TEST_DATABASES = ['sqlite'] as const

/** Makes an empty, migrated database the one of this process; answers how to be rid of it again. */
export async function openTestDatabase(kind: (typeof TEST_DATABASES)[number]): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), `gatehouse-${kind}-`))
  const url = `file:${path.join(folder, 'test.db')}`
  await applyMigrations(url)
  await useDatabase(url)
  return async () => {
    await closeDatabase()
    await rm(folder, { recursive: true, force: true })
  }
}
