import { expect, test } from 'vitest'
import { migrationNames } from '@/lib/data/migration-files'
import { withMigrationLock } from '@/lib/data/migration-lock'
import { commandIn } from '@/scripts/testing/command'
import { createEmptyDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'

test.each(TEST_DATABASES)(
  '%s: "migrate --status" says where it stands, and "migrate" waits its turn',
  async (kind) => {
    const { url, remove } = await createEmptyDatabase(kind)
    const gatehouse = commandIn({
      ...{ DATABASE_URL: url, DATA_DIR: await temporaryFolder() },
      AUTH_SECRET: 'a secret for tests, 32 characters at least',
    })
    const names = await migrationNames(kind)
    const empty = { applied: [], pending: names, unknown: [], failed: [], running: false }
    expect((await gatehouse(['migrate', '--status', '--json'])).json).toEqual(empty)
    expect((await gatehouse(['migrate', '--status'])).out).toContain(
      'There is nothing in this database yet. "npm start", or "npm run -s gatehouse -- migrate", brings it up to date.',
    )

    const waiting = await withMigrationLock(url, async () => {
      const status = await gatehouse(['migrate', '--status'])
      // A SQLite file that is not there yet is not looked at.
      if (kind === 'postgresql') expect(status.out).toContain('being brought up to date at this moment')
      const migrate = gatehouse(['migrate', '--json'])
      expect(
        await Promise.race([migrate, new Promise((resolve) => setTimeout(resolve, 2_000, 'waits'))]),
      ).toBe('waits')
      return { migrate }
    })
    expect((await waiting.migrate).json).toEqual({ applied: names })
    expect((await gatehouse(['migrate', '--status'])).out).toMatch(
      /^applied {2}\d+_create_tables\n[\s\S]*The database is up to date\.\n$/,
    )
    await withMigrationLock(url, async () => {
      expect((await gatehouse(['migrate', '--status', '--json'])).json).toMatchObject({
        pending: [],
        running: true,
      })
    })
    await remove()
  },
  180_000,
)
