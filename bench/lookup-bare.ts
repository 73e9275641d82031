import type { Workload } from './lookup-workload'

/*
 * What a weekend's work comes to: a parser written by hand, a table over the first 16 bits, and sorted intervals in
 * typed arrays. It says yes or no, and knows neither overlaps nor expiry.
 */
const DOT = 46
const COLON = 58
const groups = new Uint16Array(8)
const query = new Uint32Array(4)

export function bareV4({ blocks }: Workload): { has(text: string): boolean; bytes: number } {
  const count = blocks.length
  const starts = Uint32Array.from(blocks, ({ start }) => Number(start))
  const ends = Uint32Array.from(blocks, ({ end }) => Number(end))
  const table = tableOver(count, (at) => (ends[at] as number) >>> 16)
  return {
    bytes: starts.byteLength + ends.byteLength + table.byteLength,
    has(text) {
      const x = parseQuad(text)
      if (x < 0) return false
      let low = table[x >>> 16] as number
      let high = table[(x >>> 16) + 1] as number
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((ends[middle] as number) < x) low = middle + 1
        else high = middle
      }
      return low < count && (starts[low] as number) <= x
    },
  }
}

export function bareV6({ blocks }: Workload): { has(text: string): boolean; bytes: number } {
  const count = blocks.length
  const starts = new Uint32Array(4 * count)
  const ends = new Uint32Array(4 * count)
  for (const [index, { start, end }] of blocks.entries()) {
    for (let word = 0; word < 4; word++) {
      const shift = BigInt(96 - 32 * word)
      starts[4 * index + word] = Number((start >> shift) & 0xffff_ffffn)
      ends[4 * index + word] = Number((end >> shift) & 0xffff_ffffn)
    }
  }
  const table = tableOver(count, (at) => (ends[4 * at] as number) >>> 16)
  return {
    bytes: starts.byteLength + ends.byteLength + table.byteLength,
    has(text) {
      if (!parseGroups(text)) return false
      const top = (query[0] as number) >>> 16
      let low = table[top] as number
      let high = table[top + 1] as number
      while (low < high) {
        const middle = (low + high) >>> 1
        if (isLess(ends, 4 * middle, query, 0)) low = middle + 1
        else high = middle
      }
      return low < count && !isLess(query, 0, starts, 4 * low)
    },
  }
}

/** For each 16 bits, how many intervals end before them. */
function tableOver(count: number, topOf: (at: number) => number): Uint32Array {
  const table = new Uint32Array(65_537)
  for (let top = 0, at = 0; top < table.length; top++) {
    while (at < count && topOf(at) < top) at++
    table[top] = at
  }
  return table
}

/** The number that a dotted quad spells, or -1. */
function parseQuad(text: string): number {
  let value = 0
  let part = 0
  let digits = 0
  let dots = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) {
      if (digits > 0 && part === 0) return -1
      part = part * 10 + code - 48
      if (part > 255) return -1
      digits++
    } else if (code === DOT) {
      if (digits === 0 || dots === 3) return -1
      value = (value << 8) | part
      part = 0
      digits = 0
      dots++
    } else return -1
  }
  return dots === 3 && digits > 0 ? ((value << 8) | part) >>> 0 : -1
}

/** Reads an IPv6 text without a dotted tail into `query`. */
function parseGroups(text: string): boolean {
  let count = 0
  let gap = -1
  let value = 0
  let digits = 0
  let at = 0
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false
    gap = 0
    at = 2
  }
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COLON) {
      if (digits > 0) {
        if (count === 7) return false
        groups[count++] = value
        value = digits = 0
      } else if (gap < 0) gap = count
      else return false
      continue
    }
    let digit = code - 48
    if (digit < 0) return false
    if (digit > 9) {
      digit = (code | 32) - 87
      if (digit < 10 || digit > 15) return false
    }
    if (++digits > 4) return false
    value = (value << 4) | digit
  }
  if (digits > 0) groups[count++] = value
  else if (gap !== count) return false
  return place(count, gap)
}

function place(count: number, gap: number): boolean {
  if (gap < 0 ? count !== 8 : count > 7) return false
  if (gap >= 0) {
    let to = 7
    for (let from = count - 1; from >= gap; from--) groups[to--] = groups[from] as number
    while (to >= gap) groups[to--] = 0
  }
  for (let word = 0; word < 4; word++) {
    query[word] = ((groups[2 * word] as number) << 16) | (groups[2 * word + 1] as number)
  }
  return true
}

function isLess(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  for (let word = 0; word < 4; word++) {
    const one = a[at + word] as number
    const other = b[bt + word] as number
    if (one !== other) return one < other
  }
  return false
}
