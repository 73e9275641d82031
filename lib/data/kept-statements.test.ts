import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '@/scripts/testing/folders'
import { databaseAdapter } from './adapter'
import { queryRows } from './connection'
import { keepStatements } from './kept-statements'

describe('a connection to SQLite that keeps its statements', () => {
  let connection: Awaited<ReturnType<ReturnType<typeof databaseAdapter>['connect']>>
  beforeAll(async () => {
    connection = await databaseAdapter(`file:${join(await temporaryFolder(), 'kept.db')}`).connect()
    await connection.executeScript('CREATE TABLE "Fruit" ("name" TEXT PRIMARY KEY, "count" INTEGER)')
  })
  afterAll(() => connection.dispose())
  const ask = (sql: string, ...args: (string | number)[]) => queryRows(connection, sql, args)

  test('answers each time for the values of that time', async () => {
    const add = 'INSERT INTO "Fruit" VALUES (?, ?) RETURNING "count"'
    expect(await ask(add, 'apple', 1)).toEqual([[1]])
    expect(await ask(add, 'pear', 2)).toEqual([[2]])
    const find = 'SELECT "count" FROM "Fruit" WHERE "name" = ?'
    expect([await ask(find, 'pear'), await ask(find, 'none'), await ask(find, 'apple')]).toEqual([
      [[2]],
      [],
      [[1]],
    ])
  })

  test('goes on with a statement that failed', async () => {
    const add = 'INSERT INTO "Fruit" VALUES (?, ?)'
    await expect(ask(add, 'apple', 9)).rejects.toMatchObject({ cause: { kind: 'UniqueConstraintViolation' } })
    expect(await ask(add, 'fig', 9)).toEqual([])
    expect(await ask('SELECT "count" FROM "Fruit" WHERE "name" = ?', 'fig')).toEqual([[9]])
  })

  test('notices a table that was changed meanwhile', async () => {
    const query = { sql: 'SELECT * FROM "Fruit" WHERE "name" = ?', args: ['fig'], argTypes: [] as never[] }
    const all = () => connection.queryRaw({ ...query, argTypes: [{ scalarType: 'string', arity: 'scalar' }] })
    expect((await all()).columnNames).toEqual(['name', 'count'])
    await connection.executeScript('ALTER TABLE "Fruit" ADD COLUMN "colour" TEXT')
    const after = await all()
    expect(after.columnNames).toEqual(['name', 'count', 'colour'])
    expect(after.rows).toEqual([['fig', 9, null]])
  })
})

test('a statement is prepared once, and the latest used are kept', () => {
  const prepared: string[] = []
  const client = {
    prepare(sql: string) {
      prepared.push(sql)
      return { reader: false, run: () => sql, columns: () => [], raw: () => ({ all: () => [] }) }
    },
  }
  keepStatements(client)
  for (let times = 0; times < 3; times++) expect(client.prepare('first').run()).toBe('first')
  expect(prepared).toEqual(['first'])
  for (let other = 0; other < 299; other++) client.prepare(`other ${other}`)
  client.prepare('first')
  expect(prepared).toHaveLength(300)
  client.prepare('one too many')
  client.prepare('first')
  expect(prepared).toHaveLength(301)
  client.prepare('other 0')
  expect(prepared).toHaveLength(302)
})
