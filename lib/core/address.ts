import { readAddress } from './address-text'

export type Family = 4 | 6

/**
 * One IP address in canonical, fixed-width, sortable text: `4` and 8 hex digits, or `6` and 32, lower case.
 * Stored like this in the database; two addresses of one family compare with `<` and `>`. An IPv4-mapped
 * IPv6 address is never an Address of family 6: it is that IPv4 address.
 */
export type Address = string & { readonly __address: unique symbol }

const MAPPED = '00000000000000000000ffff'
const words = new Uint32Array(4)

/**
 * The address that `text` spells, or null. IPv4 is four decimal parts 0-255 without leading zeros, IPv6 is
 * RFC 4291 §2.2 text without zone; nothing is trimmed and no other form is reinterpreted.
 * Linear in the worst case, never throws.
 */
export function parseAddress(text: string): Address | null {
  const family = readAddress(text, words)
  if (family === 0) return null
  return (
    family === 4 ? `4${hexWord(0)}` : `6${hexWord(0)}${hexWord(1)}${hexWord(2)}${hexWord(3)}`
  ) as Address
}

function hexWord(index: number): string {
  return (words[index] as number).toString(16).padStart(8, '0')
}

/** Dotted quad for IPv4, RFC 5952 for IPv6. `parseAddress(formatAddress(a)) === a`. */
export function formatAddress(address: Address): string {
  if (familyOf(address) === 4) {
    return [1, 3, 5, 7].map((at) => Number.parseInt(address.slice(at, at + 2), 16)).join('.')
  }
  const groups = Array.from({ length: 8 }, (_, at) =>
    Number.parseInt(address.slice(1 + 4 * at, 5 + 4 * at), 16).toString(16),
  )
  const gap = longestZeroRun(groups)
  if (gap.length < 2) return groups.join(':')
  return `${groups.slice(0, gap.at).join(':')}::${groups.slice(gap.at + gap.length).join(':')}`
}

/** RFC 5952 §4.2.3: the longest run of zero groups, the first one of equals. */
function longestZeroRun(groups: readonly string[]): { at: number; length: number } {
  let best = { at: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0
    if (length > best.length) best = { at: at + 1 - length, length }
  }
  return best
}

export function familyOf(address: Address): Family {
  return address.charCodeAt(0) === 52 ? 4 : 6
}

/** Number of bits of an address of the family. */
export function bitsOf(family: Family): 32 | 128 {
  return family === 4 ? 32 : 128
}

export function toBigInt(address: Address): bigint {
  return BigInt(`0x${address.slice(1)}`)
}

/**
 * The address of that number. A number inside `::ffff:0:0/96` gives the IPv4 address it maps.
 * Throws RangeError outside the family.
 */
export function addressFromBigInt(family: Family, number: bigint): Address {
  const bits = bitsOf(family)
  if (number >> BigInt(bits) !== 0n) throw new RangeError(`No IPv${family} address: ${number}`)
  const hex = number.toString(16).padStart(bits / 4, '0')
  return (family === 6 && hex.startsWith(MAPPED) ? `4${hex.slice(24)}` : `${family}${hex}`) as Address
}

/** Whether `text` is an Address as this module writes it (for what comes back from a database). */
export function isStoredAddress(text: string): text is Address {
  return /^4[0-9a-f]{8}$/.test(text) || (/^6[0-9a-f]{32}$/.test(text) && !text.startsWith(MAPPED, 1))
}

/** The network that rate limits count by, as sortable text: an IPv4 address itself, the /64 of an IPv6 one. */
export function networkOf(address: Address): string {
  return address.slice(0, 1 + 64 / 4)
}
