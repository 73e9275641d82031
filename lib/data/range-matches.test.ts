import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { newRange, plantRanges, someAdmin } from '@/scripts/testing/allowlists'
import { createTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSignIns } from '@/scripts/testing/log'
import type { Actor } from '../core/permissions'
import { evidenceOf } from '../core/sign-in-evidence'
import { closeDatabase, database, transact, useDatabase } from './database'
import { catchUpMatches, noteMatch, writeMatches } from './range-matches'
import { addSignIn, type SignInAttempt } from './sign-in-events'

/** Every statement that reaches the database; the database itself is the real one. */
const statements = vi.hoisted(() => [] as string[])

vi.mock('./adapter', async (importOriginal) => {
  const real = await importOriginal<typeof import('./adapter')>()
  /** The adapter, its connection and their transactions, each noting what it is asked before it does it. */
  const counted = <T extends object>(target: T): T => {
    const methods = target as Record<string, ((...args: unknown[]) => Promise<object>) | undefined>
    for (const name of ['connect', 'startTransaction', 'queryRaw', 'executeRaw']) {
      const method = methods[name]?.bind(target)
      if (!method) continue
      const opens = name === 'connect' || name === 'startTransaction'
      methods[name] = (...args) => {
        if (!opens) statements.push((args[0] as { sql: string }).sql)
        return opens ? method(...args).then(counted) : method(...args)
      }
    }
    return target
  }
  return {
    ...real,
    databaseAdapter: (url: string, readonly?: boolean) => counted(real.databaseAdapter(url, readonly)),
  }
})

const NOBODY_SEEN = {
  resolved: { address: null, because: 'no-stamp', trace: [], undeclaredProxy: null },
  headerName: 'x-forwarded-for',
} as const

const writes = () => statements.filter((sql) => /^\s*(INSERT|UPDATE|DELETE|REPLACE)/i.test(sql))

describe.each(TEST_DATABASES)('when ranges last matched on %s', (kind) => {
  let url: string
  let remove: () => Promise<void>
  let ada: Actor & { agentId: string }
  let ids: string[]
  beforeAll(async () => {
    const created = await createTestDatabase(kind)
    url = created.url
    remove = created.remove
    await useDatabase(url)
  })
  afterAll(async () => {
    await closeDatabase()
    await remove()
  })
  beforeEach(async () => {
    await writeMatches()
    ada = await someAdmin()
    ids = await plantRanges(ada, newRange('192.0.2.1'), newRange('192.0.2.2'))
    statements.length = 0
  })

  const admitted = async (rangeId: string | null) => {
    const attempt: SignInAttempt = {
      ...{ accountId: ada.accountId, agentId: ada.agentId, emailTried: 'ada@example.com', surface: 'MOBILE' },
      ...{ address: ada.address, outcome: 'admitted', because: 'listed', device: '', rangeId },
      evidence: evidenceOf(NOBODY_SEEN, null),
    }
    const at = await transact((tx) => addSignIn(tx, attempt))
    if (rangeId) noteMatch(rangeId, at)
  }
  const lastMatched = async () => {
    const rows = await database().range.findMany({
      where: { accountId: ada.accountId },
      orderBy: { id: 'asc' },
    })
    return rows.map((row) => row.lastMatchedAt)
  }

  it('a sign-in writes its row of the log and nothing else', async () => {
    await admitted(ids[0] as string)
    expect(writes()).toHaveLength(1)
    expect(writes()[0]).toMatch(/^INSERT INTO .*SignInEvent/)
    expect(await lastMatched()).toEqual([null, null])
  })

  it('many sign-ins are written together, one statement a range, each with the latest', async () => {
    for (let times = 0; times < 20; times++) await admitted(ids[0] as string)
    await admitted(ids[1] as string)
    await admitted(null)
    statements.length = 0
    await writeMatches()
    expect(writes()).toHaveLength(2)
    const events = await database().signInEvent.findMany({
      where: { accountId: ada.accountId },
      orderBy: { at: 'asc' },
    })
    const latest = (rangeId?: string) => events.filter((row) => row.rangeId === rangeId).at(-1)?.at
    expect(await lastMatched()).toEqual([latest(ids[0]), latest(ids[1])])
    statements.length = 0
    await writeMatches()
    expect(statements).toEqual([])
  })

  it('never goes back to an earlier instant, and bumps no version', async () => {
    const before = await database().account.findUniqueOrThrow({ where: { id: ada.accountId } })
    noteMatch(ids[0] as string, new Date(2_000))
    noteMatch(ids[0] as string, new Date(1_000))
    await writeMatches()
    noteMatch(ids[0] as string, new Date(1_500))
    await writeMatches()
    expect(await lastMatched()).toEqual([new Date(2_000), null])
    expect(await database().account.findUniqueOrThrow({ where: { id: ada.accountId } })).toEqual(before)
    expect(await database().range.findFirst({ where: { id: ids[0] } })).toMatchObject({ version: 1 })
  })

  it('goes back to what is true once the clock has gone back', async () => {
    const [id = ''] = ids
    noteMatch(id, new Date(Date.now() + 365 * 24 * 60 * 60_000))
    await writeMatches()
    const at = new Date()
    noteMatch(id, at)
    await writeMatches()
    expect(await lastMatched()).toEqual([at, null])
    noteMatch(id, new Date(at.getTime() - 1))
    await writeMatches()
    await plantSignIns(ada, { at: '192.0.2.1', hoursAgo: -24, rangeId: id })
    await catchUpMatches()
    expect(await lastMatched()).toEqual([at, null])
  })

  const MINUTE_H = 1 / 60

  it('is taken from the log after a process that ended before it wrote, however long ago', async () => {
    await plantSignIns(
      ada,
      { at: '192.0.2.1', hoursAgo: 3 * MINUTE_H, rangeId: ids[0] as string },
      { at: '192.0.2.1', hoursAgo: 2 * MINUTE_H, rangeId: ids[0] as string },
      { at: '192.0.2.2', hoursAgo: 14, rangeId: ids[1] as string },
    )
    await catchUpMatches()
    const [first, second] = await lastMatched()
    expect(Math.abs((first?.getTime() ?? 0) - (Date.now() - 2 * 60_000))).toBeLessThan(30_000)
    expect(Math.abs((second?.getTime() ?? 0) - (Date.now() - 14 * 60 * 60_000))).toBeLessThan(30_000)
  })

  it('reads the newest rows by their key and no more of them, whoseever they are', async () => {
    await plantSignIns(
      ada,
      { at: '192.0.2.1', hoursAgo: MINUTE_H, rangeId: ids[0] as string },
      { at: '192.0.2.2', hoursAgo: 2 * MINUTE_H, rangeId: ids[1] as string },
    )
    await plantSignIns(await someAdmin(), { at: '192.0.2.9', hoursAgo: MINUTE_H })
    statements.length = 0
    await catchUpMatches(2)
    const [first, second] = await lastMatched()
    expect(first).toBeNull()
    expect(second).not.toBeNull()
    const reads = statements.filter((sql) => sql.includes('SignInEvent'))
    expect(reads).toHaveLength(1)
    if (kind === 'postgresql') return
    const plan = await database().$queryRawUnsafe<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN ${reads[0]}`,
      2,
      0,
    )
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SCAN .* USING INDEX sqlite_autoindex/),
    ])
  })

  it('is written in one order, so that instances never wait for each other', async () => {
    const [first, second] = [...ids].sort() as [string, string]
    for (const id of [second, first]) noteMatch(id, new Date(3_000))
    let writing: Promise<void> | undefined
    await transact(async (tx) => {
      // Another instance has written the first one.
      await tx.range.update({ where: { id: first }, data: { lastMatchedAt: new Date(1_000) } })
      writing = writeMatches()
      if (kind === 'sqlite') return
      await vi.waitFor(async () => {
        const waiting = await database().$queryRaw<unknown[]>`
          SELECT 1 AS "one" FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`
        expect(waiting).toHaveLength(1)
      })
      await tx.$queryRaw`SELECT "id" FROM "Range" WHERE "id" = ${second} FOR UPDATE NOWAIT`
    })
    await writing
    expect(await lastMatched()).toEqual([new Date(3_000), new Date(3_000)])
  })

  it('is noted still when it could not be written', async () => {
    noteMatch(ids[0] as string, new Date(3_000))
    await useDatabase('file:/nowhere/at-all/gatehouse.db')
    await expect(writeMatches()).rejects.toThrow()
    await useDatabase(url)
    expect(await lastMatched()).toEqual([null, null])
    await writeMatches()
    expect(await lastMatched()).toEqual([new Date(3_000), null])
  })
})
