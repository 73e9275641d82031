import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase } from '@/scripts/testing/databases'
import { compiledList } from './compiled-lists'
import { closeDatabase, database, transact, useDatabase } from './database'
import { announceList, heedListNotices } from './list-notices'

/** A list that counts how often it was read. */
function listOf(accountId: string) {
  let reads = 0
  const read = async () => {
    reads++
    return []
  }
  const ask = async () => {
    await compiledList(accountId, 1, read)
    return reads
  }
  return { ask }
}

describe('notices of changed lists on postgresql', () => {
  const reported: unknown[] = []
  let stop: () => Promise<void>
  let remove: () => Promise<void>
  beforeAll(async () => {
    const created = await createTestDatabase('postgresql')
    remove = created.remove
    await useDatabase(created.url)
    stop = heedListNotices(created.url, (error) => reported.push(error))
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), { timeout: 10_000 })
  })
  afterAll(async () => {
    await stop()
    await closeDatabase()
    await remove()
  })

  it('drop the list of that account at once, and no other', async () => {
    const [mine, other] = [listOf('mine'), listOf('other')]
    expect([await mine.ask(), await other.ask()]).toEqual([1, 1])
    expect([await mine.ask(), await other.ask()]).toEqual([1, 1])
    await transact((tx) => announceList(tx, 'mine'))
    await vi.waitFor(async () => expect(await mine.ask()).toBe(2), { timeout: 1_000, interval: 20 })
    expect(await other.ask()).toBe(1)
  })

  it('are not sent by a change that was undone', async () => {
    const [undone, made] = [listOf('undone'), listOf('made')]
    await undone.ask()
    await made.ask()
    const failing = transact(async (tx) => {
      await announceList(tx, 'undone')
      throw new Error('Undone.')
    })
    await expect(failing).rejects.toThrow('Undone.')
    // Notices arrive in order, so the first would be here by the second.
    await transact((tx) => announceList(tx, 'made'))
    await vi.waitFor(async () => expect(await made.ask()).toBe(2), { timeout: 1_000, interval: 20 })
    expect(await undone.ask()).toBe(1)
  })

  it('go on after the connection was lost, and what may have been missed is dropped', async () => {
    const list = listOf('while away')
    await list.ask()
    const [{ pid = 0 } = {}] = await listeners()
    await database().$queryRaw`SELECT pg_terminate_backend(${pid}::int)::text`
    await vi.waitFor(async () => expect(await list.ask()).toBe(2), { timeout: 10_000 })
    expect(reported).toHaveLength(1)
    await transact((tx) => announceList(tx, 'while away'))
    await vi.waitFor(async () => expect(await list.ask()).toBe(3), { timeout: 1_000, interval: 20 })
  })

  it('end with the server', async () => {
    await stop()
    await vi.waitFor(async () => expect(await listeners()).toEqual([]))
    expect(reported).toHaveLength(1)
  })
})

it('end also while they are still being asked for', async () => {
  const { url, remove } = await createTestDatabase('postgresql')
  const stop = heedListNotices(url, () => expect.unreachable())
  await stop()
  await remove()
})

async function listeners() {
  return database().$queryRaw<{ pid: number }[]>`
    SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN gatehouse_list_changed' AND datname = current_database()`
}

it('sqlite needs none', async () => {
  const stop = heedListNotices('file:/nonexistent/gatehouse.db', () => expect.unreachable())
  await stop()
})
