import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listenLocally } from '@/scripts/testing/listen'
import { closeDatabase, database, transact, useDatabase } from './database'
import { isDatabaseDown } from './database-errors'
import { findUnreadiness } from './readiness'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

let silent: Server | undefined
afterEach(async () => {
  silent?.close()
  silent = undefined
  await closeDatabase()
})

/** Takes connections and never says a word. */
async function silentServer(): Promise<string> {
  silent = createServer(() => {})
  return `postgresql://nobody@127.0.0.1:${await listenLocally(silent)}/none`
}

const reads = () => [
  () => database().account.count(),
  () => database().$queryRaw`SELECT 1`,
  () => transact((tx) => tx.account.count()),
]

describe('a database out of reach is told from a mistake', () => {
  test.each(['postgresql://nobody@127.0.0.1:9/none', 'file:/nonexistent/gatehouse.db'])('%s', async (url) => {
    await useDatabase(url)
    for (const read of reads()) expect(isDatabaseDown(await read().catch((error) => error))).toBe(true)
  })

  test('a server that never answers is given up after seconds', async () => {
    await useDatabase(await silentServer())
    const begin = Date.now()
    const errors = await Promise.all(reads().map((read) => read().catch((error) => error)))
    expect(errors.map((error) => isDatabaseDown(error))).toEqual([true, true, true])
    expect(Date.now() - begin).toBeLessThan(20_000)
  })

  test.each([new TypeError('x is not a function'), { code: 'P2002' }, { code: 'P2025' }, null, 'text'])(
    '%s is not',
    (error) => expect(isDatabaseDown(error)).toBe(false),
  )
})

test('readiness waits no longer than it is told', async () => {
  await useDatabase(await silentServer())
  const begin = Date.now()
  expect(await findUnreadiness(300)).toBe('The database does not answer.')
  expect(Date.now() - begin).toBeLessThan(3_000)
})
