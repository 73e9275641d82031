import { copyFile, rename, rm } from 'node:fs/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { sqliteFile } from './adapter'
import { openUrl, transact, useDatabase } from './database'
import { findUnreadiness } from './readiness'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

const LONG_MS = 10_000
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test.each(TEST_DATABASES)('%s: ready as long as the migrations are those of this version', async (kind) => {
  closing.push(await openTestDatabase(kind))
  expect(await findUnreadiness(LONG_MS)).toBeNull()
  await transact(
    (tx) => tx.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
      SELECT 'later', checksum, '99990101000000_later', started_at, finished_at, 1 FROM _prisma_migrations LIMIT 1`,
  )
  expect(await findUnreadiness(LONG_MS)).toMatch(/newer Gatehouse/)
  await transact(
    (tx) =>
      tx.$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%tables'`,
  )
  expect(await findUnreadiness(LONG_MS)).toMatch(
    /^A migration of the database is running, or was not finished/,
  )
  await transact((tx) => tx.$executeRaw`UPDATE _prisma_migrations SET migration_name = 'of_another_version'`)
  expect(await findUnreadiness(LONG_MS)).toMatch(/migrations are pending/)
  await transact((tx) => tx.$executeRaw`DELETE FROM _prisma_migrations`)
  expect(await findUnreadiness(LONG_MS)).toMatch(/migrations are pending/)
})

test('not ready without a database', async () => {
  await useDatabase('file:/nonexistent/gatehouse.db')
  expect(await findUnreadiness(LONG_MS)).toBe("The database can't be read.")
})

test.each([
  ['deleted', async (file: string) => rm(file)],
  ['replaced', async (file: string) => copyFile(file, `${file}.new`).then(() => rename(`${file}.new`, file))],
])('not ready on a file that was %s beside it: what it writes there is lost', async (_name, change) => {
  closing.push(await openTestDatabase('sqlite'))
  expect(await findUnreadiness(LONG_MS)).toBeNull()
  await change(sqliteFile(openUrl()))
  expect(await findUnreadiness(LONG_MS)).toMatch(/^The file of the database was moved, deleted or replaced/)
})
