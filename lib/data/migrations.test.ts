import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmptyDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'
import { databaseAdapter } from './adapter'
import { UnfitDatabase } from './database-errors'
import { migrationNames } from './migration-files'
import { isMigrationRunning, withMigrationLock } from './migration-lock'
import { applyMigrations, migrationStatus, settledMigrationStatus } from './migrations'

let url: string
let holding: Promise<void> | undefined

test('a SQLite file that does not exist yet is made for its owner alone, with its folder and a write-ahead log', async () => {
  const file = `${await temporaryFolder()}/not/there/yet/gatehouse.db`
  url = `file:${file}`
  expect(await applyMigrations(url)).toEqual({ applied: await migrationNames('sqlite') })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await rows('PRAGMA journal_mode')).toEqual([['wal']])
})

test('SQLite acknowledges a commit once it is on the disk, whoever opens the file', async () => {
  url = `file:${await temporaryFolder()}/gatehouse.db`
  await applyMigrations(url)
  // 2: FULL, https://sqlite.org/pragma.html#pragma_synchronous
  expect((await rows('PRAGMA synchronous')).map(([level]) => Number(level))).toEqual([2])
})

test('a SQLite file may lie in a folder of any name', async () => {
  const folder = `${await temporaryFolder()}/what?#100% mine`
  url = `file:${folder}/gatehouse.db`
  await applyMigrations(url)
  expect(statSync(`${folder}/gatehouse.db`).size).toBeGreaterThan(0)
  expect((await migrationStatus(url)).pending).toEqual([])
})

describe.each(TEST_DATABASES)('migrations on %s', (kind) => {
  let remove: () => Promise<void>
  beforeEach(async () => {
    const created = await createEmptyDatabase(kind)
    url = created.url
    remove = created.remove
  })
  afterEach(() => remove())

  test('lay out an empty database; applied again they change nothing', async () => {
    expect(await applyMigrations(url)).toEqual({ applied: await migrationNames(kind) })
    expect(Number((await rows('SELECT COUNT(*) FROM "Account"'))[0]?.[0])).toBe(0)
    expect(await applyMigrations(url)).toEqual({ applied: [] })
  })

  test('four starts at once wait for each other, and one of them migrates', async () => {
    const starts = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(url)))
    expect(starts.flatMap(({ applied }) => applied)).toEqual(await migrationNames(kind))
  })

  test('one in progress makes a start and a reader wait, not fail', async () => {
    const [lock, ended] = [deferred(), deferred()]
    const order: string[] = []
    const other = withMigrationLock(url, async () => {
      lock.resolve()
      await ended.promise
      order.push('other')
    })
    await lock.promise
    expect(await isMigrationRunning(url)).toBe(true)
    const start = applyMigrations(url).then(() => order.push('start'))
    const reader = settledMigrationStatus(url).then(() => order.push('reader'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(order).toEqual([])
    ended.resolve()
    await Promise.all([other, start, reader])
    expect(order[0]).toBe('other')
    expect(await isMigrationRunning(url)).toBe(false)
    expect((await migrationStatus(url)).pending).toEqual([])
  })

  test('one that does not end is waited for so long, and the start says what to do', async () => {
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const begun = new Promise<void>((resolve) => {
      holding = withMigrationLock(url, async () => {
        resolve()
        await ended
      })
    })
    await begun
    await expect(withMigrationLock(url, async () => {}, 200)).rejects.toThrow(/end it if it hangs/)
    await expect(withMigrationLock(url, async () => {}, 200)).rejects.toThrow(UnfitDatabase)
    end()
    await holding
    await withMigrationLock(url, async () => {}, 200)
  })

  test('one that takes long outlives what the server allows idle transactions', async () => {
    if (kind === 'sqlite') return
    const name = new URL(url).pathname.slice(1)
    await rows(`ALTER DATABASE "${name}" SET idle_in_transaction_session_timeout = 100`)
    await withMigrationLock(url, async () => {
      await sleep(500)
      await expect(withMigrationLock(url, async () => {}, 100)).rejects.toThrow(UnfitDatabase)
    })
  })

  test('a start that dies lets the next one in', async () => {
    await expect(withMigrationLock(url, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed')
    expect(await applyMigrations(url)).toEqual({ applied: await migrationNames(kind) })
  })

  test('the status names what is applied, and what this version does not know', async () => {
    await applyMigrations(url)
    const applied = await migrationNames(kind)
    expect(await migrationStatus(url)).toEqual({ applied, pending: [], unknown: [], failed: [] })
    await record('29991231000000_come_later', 'CURRENT_TIMESTAMP')
    expect(await migrationStatus(url)).toMatchObject({ applied, unknown: ['29991231000000_come_later'] })
  })

  test('a database of a newer version is refused and left alone', async () => {
    await applyMigrations(url)
    await record('29991231000000_come_later', 'CURRENT_TIMESTAMP')
    await expect(applyMigrations(url)).rejects.toThrow(/made by a newer Gatehouse/)
  })

  test('a migration that was begun and not finished stops the next one', async () => {
    await applyMigrations(url)
    await record('29991231000000_break_off', 'NULL')
    expect((await migrationStatus(url)).failed).toEqual(['29991231000000_break_off'])
    await expect(applyMigrations(url)).rejects.toThrow(/29991231000000_break_off was not finished/)
  })
})

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

async function record(name: string, finishedAt: string): Promise<void> {
  await rows(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('${name}', '', '${name}', ${finishedAt})`,
  )
}

async function rows(sql: string): Promise<unknown[][]> {
  const connection = await databaseAdapter(url).connect()
  try {
    return (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows
  } finally {
    await connection.dispose()
  }
}
