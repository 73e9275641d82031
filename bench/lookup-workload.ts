import { type Address, addressFromBigInt, bitsOf, type Family, formatAddress } from '@/lib/core/address'
import type { LookupEntry } from '@/lib/core/lookup'
import { randomNumbers } from './measure'

type Random = (limit: number) => number

export interface Block {
  start: bigint
  end: bigint
  prefix: number
}

export interface Workload {
  family: Family
  entries: LookupEntry[]
  cidrs: string[]
  blocks: Block[]
  /** Half of them inside a block, half outside all, shuffled. */
  queries: string[]
  /** Which of them are inside. */
  listed: boolean[]
}

const QUERIES = 1 << 13
const PREFIXES = { 4: [24, 26, 28, 29, 30, 32, 32, 32], 6: [40, 48, 56, 64, 64, 128, 128, 128] } as const

/** `count` disjoint CIDR blocks all over the family (IPv6: over 2000::/3), sorted, and questions about them. */
export function makeWorkload(family: Family, count: number): Workload {
  const random = randomNumbers(0x9e3779b9)
  const blocks = disjointBlocks(family, count, random)
  const addresses = blocks.map(({ start, end }) => [
    addressFromBigInt(family, start),
    addressFromBigInt(family, end),
  ]) as [Address, Address][]
  const entries = addresses.map(([start, end], index) => {
    return { id: `range-${index}`, start, end, enabled: true, expiresAtMs: null, createdAtMs: index }
  })
  const cidrs = blocks.map(
    ({ prefix }, index) => `${formatAddress(addresses[index]?.[0] as Address)}/${prefix}`,
  )
  const questions = Array.from({ length: QUERIES }, (_, at) => {
    const listed = at % 2 === 0
    const number = listed ? inside(blocks[random(count)] as Block, random) : outside(family, blocks, random)
    return { text: formatAddress(addressFromBigInt(family, number)), listed }
  })
  const mixed = shuffled(questions, random)
  const queries = mixed.map(({ text }) => text)
  return { family, entries, cidrs, blocks, queries, listed: mixed.map(({ listed }) => listed) }
}

function disjointBlocks(family: Family, count: number, random: Random): Block[] {
  let blocks: Block[] = []
  while (blocks.length < count) {
    const more = Array.from({ length: Math.ceil((count - blocks.length) * 1.2) }, () =>
      randomBlock(family, random),
    )
    blocks = [...blocks, ...more].sort((a, b) => (a.start < b.start ? -1 : 1))
    let end = -1n
    blocks = blocks.filter((block) => {
      if (block.start <= end) return false
      end = block.end
      return true
    })
  }
  const kept = shuffled(blocks, random).slice(0, count)
  return kept.sort((a, b) => (a.start < b.start ? -1 : 1))
}

function randomBlock(family: Family, random: Random): Block {
  const prefix = PREFIXES[family][random(8)] as number
  const host = (1n << BigInt(bitsOf(family) - prefix)) - 1n
  const start = anywhere(family, random) & ~host
  return { start, end: start | host, prefix }
}

function anywhere(family: Family, random: Random): bigint {
  const word = () => BigInt(random(2 ** 32))
  if (family === 4) return word()
  const number = (word() << 96n) | (word() << 64n) | (word() << 32n) | word()
  return (1n << 125n) | (number >> 3n)
}

function inside({ start, end }: Block, random: Random): bigint {
  const offset = (BigInt(random(2 ** 32)) << 64n) | BigInt(random(2 ** 32))
  return start + (offset % (end - start + 1n))
}

function outside(family: Family, blocks: readonly Block[], random: Random): bigint {
  for (;;) {
    const number = anywhere(family, random)
    let low = -1
    let high = blocks.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((blocks[middle] as Block).start <= number) low = middle
      else high = middle
    }
    if (low < 0 || (blocks[low] as Block).end < number) return number
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random(at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}
