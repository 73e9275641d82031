import { describe, expect, it } from 'vitest'
import { escapeUnsafe, replaceUnsafe } from './unsafe-text'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

const UNSAFE = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  ...[0x061c, 0x200e, 0x200f],
  ...range(0x2028, 0x202e),
  ...range(0x2066, 0x2069),
]
const SAFE = [
  ...range(0x20, 0x7e),
  ...[0xa0, 0xff, 0x061b, 0x061d, 0x200d, 0x2010, 0x2027, 0x202f, 0x2065, 0x206a, 0xfffd, 0x1f600],
]
const named = (code: number) => `U+${code.toString(16).padStart(4, '0')}`

describe('every unsafe character', () => {
  it.each(UNSAFE.map((code) => [named(code), String.fromCodePoint(code)]))('%s goes', (_, character) => {
    expect(replaceUnsafe(`a${character}${character}b`)).toBe('a\ufffd\ufffdb')
    expect(replaceUnsafe(`a${character}b`, ' ')).toBe('a b')
    const raw = `"a${character}b"`
    expect(escapeUnsafe(raw)).toMatch(/^"a\\u[0-9a-f]{4}b"$/)
    expect(JSON.parse(escapeUnsafe(raw))).toBe(`a${character}b`)
  })
})

it.each(SAFE.map((code) => [named(code), String.fromCodePoint(code)]))('%s stays', (_, character) => {
  expect(replaceUnsafe(`a${character}b`)).toBe(`a${character}b`)
  expect(escapeUnsafe(`a${character}b`)).toBe(`a${character}b`)
})
