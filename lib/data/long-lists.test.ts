import { performance } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf, address, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { addressFromBigInt } from '../core/address'
import { switchesAt } from './account-switches'
import { readAllowlist } from './allowlist-reading'
import { openUrl, transact, useDatabase } from './database'
import { compileInThread } from './long-lists'

/** More than are read in the thread that answers requests. */
const COUNT = 10_100
const FIRST = 0xc612_0000n
const HOUR_MS = 60 * 60 * 1000

/** An address inside the range of that number. */
const inside = (at: number) => addressFromBigInt(4, FIRST + 4n * BigInt(at) + 1n)
const behind = (at: number) => addressFromBigInt(4, FIRST + 4n * BigInt(at) + 2n)

/** `count` ranges of two addresses, one around them all, and one over the second that expires. */
async function plantLongList(now: number, count = COUNT) {
  const actor = await someAdmin()
  const { accountId } = actor
  const some = { accountId, addedByName: 'Ada', origin: 'IMPORT' } as const
  const rows = Array.from({ length: count }, (_, at) => {
    const start = addressFromBigInt(4, FIRST + 4n * BigInt(at))
    return { ...some, id: `${accountId}/${at}`, start, end: inside(at), enabled: at !== 3 }
  })
  const all = {
    ...some,
    id: `${accountId}/all`,
    start: address('198.18.0.0'),
    end: address('198.19.255.255'),
  }
  const soon = { ...some, id: `${accountId}/soon`, start: inside(1), end: inside(1) }
  const lab = { ...some, id: `${accountId}/lab`, start: address('2001:db8::'), end: address('2001:db8::ff') }
  await transact(async (tx) => {
    for (let at = 0; at < count; at += 2_000) await tx.range.createMany({ data: rows.slice(at, at + 2_000) })
    await tx.range.createMany({ data: [all, lab, { ...soon, expiresAt: new Date(now + HOUR_MS) }] })
  })
  return { actor, name: (rest: string | number) => `${accountId}/${rest}` }
}

describe.each(TEST_DATABASES)('a long list on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('is read and compiled by another thread, and answers as any other', async () => {
    const now = Date.now()
    const { actor, name } = await plantLongList(now)
    const switches = switchesAt(await accountOf(actor), now)
    const before = performance.eventLoopUtilization()
    const lists = await Promise.all(Array.from({ length: 20 }, () => readAllowlist(switches)))
    const { utilization } = performance.eventLoopUtilization(before)
    const { ranges } = (await lists[0]) as { ranges: (typeof lists)[0]['ranges'] }
    expect(ranges.size).toBe(COUNT + 3)
    for (let at = 0; at < COUNT; at += at < 10 ? 1 : 97) {
      const expected = at === 1 ? 'soon' : at === 3 ? 'all' : at
      expect(ranges.findAddress(inside(at), now)).toBe(name(expected))
      expect(ranges.findAddress(behind(at), now)).toBe(name('all'))
    }
    expect(ranges.findAddress(inside(1), now + HOUR_MS)).toBe(name(1))
    expect(ranges.findAddress(inside(COUNT - 1), now)).toBe(name(COUNT - 1))
    expect(ranges.find('2001:db8::7', now)).toBe(name('lab'))
    expect(ranges.find('198.20.0.0', now)).toBeNull()
    expect(utilization).toBeLessThan(0.6)
    // All asked for one list, and the next one gets it at once.
    const again = await readAllowlist(switches)
    expect([...lists, again].every((list) => list.ranges === ranges)).toBe(true)
  })

  it('lists that are asked for together are kept apart', async () => {
    const now = Date.now()
    const planted = [await plantLongList(now, 20), await plantLongList(now, 4_100)]
    const lists = await Promise.all(planted.map(({ actor }) => compileInThread(actor.accountId)))
    for (const [at, list] of lists.entries())
      expect(list.findAddress(inside(7), now)).toBe(planted[at]?.name(7))
  })

  it('that is asked for while it is made is made once more, for everybody who asked', async () => {
    const now = Date.now()
    const { actor, name } = await plantLongList(now, 4_100)
    const first = compileInThread(actor.accountId)
    const meanwhile = Array.from({ length: 20 }, () => compileInThread(actor.accountId))
    await transact((tx) => tx.range.delete({ where: { id: name(7) } }))
    const changed = await compileInThread(actor.accountId)
    expect(changed.findAddress(inside(7), now)).toBe(name('all'))
    const lists = await Promise.all(meanwhile)
    expect(new Set(lists).size).toBe(1)
    expect(lists[0]).not.toBe(await first)
    expect(await compileInThread(actor.accountId)).not.toBe(changed)
  })

  it('of an account without ranges is empty', async () => {
    const list = await compileInThread((await someAdmin()).accountId)
    expect([list.size, list.find('192.0.2.1', 0)]).toEqual([0, null])
  })
})

it('a database that cannot be read is an error for whoever asked, and for nobody after', async () => {
  const close = await openTestDatabase('sqlite')
  const url = openUrl()
  const { actor, name } = await plantLongList(Date.now(), 20)
  await useDatabase('file:/nowhere/at/all.db')
  await expect(compileInThread(actor.accountId)).rejects.toThrow()
  await useDatabase(url)
  expect((await compileInThread(actor.accountId)).findAddress(inside(7), 0)).toBe(name(7))
  await close()
})
