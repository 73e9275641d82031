import { expect, it } from 'vitest'
import { addressFromBigInt } from './address'
import { type CompiledLookup, compileLookup } from './lookup'
import { LookupArena } from './lookup-arena'

const LISTS = 1_300

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

it('keeps thousands of lists apart in little memory', () => {
  const arena = new LookupArena()
  const lists = Array.from({ length: LISTS }, (_, account) => listOf(account))
  for (const list of lists) arena.adopt(list)
  expect(lists.every((list, account) => answers(account, list))).toBe(true)
  expect(arena.bytes).toBeLessThan(LISTS * 220)
  expect(arena.isSparse).toBe(false)
})

it('gives the space of released lists back, and what is in use answers as before', () => {
  const arena = new LookupArena()
  const lists = Array.from({ length: 300 }, (_, account) => listOf(account, 200))
  for (const list of lists) arena.adopt(list)
  const before = arena.bytes
  const kept = lists.filter((list, account) => {
    if (account % 5 !== 0) arena.release(list)
    return account % 5 === 0
  })
  expect(arena.isSparse).toBe(true)
  arena.repack(kept)
  expect(arena.isSparse).toBe(false)
  expect(arena.bytes).toBeLessThan(before / 3)
  expect(kept.every((list, at) => answers(5 * at, list))).toBe(true)
})

it('a released list goes on answering whoever still holds it', () => {
  const arena = new LookupArena()
  const list = listOf(1)
  arena.adopt(list)
  arena.release(list)
  arena.repack([])
  arena.adopt(listOf(2))
  expect(answers(1, list)).toBe(true)
})

it('leaves a long list where it is', () => {
  const arena = new LookupArena()
  const list = listOf(0, 5_000)
  arena.adopt(list)
  expect(arena.bytes).toBe(0)
  arena.release(list)
  expect(arena.isSparse).toBe(false)
  expect(list.findAddress(addressFromBigInt(4, 9_998n), 0)).toBe('0/4999')
})
