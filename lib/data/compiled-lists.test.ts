import { setImmediate as otherWork } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Address, addressFromBigInt } from '../core/address'
import type { LookupEntry } from '../core/lookup'
import { CompiledLists, compiledList } from './compiled-lists'

const ROOM = 2 ** 30
const FIRST = addressFromBigInt(4, 0n)

function entries(label: string, count: number): LookupEntry[] {
  return Array.from({ length: count }, (_, at) => {
    const only = addressFromBigInt(4, BigInt(at * 3))
    return { id: `${label}/${at}`, start: only, end: only, enabled: true, expiresAtMs: null, createdAtMs: at }
  })
}

/** A reading that counts how often it is asked for. */
function reading(label: string, count = 3) {
  const read = Object.assign(
    async () => {
      read.times++
      await otherWork()
      return entries(label, count)
    },
    { times: 0 },
  )
  return read
}

async function find(
  list: ReturnType<CompiledLists['get']>,
  address: Address = FIRST,
): Promise<string | null> {
  return (await list).findAddress(address, 0)
}

describe('compiled lists', () => {
  it('are read once for each version', async () => {
    const lists = new CompiledLists(ROOM)
    const [one, two] = [reading('one'), reading('two')]
    expect(await find(lists.get('a', 1, one))).toBe('one/0')
    expect(await find(lists.get('a', 1, one))).toBe('one/0')
    expect(one.times).toBe(1)
    expect(await find(lists.get('a', 2, two))).toBe('two/0')
    expect(await find(lists.get('a', 2, one))).toBe('two/0')
    expect([one.times, two.times]).toEqual([1, 1])
  })

  it('belong to one account each', async () => {
    const lists = new CompiledLists(ROOM)
    expect(await find(lists.get('a', 1, reading('of a')))).toBe('of a/0')
    expect(await find(lists.get('b', 1, reading('of b')))).toBe('of b/0')
    expect(await find(lists.get('a', 1, reading('again')))).toBe('of a/0')
  })

  it('requests at the same time share one reading', async () => {
    const lists = new CompiledLists(ROOM)
    const read = reading('one', 3_000)
    const found = await Promise.all(Array.from({ length: 50 }, () => find(lists.get('a', 1, read))))
    expect(new Set(found)).toEqual(new Set(['one/0']))
    expect(read.times).toBe(1)
  })

  it('a reading that was overtaken answers its own requests and is not kept', async () => {
    const lists = new CompiledLists(ROOM)
    const old = lists.get('a', 1, reading('old', 20_000))
    const fresh = lists.get('a', 2, reading('new'))
    expect(await find(fresh)).toBe('new/0')
    expect(await find(old)).toBe('old/0')
    const never = reading('never')
    expect(await find(lists.get('a', 2, never))).toBe('new/0')
    expect(never.times).toBe(0)
  })

  it('a reading that failed is tried again', async () => {
    const lists = new CompiledLists(ROOM)
    await expect(lists.get('a', 1, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    )
    expect(lists.count).toBe(0)
    expect(await find(lists.get('a', 1, reading('one')))).toBe('one/0')
  })

  it('what is forgotten is read again, also while it is being read', async () => {
    const lists = new CompiledLists(ROOM)
    const [a, b] = [reading('a'), reading('b')]
    await lists.get('a', 1, a)
    await lists.get('b', 1, b)
    lists.forget('a')
    lists.forget('never heard of')
    const building = lists.get('a', 1, a)
    lists.forget('a')
    expect(await find(building)).toBe('a/0')
    expect(await find(lists.get('a', 1, a))).toBe('a/0')
    await lists.get('b', 1, b)
    expect([a.times, b.times]).toEqual([3, 1])
    lists.forget()
    expect(lists.count).toBe(0)
  })

  it('a failure does not throw a newer list out', async () => {
    const lists = new CompiledLists(ROOM)
    let fail = (_error: Error) => {}
    const failing = lists.get('a', 1, () => new Promise((_resolve, reject) => (fail = reject)))
    await lists.get('a', 2, reading('new'))
    fail(new Error('no database'))
    await expect(failing).rejects.toThrow('no database')
    expect(await find(lists.get('a', 2, reading('never')))).toBe('new/0')
  })

  it('the least recently used go when memory runs short', async () => {
    const lists = new CompiledLists(5_000)
    const read = reading('list', 10)
    for (const account of ['a', 'b', 'c']) await lists.get(account, 1, read)
    await lists.get('a', 1, read)
    expect(read.times).toBe(3)
    await lists.get('d', 1, read)
    await lists.get('e', 1, read)
    await lists.get('f', 1, read)
    expect(read.times).toBe(6)
    await lists.get('a', 1, read)
    expect(read.times).toBe(6)
    await lists.get('b', 1, read)
    expect(read.times).toBe(7)
    expect(lists.count).toBeLessThanOrEqual(5)
  })

  it('one that is too large by itself is kept as long as nothing else is asked for', async () => {
    const lists = new CompiledLists(100)
    const read = reading('one')
    await lists.get('a', 1, read)
    await lists.get('a', 1, read)
    expect(read.times).toBe(1)
    await lists.get('b', 1, read)
    expect(lists.count).toBe(1)
  })

  it('answer rightly however often they are replaced', async () => {
    const lists = new CompiledLists(200_000)
    for (let round = 0; round < 3_000; round++) {
      const account = `a${round % 120}`
      expect(await find(lists.get(account, round, async () => entries(`${account}/${round}`, 10)))).toBe(
        `${account}/${round}/0`,
      )
    }
    for (let account = 0; account < 120; account++) {
      const version = 2_880 + account
      const found = await find(
        lists.get(`a${account}`, version, async () => entries(`a${account}/${version}`, 10)),
      )
      expect(found).toBe(`a${account}/${version}/0`)
    }
  })
})

it('compiledList keeps one store for the whole process', async () => {
  const read = reading('one')
  await compiledList('the account', 1, read)
  await compiledList('the account', 1, read)
  expect(read.times).toBe(1)
})
