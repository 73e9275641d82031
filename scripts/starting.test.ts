import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { databaseAdapter } from '@/lib/data/adapter'
import { run, TSX } from './project.mjs'
import { requireFreePort } from './serve.mjs'
import { createEmptyDatabase, createTestDatabase, TEST_DATABASES } from './testing/databases'
import { temporaryFolder } from './testing/folders'
import { listenLocally } from './testing/listen'

const SECRET = 'a secret for tests, 32 characters at least'

/** What `npm start` does before it serves. */
async function prepare(settings: Record<string, string>) {
  const env = { DATABASE_URL: '', AUTH_SECRET: SECRET, APP_URL: '', SMTP_URL: '', ...settings }
  const { code, output } = await run(process.execPath, [...TSX, 'scripts/prepare.ts', 'migrate'], {
    quiet: true,
    env,
  })
  return { code, output: output.trim() }
}

describe('a start is refused with one clear sentence', () => {
  test('when the port is taken', async () => {
    const other = createServer()
    const port = await listenLocally(other)
    const taken = `Port ${port} on 127.0.0.1 is taken by another program (perhaps Gatehouse is running already). Stop it, or set PORT to another number.`
    await expect(requireFreePort({ HOST: '127.0.0.1', PORT: port, APP_URL: '' })).rejects.toThrow(taken)
    await new Promise((resolve) => other.close(resolve))
    await requireFreePort({ HOST: '127.0.0.1', PORT: port, APP_URL: '' })
  })

  test.each(['/proc', '/etc/passwd/gatehouse'])(
    'when the data folder can’t be written: %s',
    async (DATA_DIR) => {
      const { code, output } = await prepare({ DATA_DIR })
      expect(code).toBe(2)
      expect(output).toMatch(
        /^DATA_DIR is "\/(proc|etc\/passwd\/gatehouse)", and Gatehouse can't write there \(E[A-Z]+\); expected a folder it may write to\.$/,
      )
    },
  )

  test('when PostgreSQL is chosen without AUTH_SECRET', async () => {
    const DATABASE_URL = 'postgresql://gatehouse@127.0.0.1:9/gatehouse'
    const { code, output } = await prepare({
      DATABASE_URL,
      AUTH_SECRET: '',
      DATA_DIR: await temporaryFolder(),
    })
    expect([code, output]).toEqual([
      2,
      'AUTH_SECRET is not set; with PostgreSQL it must be given, the same on every instance.',
    ])
  })

  test.each(TEST_DATABASES)('when %s has the migrations of a newer version', async (kind) => {
    const { url, remove } = await createTestDatabase(kind)
    const settings = { DATABASE_URL: url, DATA_DIR: await temporaryFolder() }
    expect(await prepare(settings)).toMatchObject({ code: 0 })
    const connection = await databaseAdapter(url).connect()
    await connection.executeScript(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', '', '29991231000000_come_later', CURRENT_TIMESTAMP)`,
    )
    await connection.dispose()
    const { code, output } = await prepare(settings)
    expect([code, output]).toEqual([
      2,
      'This database was made by a newer Gatehouse (it has 29991231000000_come_later). Update Gatehouse, or restore the backup made before the update.',
    ])
    await remove()
  })
})

test.each(TEST_DATABASES)('several starts at once on a new %s: one lays it out, none fails', async (kind) => {
  const { url, remove } = await createEmptyDatabase(kind)
  const DATA_DIR = await temporaryFolder()
  const starts = await Promise.all([1, 2, 3].map(() => prepare({ DATABASE_URL: url, DATA_DIR })))
  expect(starts.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(starts.filter(({ output }) => output.startsWith('Database brought up to date'))).toHaveLength(1)
  await remove()
})
