import { CHILD, PREFIX } from './lookup-tree'

/**
 * The number of the IPv4 segment that holds `x`, or -1. `words` has `count` segments of two words (first, last)
 * at `segments`; `root` is where its tree begins, 0 for none. Allocates nothing.
 */
export function seekV4(words: Uint32Array, segments: number, count: number, root: number, x: number): number {
  let segment = root === 0 ? bisectV4(words, segments, count, x) : descendV4(words, root, x)
  if (root !== 0) {
    while (segment + 1 < count && (words[segments + 2 * segment + 2] as number) <= x) segment++
  }
  return segment >= 0 && x <= (words[segments + 2 * segment + 1] as number) ? segment : -1
}

/** The last segment that does not begin behind `x`, or -1. */
function bisectV4(words: Uint32Array, segments: number, count: number, x: number): number {
  let low = -1
  let high = count
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((words[segments + 2 * middle] as number) <= x) low = middle
    else high = middle
  }
  return low
}

/** A segment at or before the one that `bisectV4` would find, a few at most away from it. */
function descendV4(words: Uint32Array, root: number, x: number): number {
  let node = root
  for (;;) {
    const shape = words[node] as number
    const bit = shape & 255
    const prefix = words[node + PREFIX] as number
    if (bit !== 0 && (x ^ prefix) >>> (32 - bit) !== 0) return edge(words, node, x < prefix)
    const value = (x << bit) >>> (32 - (shape >>> 8))
    const entry = words[node + PREFIX + 1 + value] as number
    if (entry < CHILD) return entry - 1
    node = root + entry - CHILD
  }
}

function edge(words: Uint32Array, node: number, before: boolean): number {
  return before ? (words[node + 1] as number) - 1 : (words[node + 2] as number) - 1
}

/** Like `seekV4`, for IPv6: eight words a segment, and the address in the first four words of `x`. */
export function seekV6(
  words: Uint32Array,
  segments: number,
  count: number,
  root: number,
  x: Uint32Array,
): number {
  let segment = root === 0 ? bisectV6(words, segments, count, x) : descendV6(words, root, x)
  if (root !== 0) {
    while (segment + 1 < count && !isLess(x, words, segments + 8 * segment + 8)) segment++
  }
  return segment >= 0 && !isGreater(x, words, segments + 8 * segment + 4) ? segment : -1
}

function bisectV6(words: Uint32Array, segments: number, count: number, x: Uint32Array): number {
  let low = -1
  let high = count
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isLess(x, words, segments + 8 * middle)) high = middle
    else low = middle
  }
  return low
}

function descendV6(words: Uint32Array, root: number, x: Uint32Array): number {
  let node = root
  for (;;) {
    const shape = words[node] as number
    const bit = shape & 255
    const order = comparePrefix(x, words, node + PREFIX, bit)
    if (order !== 0) return edge(words, node, order < 0)
    const bits = shape >>> 8
    const word = bit >>> 5
    const offset = bit & 31
    let value = (x[word] as number) << offset
    if (offset + bits > 32) value |= (x[word + 1] as number) >>> (32 - offset)
    const entry = words[node + PREFIX + 4 + (value >>> (32 - bits))] as number
    if (entry < CHILD) return entry - 1
    node = root + entry - CHILD
  }
}

/** Compares the first `bit` bits. */
function comparePrefix(x: Uint32Array, words: Uint32Array, at: number, bit: number): number {
  const whole = bit >>> 5
  for (let word = 0; word < whole; word++) {
    const difference = (x[word] as number) - (words[at + word] as number)
    if (difference !== 0) return difference
  }
  const rest = bit & 31
  if (rest === 0) return 0
  return ((x[whole] as number) >>> (32 - rest)) - ((words[at + whole] as number) >>> (32 - rest))
}

function isLess(x: Uint32Array, words: Uint32Array, at: number): boolean {
  for (let word = 0; word < 4; word++) {
    const a = x[word] as number
    const b = words[at + word] as number
    if (a !== b) return a < b
  }
  return false
}

function isGreater(x: Uint32Array, words: Uint32Array, at: number): boolean {
  for (let word = 0; word < 4; word++) {
    const a = x[word] as number
    const b = words[at + word] as number
    if (a !== b) return a > b
  }
  return false
}
