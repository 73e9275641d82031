import { expect, test } from 'vitest'
import { newId } from './ids'

test('an id is a UUID of version 7 that begins with its time', () => {
  const id = newId(Date.UTC(2031, 0, 1))
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2031, 0, 1))
})

test('ids sort in the order in which they were made, also within a millisecond and when the clock goes back', () => {
  const now = Date.UTC(2032, 0, 1)
  const ids = [...Array.from({ length: 10_000 }, () => newId(now)), newId(now - 60_000)]
  expect([...ids].sort()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
