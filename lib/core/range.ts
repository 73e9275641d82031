import {
  type Address,
  addressFromBigInt,
  bitsOf,
  type Family,
  familyOf,
  formatAddress,
  parseAddress,
  toBigInt,
} from './address'
import { excerpt, type RangeProblem } from './range-problem'
import { suggestEntry } from './range-suggestion'

export { describeRangeProblem, type RangeProblem } from './range-problem'

/** All addresses from start to end, both included; one family, start is never greater than end. */
export interface Range {
  start: Address
  end: Address
}

export type ParsedRange = { ok: true; range: Range } | { ok: false; problem: RangeProblem }

const MAPPED_BITS = 96
const FIRST_MAPPED = 0xffff_0000_0000n

/** Text pasted into a form field loses surrounding white space; nothing else is forgiven. */
export function trimPasted(text: string): string {
  return text.trim()
}

/**
 * A range out of two fields. With an empty end, start may hold one address, a CIDR block (RFC 4632, no host
 * bits) or `a - b`. Takes any text of any length; does not trim.
 */
export function parseRange({ start, end = '' }: { start: string; end?: string }): ParsedRange {
  if (start === '') return refuse('start-missing', 'start', start)
  if (end !== '') return parseFields(start, end)
  if (start.length > 100) return refuse('start-not-an-address', 'start', start)
  const pair = /^([^\s-]+) ?- ?([^\s-]+)$/.exec(start)
  if (pair) return parsePair(start, pair[1] as string, pair[2] as string)
  if (start.includes('/')) return parseBlock(start)
  const address = parseAddress(start)
  return address
    ? { ok: true, range: { start: address, end: address } }
    : refuse('start-not-an-address', 'start', start, suggestEntry(start))
}

function parseFields(start: string, end: string): ParsedRange {
  const first = parseAddress(start)
  if (!first) {
    return parseRange({ start }).ok
      ? refuse('end-beside-block', 'end', end)
      : refuse('start-not-an-address', 'start', start, suggestAddressOnly(start))
  }
  const last = parseAddress(end)
  if (!last) return refuse('end-not-an-address', 'end', end, suggestAddressOnly(end))
  if (familyOf(first) !== familyOf(last)) return refuse('mixed-families', 'end', end)
  if (first > last) return refuse('start-after-end', 'end', end)
  return { ok: true, range: { start: first, end: last } }
}

function suggestAddressOnly(text: string): string | undefined {
  const suggestion = suggestEntry(text)
  return suggestion !== undefined && parseAddress(suggestion) ? suggestion : undefined
}

function parsePair(text: string, start: string, end: string): ParsedRange {
  const first = parseAddress(start)
  if (!first) return refuse('start-not-an-address', 'start', start)
  const last = parseAddress(end)
  if (!last) return refuse('start-not-an-address', 'start', end, suggestEntry(text))
  if (familyOf(first) !== familyOf(last)) return refuse('mixed-families', 'start', text)
  if (first > last) {
    return refuse('start-after-end', 'start', text, formatRange({ start: last, end: first }))
  }
  return { ok: true, range: { start: first, end: last } }
}

function parseBlock(text: string): ParsedRange {
  const slash = text.indexOf('/')
  const [base, size] = [text.slice(0, slash), text.slice(slash + 1)]
  const address = parseAddress(base)
  if (!address) return refuse('start-not-an-address', 'start', text, suggestEntry(text))
  if (!/^(0|[1-9]\d{0,2})$/.test(size))
    return refuse('prefix-not-a-number', 'start', text, suggestEntry(text))
  const family = familyOf(address)
  const prefix = family === 4 && base.includes(':') ? Number(size) - MAPPED_BITS : Number(size)
  if (prefix < 0) return refuse('prefix-splits-mapped', 'start', text)
  if (prefix > bitsOf(family)) return refuse('prefix-too-long', 'start', text)
  const host = (1n << BigInt(bitsOf(family) - prefix)) - 1n
  const number = toBigInt(address)
  if (isMapped(number | host)) return refuse('prefix-splits-mapped', 'start', text)
  const start = addressFromBigInt(family, number & ~host)
  if (start !== address) return refuse('host-bits-set', 'start', text, `${formatAddress(start)}/${prefix}`)
  return { ok: true, range: { start, end: addressFromBigInt(family, number | host) } }
}

function refuse(
  code: RangeProblem['code'],
  field: 'start' | 'end',
  found: string,
  suggestion?: string,
): ParsedRange {
  return { ok: false, problem: { code, field, found: excerpt(found), suggestion } }
}

function isMapped(number: bigint): boolean {
  return number >> 32n === FIRST_MAPPED >> 32n
}

/** The shortest text that `parseRange` reads back: one address, a CIDR block when exact, else `a - b`. */
export function formatRange({ start, end }: Range): string {
  if (start === end) return formatAddress(start)
  const prefix = exactPrefix({ start, end })
  return prefix === null
    ? `${formatAddress(start)} - ${formatAddress(end)}`
    : `${formatAddress(start)}/${prefix}`
}

/** "Office (198.51.100.0/24)": a range as a sentence names it. */
export function identifyRange(range: Range & { description: string }): string {
  return range.description ? `${range.description} (${formatRange(range)})` : formatRange(range)
}

function exactPrefix(range: Range): number | null {
  const size = countAddresses(range)
  if ((size & (size - 1n)) !== 0n || (toBigInt(range.start) & (size - 1n)) !== 0n) return null
  return bitsOf(familyOf(range.start)) - bitLength(size)
}

/** How often `number` can be halved: 0 for 1n, 8 for 256n. */
function bitLength(number: bigint): number {
  return number.toString(2).length - 1
}

/** How many addresses lie in the range, both ends counted. */
export function countAddresses({ start, end }: Range): bigint {
  return toBigInt(end) - toBigInt(start) + 1n
}

export function coversWholeFamily(range: Range): boolean {
  return countAddresses(range) === 1n << BigInt(bitsOf(familyOf(range.start)))
}

/**
 * The shortest list of CIDR blocks that covers exactly this range, in order; each is an entry of its own for
 * `parseRange`. Addresses of `::ffff:0:0/96` are IPv4, so a block of an IPv6 range never begins or ends there.
 */
export function toCidrs(range: Range): string[] {
  return blocks(toBigInt(range.start), toBigInt(range.end), familyOf(range.start))
}

function blocks(start: bigint, end: bigint, family: Family): string[] {
  const found: string[] = []
  for (let at = start; at <= end; ) {
    let free: number = at === 0n ? bitsOf(family) : bitLength(at & -at)
    while (at + (1n << BigInt(free)) - 1n > end) free--
    const last = at + (1n << BigInt(free)) - 1n
    if (isMapped(last)) found.push(...blocks(at, FIRST_MAPPED - 1n, family))
    else found.push(`${formatAddress(addressFromBigInt(family, at))}/${bitsOf(family) - free}`)
    at = last + 1n
  }
  return found
}

export function containsAddress({ start, end }: Range, address: Address): boolean {
  return start <= address && address <= end
}

export function containsRange(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

export function overlaps(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

/** Whether one begins right behind the other, with no address between them and none in both. */
export function isAdjacent(a: Range, b: Range): boolean {
  if (familyOf(a.start) !== familyOf(b.start)) return false
  return toBigInt(a.end) + 1n === toBigInt(b.start) || toBigInt(b.end) + 1n === toBigInt(a.start)
}

/** The fewest ranges that hold the same addresses, sorted, IPv4 first. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const range of [...ranges].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = merged.at(-1)
    if (!last || !(overlaps(last, range) || isAdjacent(last, range))) merged.push({ ...range })
    else if (range.end > last.end) last.end = range.end
  }
  return merged
}
