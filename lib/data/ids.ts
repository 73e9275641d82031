import { randomBytes } from 'node:crypto'

let last = 0n

/** A new UUID of version 7 (RFC 9562 §5.7); within one process each sorts after the one before. */
export function newId(nowMs: number): string {
  const random = BigInt(`0x${randomBytes(10).toString('hex')}`)
  // 48 bits of milliseconds, then 12 that count on within one.
  const wanted = (BigInt(nowMs) << 12n) | (random >> 69n)
  last = wanted > last ? wanted : last + 1n
  const head = last.toString(16).padStart(15, '0')
  const tail = (random & 0x3fff_ffff_ffff_ffffn) | 0x8000_0000_0000_0000n
  const text = `${head.slice(0, 12)}7${head.slice(12)}${tail.toString(16)}`
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
