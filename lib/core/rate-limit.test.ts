import { describe, expect, test } from 'vitest'
import { type Address, parseAddress } from './address'
import {
  countFailure,
  type FailureCount,
  minutesOf,
  NETWORK_LIMIT,
  networkKeys,
  PERSON_LIMIT,
  throttledMessage,
  waitLeftMs,
} from './rate-limit'

const START_MS = 1_000_000
const MINUTE_MS = 60_000

function fail(
  times: number,
  limit = PERSON_LIMIT,
  before: FailureCount | null = null,
  nowMs = START_MS,
): FailureCount {
  let count = before
  for (let i = 0; i < times; i++) count = countFailure(count, limit, nowMs)
  if (!count) throw new Error('fail at least once')
  return count
}

describe('wrong passwords', () => {
  test('four of one person make nobody wait, the fifth does', () => {
    expect(waitLeftMs(fail(4), START_MS)).toBe(0)
    expect(waitLeftMs(fail(5), START_MS)).toBe(MINUTE_MS)
  })

  test('of one network: 49 make nobody wait, the fiftieth does', () => {
    expect(waitLeftMs(fail(49, NETWORK_LIMIT), START_MS)).toBe(0)
    expect(waitLeftMs(fail(50, NETWORK_LIMIT), START_MS)).toBe(MINUTE_MS)
  })

  test('after the wait each further one waits longer: 1, 2, 5, 15, 15 minutes', () => {
    let nowMs = START_MS
    let count = fail(5)
    const waits: number[] = []
    for (let i = 0; i < 5; i++) {
      waits.push(waitLeftMs(count, nowMs) / MINUTE_MS)
      nowMs += waitLeftMs(count, nowMs)
      expect(waitLeftMs(count, nowMs)).toBe(0)
      count = countFailure(count, PERSON_LIMIT, nowMs)
    }
    expect(waits).toEqual([1, 2, 5, 15, 15])
  })

  test('a wait from before the clock went back is over, and the next failure imposes another', () => {
    const five = fail(5)
    const backMs = START_MS - 60 * MINUTE_MS
    expect(waitLeftMs(five, backMs)).toBe(0)
    const again = countFailure(five, PERSON_LIMIT, backMs)
    expect(waitLeftMs(again, backMs)).toBe(2 * MINUTE_MS)
  })

  test('a window from before the clock went back begins anew, and keeps what was counted', () => {
    const three = fail(3, PERSON_LIMIT, null, START_MS + 60 * MINUTE_MS)
    const four = countFailure(three, PERSON_LIMIT, START_MS)
    expect(four.failures).toBe(4)
    expect(countFailure(four, PERSON_LIMIT, START_MS + PERSON_LIMIT.windowMs - 1).failures).toBe(5)
    expect(countFailure(four, PERSON_LIMIT, START_MS + PERSON_LIMIT.windowMs).failures).toBe(1)
  })

  test('the longest wait is waited for, also where the clock is a minute behind', () => {
    const block = { ...fail(5), blockedUntilMs: START_MS + 15 * MINUTE_MS }
    expect(waitLeftMs(block, START_MS)).toBe(15 * MINUTE_MS)
    expect(waitLeftMs(block, START_MS - MINUTE_MS)).toBe(16 * MINUTE_MS)
  })

  test('a quiet window forgets them, one millisecond less does not', () => {
    const four = fail(4)
    expect(countFailure(four, PERSON_LIMIT, START_MS + PERSON_LIMIT.windowMs).failures).toBe(1)
    expect(countFailure(four, PERSON_LIMIT, START_MS + PERSON_LIMIT.windowMs - 1).failures).toBe(5)
  })

  test('the quiet window starts when the last wait is over', () => {
    const blocked = fail(5)
    const freeMs = START_MS + MINUTE_MS
    expect(countFailure(blocked, PERSON_LIMIT, freeMs + PERSON_LIMIT.windowMs - 1).waits).toBe(2)
    expect(countFailure(blocked, PERSON_LIMIT, freeMs + PERSON_LIMIT.windowMs).waits).toBe(0)
  })

  test('nobody who never failed waits', () => expect(waitLeftMs(null, START_MS)).toBe(0))
})

describe('the words', () => {
  test.each([
    [1, 1],
    [MINUTE_MS, 1],
    [MINUTE_MS + 1, 2],
    [15 * MINUTE_MS, 15],
  ])('%i ms are %i minutes', (ms, minutes) => expect(minutesOf(ms)).toBe(minutes))

  test('singular and plural', () => {
    expect(throttledMessage(1)).toBe('Too many attempts. Try again in 1 minute.')
    expect(throttledMessage(2)).toBe('Too many attempts. Try again in 2 minutes.')
  })
})

describe('the networks of an address', () => {
  const keysOf = (text: string) =>
    networkKeys(parseAddress(text) as Address).map(({ key, limit }) => [key, limit.failures])

  test('IPv4 counts by address alone', () => {
    expect(keysOf('198.51.100.7')).toEqual([['network:4c6336407', 50]])
  })

  test('IPv6 counts by /64, /56 and /48, with more room the wider the network', () => {
    expect(keysOf('2001:db8:aaaa:bbcc::1')).toEqual([
      ['network:620010db8aaaabbcc', 50],
      ['network:620010db8aaaabb/56', 100],
      ['network:620010db8aaaa/48', 200],
    ])
  })

  test('neighbours share the wider networks and not the narrower ones', () => {
    const [a, b] = [keysOf('2001:db8:aaaa:bb01::1'), keysOf('2001:db8:aaaa:bb02::1')]
    expect([a[0]?.[0] === b[0]?.[0], a[1]?.[0] === b[1]?.[0], a[2]?.[0] === b[2]?.[0]]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('an unknown address is a network of its own', () => {
    expect(networkKeys(null).map(({ key }) => key)).toEqual(['network:unknown'])
  })
})
