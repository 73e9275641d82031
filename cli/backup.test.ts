import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as otherWork } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { makeBackup } from '@/lib/data/backup'
import { withConnection } from '@/lib/data/connection'
import { closeDatabase, database, type Transaction, transact, useDatabase } from '@/lib/data/database'
import { applyMigrations } from '@/lib/data/migrations'
import { env } from '@/lib/env'
import { someAdmin } from '@/scripts/testing/allowlists'
import { commandIn, runHere } from '@/scripts/testing/command'
import { temporaryFolder } from '@/scripts/testing/folders'
import { PASSWORD } from '@/scripts/testing/mobile'
import { call, serveRoutes } from '@/scripts/testing/route-server'

const SECRET = 'a secret for tests, 32 characters at least'
vi.stubEnv('AUTH_SECRET', SECRET)

/** A database with its account called "Before", a backup of it, and the same database later: "After". */
let before: string
let backup: string
let after: string
let folder: string
let file: string
let url: string
beforeAll(async () => {
  const made = await temporaryFolder()
  ;[before, backup, after] = ['before.db', 'backup.db', 'after.db'].map((name) => join(made, name)) as [
    string,
    string,
    string,
  ]
  await applyMigrations(`file:${before}`)
  await useDatabase(`file:${before}`)
  await someAdmin()
  await rename('Before')
  await closeDatabase()
  use(`file:${before}`, made)
  expect(await runHere(['backup', backup])).toMatchObject({ code: 0, err: '' })
  await copyFile(before, after)
  await useDatabase(`file:${after}`)
  await rename('After')
  await closeDatabase()
})
beforeEach(async () => {
  folder = await temporaryFolder()
  file = join(folder, 'backup.db')
  url = `file:${join(folder, 'gatehouse.db')}`
  await copyFile(after, join(folder, 'gatehouse.db'))
  use(url, folder)
})
afterEach(() => closeDatabase())

/** Settings for the commands that this process runs. */
function use(DATABASE_URL: string, DATA_DIR: string, AUTH_SECRET = SECRET): void {
  Object.assign(env(), { DATABASE_URL, DATA_DIR, AUTH_SECRET })
}

async function rename(name: string): Promise<void> {
  await transact((tx) => tx.account.updateMany({ data: { name } }))
}

async function nameIn(databaseUrl: string): Promise<string> {
  await useDatabase(databaseUrl)
  const { name } = await database().account.findFirstOrThrow()
  await closeDatabase()
  return name
}

/** What lies in the folder of the database. */
const left = async () => (await readdir(folder)).filter((name) => !name.endsWith('.migrating')).sort()

describe('backup', () => {
  test('is a new file for its owner alone, and the command says what belongs to it', async () => {
    const { code, out, err } = await runHere(['backup', file])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^Backed up to .+backup\.db \(\d+ bytes, checked\)\.\nAUTH_SECRET belongs to it/)
    expect(out).not.toContain(SECRET)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await nameIn(`file:${file}`)).toBe('After')
    expect(await left()).toEqual(['backup.db', 'gatehouse.db'])
  })

  test('has its name once it is whole: what is left of one that was killed looks like none', async () => {
    const making = makeBackup(url, file)
    while (!(await left()).some((name) => name.endsWith('.part'))) await otherWork()
    expect(await left()).not.toContain('backup.db')
    await making
    expect(await left()).toEqual(['backup.db', 'gatehouse.db'])
  })

  test('removes what killed ones have left a day ago, and nothing else', async () => {
    const [id, old] = ['01993b2e-7c4d-4a11-8f00-0123456789ab', new Date(Date.now() - 25 * 60 * 60 * 1000)]
    const stale = [`a.db.${id}.gatehouse.part`, `a.db.${id}.gatehouse.part-journal`]
    const others = [`b.db.${id}.gatehouse.part`, `c.db.${id}.part`, 'd.part', 'e.db']
    for (const name of [...stale, ...others]) await writeFile(join(folder, name), '')
    for (const name of [...stale, ...others.slice(1)]) await utimes(join(folder, name), old, old)
    await makeBackup(url, file)
    expect(await left()).toEqual([...others, 'backup.db', 'gatehouse.db'].sort())
  })

  test('overwrites nothing', async () => {
    await writeFile(file, 'something else')
    const { code, err } = await runHere(['backup', file])
    expect(code).toBe(1)
    expect(err).toMatch(/^There is a .+backup\.db already, and a backup overwrites nothing\./)
    expect(await readFile(file, 'utf8')).toBe('something else')
  })

  test('is made of a database that is still to be brought up to this version', async () => {
    await run(
      join(folder, 'gatehouse.db'),
      `DELETE FROM _prisma_migrations WHERE migration_name LIKE '%index_what_lives'`,
    )
    expect((await runHere(['agent', 'list'])).err).toMatch(/^This database is older than this Gatehouse\./)
    expect(await runHere(['backup', file])).toMatchObject({ code: 0, err: '' })
    expect(await nameIn(`file:${file}`)).toBe('After')
  })

  test('says what to do where it cannot be made', async () => {
    const nowhere = await runHere(['backup', join(folder, 'none', 'backup.db')])
    expect(nowhere.err).toMatch(/^There is no folder .+none\. Make it first\.\n$/)
    use('postgresql://u:hush@127.0.0.1:9/g', folder)
    for (const [verb, program] of [
      ['backup', 'pg_dump'],
      ['restore', 'pg_restore'],
    ] as const) {
      const { code, err } = await runHere([verb, file])
      expect(code).toBe(1)
      expect(err).toMatch(new RegExp(`^This Gatehouse is on PostgreSQL\\. .+${program} `))
    }
  })

  test('of a damaged database leaves nothing behind', async () => {
    await damage(join(folder, 'gatehouse.db'))
    expect((await runHere(['backup', file])).code).toBe(1)
    expect((await left()).filter((name) => name.startsWith('backup'))).toEqual([])
  })

  test('beside a process that goes on writing has all that was done before it, and nothing half done', async () => {
    await useDatabase(url)
    const { id: accountId } = await database().account.findFirstOrThrow()
    let done = 0
    let isOver = false
    onTestFinished(() => {
      isOver = true
    })
    const writing = (async () => {
      for (; !isOver; done++) {
        await transact((tx) => writePair(tx, accountId, done))
        await otherWork()
      }
    })()
    await expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThan(20)
    const doneBefore = done
    const command = commandIn({ DATABASE_URL: url, AUTH_SECRET: SECRET, DATA_DIR: folder })
    const made = await command(['backup', file])
    const doneAfter = done
    isOver = true
    await writing
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(doneAfter).toBeGreaterThan(doneBefore)

    await useDatabase(`file:${file}`)
    const rows = await database().auditEvent.groupBy({
      by: ['subjectId'],
      where: { action: 'test.pair' },
      _count: true,
    })
    expect(rows.length).toBeGreaterThanOrEqual(doneBefore)
    expect(rows.filter(({ _count }) => _count !== 2)).toEqual([])
  })
})

describe('restore', () => {
  beforeEach(() => copyFile(backup, file))

  test('brings back what was there, and keeps what is there now', async () => {
    const { code, out } = await runHere(['restore', file, '--json'])
    expect(code).toBe(0)
    const { replaced } = JSON.parse(out)
    expect([await nameIn(url), await nameIn(`file:${replaced}`)]).toEqual(['Before', 'After'])
    expect((await stat(join(folder, 'gatehouse.db'))).mode & 0o777).toBe(0o600)
    const again = await runHere(['restore', file])
    expect(again.out).toMatch(/^Restored .+\nThe database that was there is kept: .+replaced-/)
  })

  test('lets in again, over HTTP, who could sign in when the backup was made', async () => {
    await useDatabase(url)
    await transact((tx) => tx.agent.updateMany({ data: { enabled: false } }))
    const server = await serveRoutes({
      '/sign-in': await import('@/app/api/mobile/v1/sign-in/route'),
    })
    onTestFinished(server.close)
    const { email } = await database().agent.findFirstOrThrow()
    const body = { email, password: PASSWORD, device: 'Pixel 9' }
    const signIn = async () => (await call(server.port, '/sign-in', { body })).status
    expect(await signIn()).toBe(401)
    await closeDatabase()
    expect((await runHere(['restore', file])).code).toBe(0)
    await applyMigrations(url)
    expect(await signIn()).toBe(200)
    expect(await nameIn(url)).toBe('Before')
  })

  test('works where there is no database yet', async () => {
    const elsewhere = join(await temporaryFolder(), 'var')
    use(`file:${join(elsewhere, 'gatehouse.db')}`, elsewhere)
    expect((await runHere(['restore', file])).out).toMatch(/^Restored .+\nStart Gatehouse/)
    expect(await nameIn(env().DATABASE_URL)).toBe('Before')
  })

  test('takes in nothing of what a database that is gone left beside it', async () => {
    const wal = join(folder, 'gatehouse.db-wal')
    await run(join(folder, 'gatehouse.db'), 'PRAGMA journal_mode = WAL')
    await useDatabase(url)
    await rename('In the log alone')
    await copyFile(wal, `${wal}.kept`)
    await closeDatabase()
    // The process was killed, and somebody deleted the file in order to begin anew.
    await copyFile(`${wal}.kept`, wal)
    await rm(join(folder, 'gatehouse.db'))
    expect((await runHere(['restore', file])).code).toBe(0)
    expect(await nameIn(url)).toBe('Before')
  })

  test('is refused while a process has the database open, however idle it is', async () => {
    await applyMigrations(url)
    await useDatabase(url)
    await database().account.count()
    const command = commandIn({ DATABASE_URL: url, AUTH_SECRET: SECRET, DATA_DIR: folder })
    const { code, out, err } = await command(['restore', file])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^Gatehouse is running on this database, or a command is\. Stop it first\./)
    await rename('Still writable')
    expect(await nameIn(url)).toBe('Still writable')
    expect(await left()).not.toContainEqual(expect.stringMatching(/replaced|restoring/))
  })

  test.each<[string, () => Promise<void>, RegExp]>([
    ['a file that is not there', () => rm(file), /^There is no file .+backup\.db\. Nothing was changed\.\n$/],
    ['a folder', () => rm(file).then(() => mkdir(file)), /backup\.db is a folder\. Name a file in it\./],
    ['an empty file', () => writeFile(file, ''), /is not a backup: it is no SQLite database\./],
    ['a text', () => writeFile(file, 'SELECT 1;'.repeat(99)), /is not a backup: it is no SQLite database\./],
    [
      "another program's database",
      async () => {
        await rm(file)
        await run(file, 'CREATE TABLE "Account" (id TEXT)')
      },
      /is a SQLite database, but not one of Gatehouse\./,
    ],
    ['a damaged backup', () => damage(file), /is damaged\. Take another backup\./],
    [
      'a backup cut short',
      async () => writeFile(file, (await readFile(file)).subarray(0, 8192)),
      /is damaged\. Take another backup\./,
    ],
    [
      'a newer one',
      () =>
        run(
          file,
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
           VALUES ('x', 'x', '29990101000000_from_the_future', 1, 1)`,
        ),
      /was made by a newer Gatehouse\./,
    ],
  ])('refuses %s, and changes nothing', async (_what, prepare, message) => {
    await prepare()
    const { code, out, err } = await runHere(['restore', file])
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(message)
    expect((await left()).filter((name) => name !== 'backup.db')).toEqual(['gatehouse.db'])
    expect(await nameIn(url)).toBe('After')
  })

  test('of another AUTH_SECRET has to be asked for twice', async () => {
    use(url, folder, 'another secret, 32 characters at least')
    const { code, err } = await runHere(['restore', file])
    expect(code).toBe(1)
    expect(err).toMatch(/was made under another AUTH_SECRET\. Put that secret back first; .+--other-secret\./)
    expect(await nameIn(url)).toBe('After')
    expect((await runHere(['restore', file, '--other-secret'])).code).toBe(0)
    expect(await nameIn(url)).toBe('Before')
  })

  test('replaces a database that is broken, and keeps it', async () => {
    await writeFile(join(folder, 'gatehouse.db'), 'not a database any more '.repeat(500))
    const { code, out } = await runHere(['restore', file, '--json'])
    expect(code).toBe(0)
    expect(await readFile(JSON.parse(out).replaced, 'utf8')).toContain('not a database any more')
    expect(await nameIn(url)).toBe('Before')
  })

  test('of an older version is brought up to date by the next start', async () => {
    await run(
      file,
      `DROP INDEX "Session_endedAt_lastSeenAt_idx"; DROP INDEX "MobileDevice_endedAt_rotatedAt_idx";
       DELETE FROM _prisma_migrations WHERE migration_name LIKE '%index_what_lives'`,
    )
    expect((await runHere(['restore', file])).code).toBe(0)
    expect((await applyMigrations(url)).applied).toEqual([expect.stringMatching(/index_what_lives$/)])
  })
})

async function run(path: string, sql: string): Promise<void> {
  await withConnection(`file:${path}`, (connection) => connection.executeScript(sql))
}

async function writePair(tx: Transaction, accountId: string, n: number): Promise<void> {
  const subject = { subjectType: 'test', subjectId: String(n), subjectName: 'pair' }
  const row = { ...subject, accountId, action: 'test.pair', actorName: 'Test', via: 'cli' }
  await tx.auditEvent.create({ data: row })
  await tx.auditEvent.create({ data: row })
}

/** Overwrites pages in the middle, behind the header. */
async function damage(path: string): Promise<void> {
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0xa5, 4096, 4096 * 12))
}
