import { CHILD, PREFIX } from './lookup-tree'

/** So many are looked at one after the other: no look waits for the one before, as it does in a bisection. */
const FEW = 8

/**
 * The number of the IPv4 segment that holds `x`, or -1. `words` has `count` segments of two words (first, last)
 * at `segments`; `root` is where its tree begins, 0 for none. Allocates nothing.
 */
export function seekV4(words: Uint32Array, segments: number, count: number, root: number, x: number): number {
  // Stryker disable next-line ConditionalExpression: a tree saves time alone.
  const behind = root === 0 ? countV4(words, segments, count, x) : descendV4(words, segments, count, root, x)
  // Where none has begun, the word read is of no segment, and either way the answer is -1.
  return x >>> 0 <= (words[segments + 2 * behind - 1] as number) ? behind - 1 : -1
}

/** How many segments don't begin behind `x`: bisection to a few, and no branch that depends on `x`. */
function countV4(words: Uint32Array, segments: number, count: number, x: number): number {
  let begun = 0
  let rest = count
  // Stryker disable next-line ConditionalExpression,EqualityOperator: bisection saves time alone.
  while (rest > FEW) {
    // Stryker disable next-line ArithmeticOperator: a lesser half takes longer alone.
    const half = (rest + 1) >> 1
    const first = words[segments + 2 * (begun + half) - 2] as number
    begun += half & -Number(first <= x >>> 0)
    rest -= half
  }
  let at = segments + 2 * begun
  for (const end = at + 2 * rest; at < end; at += 2) begun += Number((words[at] as number) <= x >>> 0)
  return begun
}

/** How many segments don't begin behind `x`, by the tree. */
function descendV4(words: Uint32Array, segments: number, count: number, root: number, x: number): number {
  let node = root
  for (;;) {
    const shape = words[node] as number
    const bit = shape & 255
    const prefix = words[node + PREFIX] as number
    if (bit !== 0 && (x ^ prefix) >>> (32 - bit) !== 0) {
      // Stryker disable next-line EqualityOperator: they differ.
      return words[x >>> 0 < prefix ? node + 1 : node + 2] as number
    }
    const value = (x << bit) >>> (32 - (shape >>> 8))
    const entry = words[node + PREFIX + 1 + value] as number
    // Stryker disable next-line EqualityOperator: no entry points to the root.
    if (entry < CHILD) return advanceV4(words, segments, count, entry, x)
    node = root + entry - CHILD
  }
}

/** Goes on from a number of segments that is a few too small at most. */
function advanceV4(words: Uint32Array, segments: number, count: number, from: number, x: number): number {
  if (from === count) return from
  // One step without a branch, which would be foreseen wrongly every other time; more are rare.
  // Stryker disable next-line all: the loop gets there by itself.
  let begun = from + Number((words[segments + 2 * from] as number) <= x >>> 0)
  while (begun < count && (words[segments + 2 * begun] as number) <= x >>> 0) begun++
  return begun
}

/** Like `seekV4`, for IPv6: eight words a segment, and the address in the first four words of `x`. */
export function seekV6(
  words: Uint32Array,
  segments: number,
  count: number,
  root: number,
  x: Uint32Array,
): number {
  // Stryker disable next-line ConditionalExpression: a tree saves time alone.
  const behind = root === 0 ? bisectV6(words, segments, count, x) : descendV6(words, segments, count, root, x)
  return isGreater(x, words, segments + 8 * behind - 4) ? -1 : behind - 1
}

function bisectV6(words: Uint32Array, segments: number, count: number, x: Uint32Array): number {
  let low = -1
  let high = count
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isLess(x, words, segments + 8 * middle)) high = middle
    else low = middle
  }
  return high
}

function descendV6(
  words: Uint32Array,
  segments: number,
  count: number,
  root: number,
  x: Uint32Array,
): number {
  let node = root
  for (;;) {
    const shape = words[node] as number
    const bit = shape & 255
    const order = comparePrefix(x, words, node + PREFIX, bit)
    if (order < 0) return words[node + 1] as number
    // Stryker disable next-line ConditionalExpression: from any entry one gets behind the run, but one by one.
    if (order > 0) return words[node + 2] as number
    const bits = shape >>> 8
    const word = bit >>> 5
    const offset = bit & 31
    let value = (x[word] as number) << offset
    // Stryker disable next-line EqualityOperator: bits that end with the word need nothing of the next one.
    if (offset + bits > 32) value |= (x[word + 1] as number) >>> (32 - offset)
    const entry = words[node + PREFIX + 4 + (value >>> (32 - bits))] as number
    // Stryker disable next-line EqualityOperator: no entry points to the root.
    if (entry < CHILD) return advanceV6(words, segments, count, entry, x)
    node = root + entry - CHILD
  }
}

function advanceV6(
  words: Uint32Array,
  segments: number,
  count: number,
  from: number,
  x: Uint32Array,
): number {
  if (from === count) return from
  // Stryker disable next-line all: the loop gets there by itself.
  let begun = from + Number((words[segments + 8 * from] as number) < (x[0] as number))
  while (begun < count && !isLess(x, words, segments + 8 * begun)) begun++
  return begun
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
  // Stryker disable next-line EqualityOperator: `x` has no fifth word, and what is not there is not less.
  for (let word = 0; word < 4; word++) {
    const a = x[word] as number
    const b = words[at + word] as number
    if (a === b) continue
    // Stryker disable next-line EqualityOperator: they differ.
    return a < b
  }
  return false
}

function isGreater(x: Uint32Array, words: Uint32Array, at: number): boolean {
  // Stryker disable next-line EqualityOperator: `x` has no fifth word, and what is not there is not greater.
  for (let word = 0; word < 4; word++) {
    const a = x[word] as number
    const b = words[at + word] as number
    if (a === b) continue
    // Stryker disable next-line EqualityOperator: they differ.
    return a > b
  }
  return false
}
