import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { addressFromBigInt, type Family } from './address'
import { type CompiledLookup, compileLookup } from './lookup'
import { LookupArena } from './lookup-arena'

/** They fill two slabs nearly to the end. */
const LISTS = 9_800
const SLAB_WORDS = 2 ** 18

/** A list of `count` single addresses that only this account has. */
function listOf(account: number, count = 20): CompiledLookup {
  return compileLookup(
    Array.from({ length: count }, (_, at) => {
      const only = addressFromBigInt(4, BigInt(account * 65_536 + at * 2))
      return {
        id: `${account}/${at}`,
        start: only,
        end: only,
        enabled: true,
        expiresAtMs: null,
        createdAtMs: at,
      }
    }),
  )
}

function answers(account: number, lookup: CompiledLookup): boolean {
  const of = (number: number) =>
    lookup.findAddress(addressFromBigInt(4, BigInt(account * 65_536 + number)), 0)
  return of(0) === `${account}/0` && of(38) === `${account}/19` && of(39) === null && of(65_535) === null
}

/** Lists in an arena, by their places. */
function adoptAll(arena: LookupArena, lists: readonly CompiledLookup[]): number[] {
  return lists.map((list, at) => arena.adopt(list, at) as number)
}

it('keeps thousands of lists apart in little memory', () => {
  const arena = new LookupArena()
  const places = adoptAll(
    arena,
    Array.from({ length: LISTS }, (_, account) => listOf(account)),
  )
  expect(places.every((place, account) => answers(account, arena.at(place)))).toBe(true)
  expect(places.map((place) => arena.at(place).size)).toEqual(places.map(() => 20))
  expect(places.map((place) => arena.stampOf(place))).toEqual([...places.keys()])
  expect(arena.bytes).toBeLessThan(LISTS * 215)
  expect(arena.isSparse).toBe(false)
})

it('fills a slab to its last word', () => {
  const arena = new LookupArena()
  for (let account = 0; account < 4_945; account++) arena.adopt(listOf(account), 0)
  const rest = listOf(4_945, 23)
  expect(4_945 * listOf(0).length + rest.length).toBe(SLAB_WORDS)
  const places = adoptAll(arena, [rest])
  expect(arena.bytes).toBe(4 * SLAB_WORDS)
  places.push(...adoptAll(arena, [listOf(4_946)]))
  expect(arena.bytes).toBe(2 * 4 * SLAB_WORDS)
  expect(places.map((place, at) => answers(4_945 + at, arena.at(place)))).toEqual([true, true])
})

it('answers for IPv6, for lists long and short, and for those that expire in part, as they do alone', () => {
  const addressesOf = (family: Family, count: number) =>
    Array.from({ length: count }, (_, at) => addressFromBigInt(family, BigInt(3 * at) << 20n))
  const lists = [
    [3, 0],
    [0, 3],
    [50, 0],
    [0, 50],
    [2, 50],
    [50, 2],
  ].map(([v4, v6]) => [...addressesOf(4, v4 as number), ...addressesOf(6, v6 as number)])
  const compiled = lists.flatMap((addresses, list) =>
    [null, 5].map((expiresAtMs) =>
      compileLookup(
        addresses.map((only, at) => ({
          id: `${list}/${at}`,
          start: only,
          end: only,
          enabled: true,
          expiresAtMs: at % 3 === 1 ? expiresAtMs : null,
          createdAtMs: 0,
        })),
      ),
    ),
  )
  const arena = new LookupArena()
  const places = adoptAll(arena, compiled)
  for (const [list, alone] of compiled.entries()) {
    const here = arena.at(places[list] as number)
    expect([here.size, here.length, here.bytes]).toEqual([alone.size, alone.length, alone.bytes])
    for (const address of [...addressesOf(4, 51), ...addressesOf(6, 51)]) {
      for (const nowMs of [4, 5])
        expect(here.findAddress(address, nowMs)).toBe(alone.findAddress(address, nowMs))
    }
  }
})

it('gives the space of released lists back, and what is in use answers as before', () => {
  const arena = new LookupArena()
  const places = adoptAll(
    arena,
    Array.from({ length: 2_500 }, (_, account) => listOf(account, 200)),
  )
  const before = arena.bytes
  const kept = places.filter((place, account) => {
    if (account % 5 !== 0) arena.release(place)
    return account % 5 === 0
  })
  expect(arena.isSparse).toBe(true)
  const held = arena.at(kept[1] as number)
  const moved = arena.repack(kept)
  expect(arena.isSparse).toBe(false)
  expect(arena.bytes).toBeLessThan(before / 3)
  expect(moved.every((place, at) => answers(5 * at, arena.at(place)))).toBe(true)
  expect(moved.map((place) => arena.stampOf(place))).toEqual(moved.map((_, at) => 5 * at))
  expect(answers(5, held)).toBe(true)
})

it('is sparse when released lists take up more than two slabs beside as much as is in use', () => {
  const arena = new LookupArena()
  const list = listOf(0, 1_100)
  const slabs = (of: number) => of * 4 * SLAB_WORDS
  while (arena.bytes < slabs(2)) arena.release(arena.adopt(list, 0) as number)
  expect(arena.isSparse).toBe(false)
  while (arena.bytes < slabs(3)) arena.release(arena.adopt(list, 0) as number)
  expect(arena.isSparse).toBe(true)
})

it('a released list goes on answering whoever still holds it', () => {
  const arena = new LookupArena()
  const place = arena.adopt(listOf(1), 0) as number
  const held = arena.at(place)
  arena.release(place)
  arena.repack([])
  arena.adopt(listOf(2), 0)
  expect(answers(1, held)).toBe(true)
})

it('remembers for each list whether it was asked for', () => {
  const arena = new LookupArena()
  const [one, two] = adoptAll(arena, [listOf(1), listOf(2)]) as [number, number]
  arena.touch(two)
  expect([one, two].map((place) => arena.takeTouch(place))).toEqual([false, true])
  expect([one, two].map((place) => arena.takeTouch(place))).toEqual([false, false])
  expect([one, two].map((place, at) => answers(at + 1, arena.at(place)))).toEqual([true, true])
})

it('holds no room to spare for the ids of full slabs', () => {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const list = listOf(0, 11)
  const listsOfASlab = Math.floor(SLAB_WORDS / list.length)
  const arena = new LookupArena()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let at = 0; at < 5 * listsOfASlab; at++) arena.adopt(list, 0)
  collect()
  const perId = (process.memoryUsage().heapUsed - before) / (5 * listsOfASlab * 11)
  expect(arena.bytes).toBe(5 * 4 * SLAB_WORDS)
  // 8 bytes, and half as much again in an array that has just grown.
  expect(perId).toBeLessThan(10)
})

it.each([
  [1_187, 4_096, true],
  [1_188, 4_099, false],
])('takes a list of %d ranges, %d words long: %j', (count, length, taken) => {
  const lookup = compileLookup(
    Array.from({ length: count }, (_, at) => {
      const only = addressFromBigInt(4, BigInt(at) * (2n ** 32n / BigInt(count)))
      const expiresAtMs = at < count - 3 ? null : 1
      return { id: `${at}`, start: only, end: only, enabled: true, expiresAtMs, createdAtMs: 0 }
    }),
  )
  expect(lookup.length).toBe(length)
  expect(new LookupArena().adopt(lookup, 0) !== null).toBe(taken)
})

it('leaves a long list where it is, and one with overlaps that expire', () => {
  const arena = new LookupArena()
  expect(arena.adopt(listOf(0, 5_000), 0)).toBeNull()
  const only = addressFromBigInt(4, 1n)
  const entry = { start: only, end: only, enabled: true, createdAtMs: 0 }
  const expiring = [
    { ...entry, id: 'soon', expiresAtMs: 1 },
    { ...entry, id: 'later', expiresAtMs: 2 },
  ]
  expect(arena.adopt(compileLookup(expiring), 0)).toBeNull()
  expect(arena.bytes).toBe(0)
  expect(arena.adopt(compileLookup(expiring.slice(1)), 0)).not.toBeNull()
})
