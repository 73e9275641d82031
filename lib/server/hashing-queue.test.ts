import { describe, expect, it } from 'vitest'
import { HashingQueueFull, inHashingQueue } from './hashing-queue'

/** Work that ends when told, and knows how much of it ran at once. */
function gate() {
  const state = { running: 0, most: 0, started: [] as number[], open: () => {} }
  const opened = new Promise<void>((resolve) => {
    state.open = resolve
  })
  const work = (name: number) => async () => {
    state.started.push(name)
    state.most = Math.max(state.most, ++state.running)
    await opened
    state.running--
    return name
  }
  return { state, work }
}

describe('the hashing queue', () => {
  it('runs four at once, the others in the order they came', async () => {
    const { state, work } = gate()
    const all = Array.from({ length: 20 }, (_, at) => inHashingQueue(`key ${at}`, work(at)))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(state.started).toEqual([0, 1, 2, 3])
    state.open()
    expect(await Promise.all(all)).toEqual(Array.from({ length: 20 }, (_, at) => at))
    expect(state.started).toEqual(Array.from({ length: 20 }, (_, at) => at))
    expect(state.most).toBe(4)
  })

  it('runs attempts on one key one after the other', async () => {
    const { state, work } = gate()
    const all = Array.from({ length: 10 }, (_, at) => inHashingQueue('one key', work(at)))
    state.open()
    await Promise.all(all)
    expect(state.most).toBe(1)
    expect(state.started).toEqual(Array.from({ length: 10 }, (_, at) => at))
  })

  it('a failed attempt takes no place and stops nobody', async () => {
    const fails = () => Promise.reject(new Error('The database is away.'))
    const failed = await Promise.allSettled(Array.from({ length: 12 }, () => inHashingQueue('a key', fails)))
    expect(failed.every(({ status }) => status === 'rejected')).toBe(true)
    const { state, work } = gate()
    const all = Array.from({ length: 4 }, (_, at) => inHashingQueue(`after ${at}`, work(at)))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(state.running).toBe(4)
    state.open()
    await Promise.all(all)
  })

  it('turns away who comes when 256 are waiting, and takes people again afterwards', async () => {
    const { state, work } = gate()
    const all = Array.from({ length: 256 }, (_, at) => inHashingQueue(`key ${at % 7}`, work(at)))
    await expect(inHashingQueue('one more', work(256))).rejects.toThrow(HashingQueueFull)
    state.open()
    await Promise.all(all)
    expect(await inHashingQueue('one more', work(257))).toBe(257)
  })
})
