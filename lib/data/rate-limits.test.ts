import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { type LimitedKey, NETWORK_LIMIT, PERSON_LIMIT } from '../core/rate-limit'
import { database } from './database'
import { dropOver } from './over'
import { countFailures, countUse, findWait } from './rate-limits'

const MINUTE_MS = 60_000
const START = Date.parse('2026-11-23T12:00:00Z')

let serial = 0
const person = (): LimitedKey => ({ key: `person:${++serial}`, limit: PERSON_LIMIT })
const readWaitMs = async (...asked: Parameters<typeof findWait>) => (await findWait(...asked))?.ms ?? 0
const network = (): LimitedKey => ({ key: `network:${++serial}`, limit: NETWORK_LIMIT })

describe.each(TEST_DATABASES)('rate limits on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('four failures wait for nothing, then each wait is longer', async () => {
    const key = person()
    let now = START
    for (let at = 0; at < 4; at++) await countFailures([key], now)
    expect(await readWaitMs([key], now)).toBe(0)
    for (const minutes of [1, 2, 5, 15, 15]) {
      await countFailures([key], now)
      expect(await readWaitMs([key], now)).toBe(minutes * MINUTE_MS)
      now += minutes * MINUTE_MS
      expect(await readWaitMs([key], now)).toBe(0)
    }
  })

  it('sixty failures at once are all counted', async () => {
    const keys = [person(), network()]
    await Promise.all(Array.from({ length: 60 }, () => countFailures(keys, START)))
    const rows = await database().rateLimit.findMany({ where: { key: { in: keys.map(({ key }) => key) } } })
    expect(rows.map(({ failures }) => failures)).toEqual([60, 60])
  })

  it('of several keys the longest wait counts, and other keys wait for nothing', async () => {
    const [ann, home, away] = [person(), network(), network()]
    for (let at = 0; at < 5; at++) await countFailures([ann, home], START)
    expect(await readWaitMs([ann, home], START)).toBe(MINUTE_MS)
    expect(await readWaitMs([home], START)).toBe(0)
    expect(await readWaitMs([person(), away], START)).toBe(0)
    const [ben, longer] = [person(), person()]
    for (let at = 0; at < 5; at++) await countFailures([ben, longer], START)
    expect(await findWait([ann, ben, home], START)).toEqual({ key: ben.key, ms: MINUTE_MS })
    await countFailures([longer], START)
    expect(await findWait([longer, ann], START)).toEqual({ key: longer.key, ms: 2 * MINUTE_MS })
  })

  it('of sixty uses at once as many are counted as the limit lets, and the others write nothing', async () => {
    const home = network()
    const asked = Array.from({ length: 60 }, () => [person(), home])
    const waits = await Promise.all(asked.map((keys) => countUse(keys, START)))
    expect(waits.filter((ms) => ms === 0)).toHaveLength(50)
    expect(new Set(waits)).toEqual(new Set([0, MINUTE_MS]))
    const rows = await database().rateLimit.findMany({ where: { key: home.key } })
    expect(rows).toMatchObject([{ failures: 50, waits: 1 }])
    const later = person()
    expect(await countUse([later, home], START)).toBe(MINUTE_MS)
    expect(await database().rateLimit.count({ where: { key: later.key } })).toBe(0)
    expect(await countUse([later], START)).toBe(0)
  })

  it('counts that no longer matter are forgotten, the others kept', async () => {
    const [old, fresh, again] = [person(), person(), person()]
    await countFailures([old, again], START)
    await countFailures([fresh, again], START + 3 * 60 * MINUTE_MS)
    await dropOver('RateLimit', new Date(START + 3 * 60 * MINUTE_MS))
    const keys = { in: [old.key, fresh.key, again.key] }
    const left = await database().rateLimit.findMany({ where: { key: keys } })
    expect(left.map(({ key }) => key).sort()).toEqual([fresh.key, again.key].sort())
  })
})
