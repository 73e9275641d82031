import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { databaseAdapter } from './adapter'
import { migrationNames } from './migration-files'
import { applyMigrations, migrationStatus } from './migrations'

let folder: string
let url: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-migrations-'))
  url = `file:${folder}/not/there/yet/gatehouse.db`
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('a database that does not exist yet is made, with its folder and a write-ahead log', async () => {
  expect(await applyMigrations(url)).toEqual({ applied: await migrationNames('sqlite') })
  expect(await rows('PRAGMA journal_mode')).toEqual([['wal']])
  expect(await rows('SELECT COUNT(*) FROM "Account"')).toEqual([[0]])
})

test('applying again changes nothing', async () => {
  await applyMigrations(url)
  expect(await applyMigrations(url)).toEqual({ applied: [] })
})

test('four starts at once wait for each other, and one of them migrates', async () => {
  const starts = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(url)))
  expect(starts.flatMap(({ applied }) => applied)).toEqual(await migrationNames('sqlite'))
})

test('the status names what is applied, and what this version does not know', async () => {
  await applyMigrations(url)
  const applied = await migrationNames('sqlite')
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
  await expect(applyMigrations(url)).rejects.toThrow(/29991231000000_break_off/)
})

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
