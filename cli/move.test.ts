import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { queryRows, withConnection } from '@/lib/data/connection'
import { closeDatabase, database, transact, useDatabase } from '@/lib/data/database'
import { viewLink } from '@/lib/data/link-decisions'
import { applyMigrations, MOVE } from '@/lib/data/migrations'
import { findPendingSignIn } from '@/lib/data/pending-sign-ins'
import { findLiveSession } from '@/lib/data/sessions'
import { env } from '@/lib/env'
import { root } from '@/scripts/project.mjs'
import { someAdmin } from '@/scripts/testing/allowlists'
import { commandIn, runHere } from '@/scripts/testing/command'
import { createEmptyDatabase, createTestDatabase } from '@/scripts/testing/databases'
import { fillEveryTable } from '@/scripts/testing/every-table'
import { temporaryFolder } from '@/scripts/testing/folders'
import { plantSession } from '@/scripts/testing/sessions'
import { behindOffice, DEVICE, latestMail, withLink } from '@/scripts/testing/sign-ins'

const SECRET = 'a secret for tests, 32 characters at least'
vi.stubEnv('AUTH_SECRET', SECRET)

/** The models as the schema names them: nothing that the move itself could have read. */
const MODELS = [...readFileSync(`${root}prisma/models.prisma`, 'utf8').matchAll(/^model (\w+)/gm)].map(
  ([, name]) => String(name),
)

let source: string
let target: string
const removals: (() => Promise<void>)[] = []
beforeEach(async () => {
  const [from, to] = [await createTestDatabase('sqlite'), await createEmptyDatabase('postgresql')]
  removals.push(from.remove, to.remove)
  source = from.url
  target = to.url
  Object.assign(env(), { DATABASE_URL: source, AUTH_SECRET: SECRET, DATA_DIR: await temporaryFolder() })
})
afterEach(async () => {
  await closeDatabase()
  for (const remove of removals.splice(0)) await remove()
})

const settings = () => ({ DATABASE_URL: source, AUTH_SECRET: SECRET, DATA_DIR: env().DATA_DIR })
const move = (...options: string[]) => runHere(['move', '--to', target, ...options])

/** Every row of every model as Prisma reads it, in one order for both databases. */
async function readAll(url: string): Promise<Record<string, string[]>> {
  await useDatabase(url)
  const all: Record<string, string[]> = {}
  for (const model of MODELS) {
    const delegate = model[0]?.toLowerCase() + model.slice(1)
    const reading = database() as unknown as Record<string, { findMany(): Promise<object[]> }>
    const rows = (await reading[delegate]?.findMany()) ?? []
    all[model] = rows.map((row) => JSON.stringify(row, whole)).sort()
  }
  await closeDatabase()
  return all
}

function whole(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

/** Many ranges, in one account. */
async function fillRanges(count: number): Promise<void> {
  await withConnection(source, (connection) =>
    connection.executeScript(
      `INSERT INTO "Account" (id, name) VALUES ('a', 'Northwind');
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
       INSERT INTO "Range" (id, "accountId", start, "end", origin, "addedByName")
       SELECT 'r' || i, 'a', 's' || i, 'e' || i, 'MANUAL', 'Ana' FROM n`,
    ),
  )
}

async function countIn(url: string, sql: string): Promise<number> {
  return withConnection(url, async (connection) => Number((await queryRows(connection, sql))[0]?.[0]))
}

describe('move', () => {
  test('brings every row of every model, as it is, and says how many', async () => {
    const { url, remove } = await createTestDatabase('postgresql')
    removals.push(remove)
    await fillEveryTable(source, url)
    const before = await readAll(source)
    for (const model of MODELS) expect(before[model]?.length, `${model} was not filled`).toBe(3)

    const { code, out, err } = await move('--json')
    expect([code, err]).toEqual([0, ''])
    expect(await readAll(target)).toEqual(before)
    expect(await readAll(source)).toEqual(before)
    const { tables, resumed } = JSON.parse(out)
    expect(resumed).toBe(false)
    expect(tables.map(({ name }: { name: string }) => name).sort()).toEqual([...MODELS].sort())
    for (const { name, rows, checksum } of tables) {
      expect(rows, name).toBe(3)
      expect(checksum, name).toMatch(/^[0-9a-f]{64}$/)
    }
    expect((await applyMigrations(target)).applied).toEqual([])
    expect(await countIn(target, `SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL`)).toBe(0)
  })

  test('leaves links, waiting mail and sessions as good as they were', async () => {
    await useDatabase(source)
    const admin = await someAdmin()
    await behindOffice(admin)
    const { token, cookie } = await withLink(admin)
    const { accountId, agentId } = admin
    const start = { accountId, agentId, surface: 'CONTROL_PANEL', device: DEVICE, address: null } as const
    const { id } = await transact((tx) => plantSession(tx, start))
    const mail = await latestMail()
    await closeDatabase()
    expect((await move()).code).toBe(0)

    await useDatabase(target)
    expect(await latestMail()).toEqual(mail)
    expect(await findPendingSignIn(cookie)).toMatchObject({ agent: { id: agentId } })
    expect((await findLiveSession(id, Date.now(), null))?.agent.id).toBe(agentId)
    expect(await viewLink(token, cookie, new Date())).toMatchObject({ state: 'open' })
  })

  test('takes a NUL, of which PostgreSQL knows none, for a character that cannot be shown', async () => {
    await withConnection(source, (connection) =>
      connection.executeScript(`INSERT INTO "Account" (id, name) VALUES ('a', 'North' || char(0) || 'wind')`),
    )
    expect((await move()).code).toBe(0)
    await useDatabase(target)
    expect(await database().account.findMany()).toMatchObject([{ name: 'North\ufffdwind' }])
  })

  test('that is killed goes on where it was; until its end the database can be used by nobody', async () => {
    const total = 30_000
    await fillRanges(total)
    const args = ['scripts/gatehouse.mjs', 'move', '--to', target]
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { PATH, HOME, NODE_ENV: 'test', ...settings() },
    })
    const copied = () => countIn(target, 'SELECT count(*) FROM "Range"').catch(() => 0)
    await expect.poll(copied, { timeout: 45_000, interval: 10 }).toBeGreaterThan(0)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const there = await copied()
    expect(there).toBeLessThan(total)
    expect(there % 1_000).toBe(0)

    env().DATABASE_URL = target
    for (const words of [['migrate'], ['agent', 'list']])
      expect((await runHere(words)).err).toMatch(/^A move into this database has begun and not finished\./)
    await expect(applyMigrations(target)).rejects.toThrow('A move into this database has begun')
    env().DATABASE_URL = source

    const { code, out } = await move('--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ resumed: true })
    expect(await copied()).toBe(total)
    expect(
      await countIn(target, `SELECT count(*) FROM _prisma_migrations WHERE migration_name = '${MOVE}'`),
    ).toBe(0)
  })

  test('notices a row that is not the same, and begins anew when told to', async () => {
    await fillRanges(2_500)
    expect((await move()).code).toBe(0)
    // As if it had been killed just before its end, and the server had run meanwhile.
    await withConnection(target, (connection) =>
      connection.executeScript(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs)
         VALUES ('x', '', '${MOVE}', '{"Account":1,"Range":2500}')`,
      ),
    )
    await useDatabase(source)
    await transact((tx) => tx.range.update({ where: { id: 'r1234' }, data: { description: 'Office' } }))
    await closeDatabase()
    const differs = await move()
    expect(differs.code).toBe(1)
    expect(differs.err).toMatch(/^Both databases differ in: Range\. .+--anew\.\n$/)
    expect((await move('--anew')).code).toBe(0)
    expect(await readAll(target)).toEqual(await readAll(source))
  })

  test('is refused while a process has the source open', async () => {
    await useDatabase(source)
    await database().account.count()
    const { code, err } = await commandIn(settings())(['move', '--to', target])
    expect(code).toBe(1)
    expect(err).toMatch(/^Gatehouse is running on the SQLite database, or a command is\. Stop it first\./)
  })

  test.each<[string, (url: string) => Promise<void>]>([
    [
      'rows of another installation',
      async (url) => {
        await applyMigrations(url)
        await run(url, `INSERT INTO "Account" (id, name) VALUES ('b', 'Southwind')`)
      },
    ],
    ["another program's tables", (url) => run(url, 'CREATE TABLE "Orders" (id TEXT)')],
  ])('is refused for a database that holds %s, and changes nothing in it', async (_what, prepare) => {
    await fillRanges(3)
    await prepare(target)
    const tables = () => countIn(target, `SELECT count(*) FROM pg_class WHERE relkind = 'r'`)
    const before = await tables()
    for (const options of [[], ['--anew']]) {
      const { code, err } = await move(...options)
      expect(code).toBe(1)
      expect(err).toMatch(/^The database at --to is not empty\./)
    }
    expect(await tables()).toBe(before)
  })

  test('takes an empty database of this version, and none of a newer one', async () => {
    await applyMigrations(target)
    expect((await move()).code).toBe(0)
    await run(
      target,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('x', '', '29990101000000_from_the_future', now())`,
    )
    expect((await move()).err).toMatch(/^The database at --to was made by a newer Gatehouse\./)
  })

  test.each([
    ['file:elsewhere.db', 2, /^--to is not an address of PostgreSQL/],
    ['postgresql://u:hush@127.0.0.1:9/g', 1, /^The database at 127\.0\.0\.1:9\/g can't be used \(/],
  ])('to %s ends with a sentence and without a password', async (to, exitCode, message) => {
    const { code, err } = await runHere(['move', '--to', to])
    expect(code).toBe(exitCode)
    expect(err).toMatch(message)
    expect(err).not.toContain('hush')
  })

  test('from PostgreSQL is refused', async () => {
    env().DATABASE_URL = target
    expect((await move()).err).toMatch(/^DATABASE_URL names PostgreSQL already;/)
  })
})

async function run(url: string, sql: string): Promise<void> {
  await withConnection(url, (connection) => connection.executeScript(sql))
}
