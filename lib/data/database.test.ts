import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { openTestDatabase } from '@/scripts/testing/databases'
import { holdList } from './allowlist'
import { database, lockAccount, type Transaction } from './database'

describe('taking an account for writing', () => {
  let close = async () => {}
  beforeAll(async () => {
    close = await openTestDatabase('sqlite')
  })
  afterAll(() => close())

  it.each([
    ['lockAccount', (tx: Transaction) => lockAccount(tx, 'one')],
    ['holdList', (tx: Transaction) => holdList(tx, 'one', 1)],
  ])('reads no row but its own: %s', async (_, take) => {
    let plan: { detail: string }[] = []
    const $executeRaw = async (strings: TemplateStringsArray, ...values: unknown[]) => {
      const { sql } = Prisma.sql(strings, ...values)
      plan = await database().$queryRawUnsafe(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      return 1
    }
    await take({ $executeRaw } as unknown as Transaction)
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringMatching(/^SEARCH Account USING INDEX/)])
  })
})
