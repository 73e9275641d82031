import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { createTestDatabase, openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { queryRows, withConnection } from './connection'
import {
  closeDatabase,
  type Database,
  database,
  isUniqueViolation,
  lockAccount,
  openUrl,
  transact,
  useDatabase,
} from './database'
import { newId } from './ids'

describe.each(TEST_DATABASES)('statements of our own on %s', (kind) => {
  let close = async () => {}
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** The same client without ours: what Prisma itself answers. */
  const prisma = () => Object.getPrototypeOf(database()) as Database
  const failureOf = (work: Promise<unknown>) => work.then(() => null).catch((error) => error)
  const named = (name: string) => database().account.count({ where: { name } })

  test('answer every kind of value as Prisma does', async () => {
    const { accountId, agentId } = await someAdmin()
    await transact((tx) =>
      tx.account.update({ where: { id: accountId }, data: { revertAt: new Date(1_700_000_000_123) } }),
    )
    const ask = (on: Database) => [
      on.$queryRaw`SELECT * FROM "Account" WHERE "id" = ${accountId}`,
      on.$queryRaw`SELECT * FROM "Agent" WHERE "id" = ${agentId} AND "enabled" = ${true}`,
      on.$queryRaw`SELECT COUNT(*) AS "count", MAX("createdAt") AS "latest", NULL AS "nothing" FROM "Agent"`,
      on.$queryRaw`SELECT "id" FROM "Agent" WHERE "createdAt" < ${new Date(4_000_000_000_000)} LIMIT ${5}`,
      on.$queryRaw`SELECT 1 AS "one" FROM "Agent" WHERE "name" = ${'nobody'}`,
    ]
    const ours = await Promise.all(ask(database()))
    expect(ours).toEqual(await Promise.all(ask(prisma())))
    expect(ours).toMatchObject([
      [{ id: accountId, revertAt: new Date(1_700_000_000_123), offUntil: null, allowlistEnabled: false }],
      [{ id: agentId, enabled: true }],
      [{ count: 1n, nothing: null }],
      [{ id: agentId }],
      [],
    ])
  })

  test('are part of the transaction: seen in it, by nobody else, and gone with it', async () => {
    const { accountId } = await someAdmin()
    const rename = transact(async (tx) => {
      expect(await tx.$executeRaw`UPDATE "Account" SET "name" = 'Ours' WHERE "id" = ${accountId}`).toBe(1)
      expect(await tx.account.count({ where: { name: 'Ours' } })).toBe(1)
      expect(await tx.$queryRaw`SELECT "name" FROM "Account" WHERE "id" = ${accountId}`).toEqual([
        { name: 'Ours' },
      ])
      expect(await named('Ours')).toBe(0)
      throw new Error('No, after all.')
    })
    await expect(rename).rejects.toThrow('No, after all.')
    expect(await named('Ours')).toBe(0)
  })

  test('each stays in its own of two transactions at once', async () => {
    const both = [await someAdmin(), await someAdmin()]
    const outcomes = both.map(({ accountId }, which) =>
      transact(async (tx) => {
        await lockAccount(tx, accountId)
        await tx.$executeRaw`UPDATE "Account" SET "name" = ${`at once ${which}`} WHERE "id" = ${accountId}`
        await new Promise((resolve) => setTimeout(resolve, 30))
        if (which === 0) throw new Error('Only the first.')
      }).catch(() => 'failed'),
    )
    expect(await Promise.all(outcomes)).toEqual(['failed', undefined])
    expect([await named('at once 0'), await named('at once 1')]).toEqual([0, 1])
  })

  test('are repeated with their transaction when two lock each other out', async () => {
    const { accountId: a } = await someAdmin()
    const { accountId: b } = await someAdmin()
    let attempts = 0
    let holding = 0
    const rename = ([first, second]: [string, string], name: string) =>
      transact(async (tx) => {
        attempts++
        await tx.$executeRaw`UPDATE "Account" SET "name" = ${name} WHERE "id" = ${first}`
        holding++
        // SQLite takes one after the other; on PostgreSQL each has its row before it wants that of the other.
        if (kind === 'postgresql') await vi.waitUntil(() => holding >= 2, 10_000)
        await tx.$executeRaw`UPDATE "Account" SET "name" = ${name} WHERE "id" = ${second}`
      })
    await Promise.all([rename([a, b], 'there'), rename([b, a], 'and back')])
    expect(attempts).toBe(kind === 'sqlite' ? 2 : 3)
    expect([await named('there'), await named('and back')].sort()).toEqual([0, 2])
  })

  test.each(['committed', 'rolled back'])('none runs once the transaction is %s', async (how) => {
    const { accountId } = await someAdmin()
    const late = await transact(async (tx) => {
      const rename = () => tx.$executeRaw`UPDATE "Account" SET "name" = 'Late' WHERE "id" = ${accountId}`
      if (how === 'rolled back') throw Object.assign(new Error('No.'), { rename })
      return rename
    }).catch((error) => error.rename as () => Promise<number>)
    expect(await failureOf(late())).toMatchObject({ code: 'P2028' })
    expect(await named('Late')).toBe(0)
  })

  test.each(['of one’s own', 'of Prisma'])(
    '%s in a transaction that takes too long are repeated once',
    async (whose) => {
      let attempts = 0
      const slow = transact(
        async (tx) => {
          attempts++
          await sleep(150)
          return whose === 'of Prisma' ? tx.account.count() : tx.$queryRaw`SELECT 1`
        },
        { maxWait: 10_000, timeout: 50 },
      )
      expect(await failureOf(slow)).toMatchObject({ code: 'P2028' })
      expect(attempts).toBe(2)
    },
  )

  test('fail with the codes that Prisma has for it', async () => {
    const { accountId } = await someAdmin()
    const again = transact(
      (tx) => tx.$executeRaw`INSERT INTO "Account" ("id", "name") VALUES (${accountId}, ${'twice'})`,
    )
    expect(isUniqueViolation(await failureOf(again))).toBe(true)
    const wrong = await failureOf(database().$queryRaw`SELECT "none" FROM "Account"`)
    expect(wrong).toMatchObject({ code: kind === 'sqlite' ? 'SQLITE_ERROR' : '42703' })
    expect(wrong.message).toMatch(/none/)
  })

  test('leave no connection behind, also where Prisma was never asked', async () => {
    const { url, remove } = await createTestDatabase(kind)
    const before = openUrl()
    await useDatabase(url)
    await database().$queryRaw`SELECT 1`
    await closeDatabase()
    if (kind === 'postgresql') {
      const others = 'SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()'
      const count = async () => Number((await withConnection(url, (on) => queryRows(on, others)))[0]?.[0])
      await expect.poll(count).toBe(1)
    }
    await remove()
    await useDatabase(before)
    expect(await database().$queryRaw`SELECT ${newId(0)} AS "id"`).toHaveLength(1)
  })
})
