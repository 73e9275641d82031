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

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20))
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('the hashing queue', () => {
  it('runs three from unknown devices at once, the others in the order they came', async () => {
    const { state, work } = gate()
    const all = numbers(20).map((at) => inHashingQueue(`key ${at}`, 'open', work(at)))
    await aMoment()
    expect(state.started).toEqual([0, 1, 2])
    state.open()
    expect(await Promise.all(all)).toEqual(numbers(20))
    expect(state.started).toEqual(numbers(20))
    expect(state.most).toBe(3)
  })

  it('runs four from known devices at once', async () => {
    const { state, work } = gate()
    const all = numbers(20).map((at) => inHashingQueue(`key ${at}`, 'known', work(at)))
    await aMoment()
    expect(state.started).toEqual([0, 1, 2, 3])
    state.open()
    await Promise.all(all)
    expect(state.most).toBe(4)
  })

  it('keeps a place for a known device beside any number of others, and lets it go first', async () => {
    const { state, work } = gate()
    const strangers = numbers(100).map((at) => inHashingQueue(`stranger ${at}`, 'open', work(at)))
    await aMoment()
    const owner = [500, 501].map((name) => inHashingQueue(`owner ${name}`, 'known', work(name)))
    await aMoment()
    expect(state.started).toEqual([0, 1, 2, 500])
    state.open()
    await Promise.all([...strangers, ...owner])
    expect(state.started.slice(0, 5)).toEqual([0, 1, 2, 500, 501])
    expect(state.most).toBe(4)
  })

  it('runs attempts on one key one after the other', async () => {
    const { state, work } = gate()
    const all = numbers(10).map((at) => inHashingQueue('one key', 'open', work(at)))
    state.open()
    await Promise.all(all)
    expect(state.most).toBe(1)
    expect(state.started).toEqual(numbers(10))
  })

  it.each(['open', 'known'] as const)(
    'a failed attempt takes no place and stops nobody (%s)',
    async (lane) => {
      const fails = () => Promise.reject(new Error('The database is away.'))
      const failed = await Promise.allSettled(numbers(12).map(() => inHashingQueue('a key', lane, fails)))
      expect(failed.every(({ status }) => status === 'rejected')).toBe(true)
      const { state, work } = gate()
      const places = lane === 'open' ? 3 : 4
      const all = numbers(places).map((at) => inHashingQueue(`after ${at}`, lane, work(at)))
      await aMoment()
      expect(state.running).toBe(places)
      state.open()
      await Promise.all(all)
    },
  )

  it('turns away strangers when 192 of them are waiting, and still takes known devices', async () => {
    const { state, work } = gate()
    const all = numbers(192).map((at) => inHashingQueue(`key ${at % 7}`, 'open', work(at)))
    await expect(inHashingQueue('one more', 'open', work(192))).rejects.toThrow(HashingQueueFull)
    const known = numbers(64).map((at) => inHashingQueue(`owner ${at % 5}`, 'known', work(200 + at)))
    await expect(inHashingQueue('one more', 'known', work(192))).rejects.toThrow(HashingQueueFull)
    state.open()
    await Promise.all([...all, ...known])
    expect(await inHashingQueue('one more', 'open', work(257))).toBe(257)
  })
})
