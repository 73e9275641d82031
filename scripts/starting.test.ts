import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { databaseAdapter } from '@/lib/data/adapter'
import { withLock } from './lock.mjs'
import { PREPARE, programOf } from './programs.mjs'
import { root, run, Stop } from './project.mjs'
import { requireFreePort, serverEnvironment } from './serve.mjs'
import { createEmptyDatabase, createTestDatabase, TEST_DATABASES } from './testing/databases'
import { temporaryFolder } from './testing/folders'
import { listenLocally } from './testing/listen'

const SECRET = 'a secret for tests, 32 characters at least'

/** What `npm start` does before it serves. */
async function prepare(settings: Record<string, string>) {
  const env = { DATABASE_URL: '', AUTH_SECRET: SECRET, APP_URL: '', SMTP_URL: '', ...settings }
  const { code, output } = await run(process.execPath, [programOf(PREPARE), 'migrate'], {
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

  test('when its own folder can’t be written', async () => {
    const starting = withLock(async () => {}, '/proc')
    await expect(starting).rejects.toThrow(Stop)
    await expect(starting).rejects.toThrow(
      /^Packages and build belong into \/proc, and Gatehouse can't write there \(E[A-Z]+\); expected a folder/,
    )
  })

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

test('Next reads no .env of its own accord: the server takes it as every command does', async () => {
  for (const name of ['SMTP_URL', 'TRUSTED_PROXIES']) vi.stubEnv(name, undefined)
  const folder = await temporaryFolder()
  await writeFile(
    join(folder, '.env'),
    'SMTP_URL=smtp://u:pa$word@mail.example.com\nAPP_URL=http://no.example\n',
  )
  await writeFile(join(folder, '.env.production'), 'TRUSTED_PROXIES=10.0.0.1\n')
  const asNextDoes = `require('@next/env').loadEnvConfig(${JSON.stringify(folder)}, false)
    console.log(JSON.stringify(process.env))`
  const options = { cwd: root, env: serverEnvironment({ APP_URL: 'https://gatehouse.example.com' }) }
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', asNextDoes], options)
  const { APP_URL, SMTP_URL, TRUSTED_PROXIES } = JSON.parse(stdout)
  expect({ APP_URL, SMTP_URL, TRUSTED_PROXIES }).toEqual({ APP_URL: 'https://gatehouse.example.com' })
})

test.each(TEST_DATABASES)('several starts at once on a new %s: one lays it out, none fails', async (kind) => {
  const { url, remove } = await createEmptyDatabase(kind)
  const DATA_DIR = await temporaryFolder()
  const starts = await Promise.all([1, 2, 3].map(() => prepare({ DATABASE_URL: url, DATA_DIR })))
  expect(starts.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(starts.filter(({ output }) => output.startsWith('Database brought up to date'))).toHaveLength(1)
  await remove()
})
