import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { containing } from './containing'
import { database } from './database'

describe.each(TEST_DATABASES)('a search for text on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it.each([
    ['Élodie Roy', 'Élodie', true],
    ['Élodie Roy', 'Élodie rOY', true],
    ['élodie Roy', 'ÉLODIE', true],
    ['Анна', 'Анна', true],
    ['Анна', 'нна', true],
    ['Ana Silva', 'aNA sIL', true],
    ['Élodie Roy', 'Elodie', false],
    ['100% Ben', '0%', true],
    ['1000 Ben', '0%B', false],
    ['Desk_1', 'k_1', true],
    ['Desk-1', 'k_1', false],
    ['a\\b', '\\', true],
    ['ab', '\\', false],
  ])('in "%s" for "%s": %s', async (text, search, isFound) => {
    const condition = containing(Prisma.sql`CAST(${text} AS TEXT)`, search)
    expect(await database().$queryRaw(Prisma.sql`SELECT 1 AS "one" WHERE ${condition}`)).toHaveLength(
      isFound ? 1 : 0,
    )
  })
})
