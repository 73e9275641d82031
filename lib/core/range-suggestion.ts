import { addressFromBigInt, familyOf, formatAddress, parseAddress, toBigInt } from './address'

const LONGEST_ENTRY = 100

/**
 * What somebody most likely meant by a text that is not an address or block: an entry that `parseRange`
 * takes, or undefined. Only ever offered as a question; nothing is accepted because of it.
 */
export function suggestEntry(text: string): string | undefined {
  if (text.length > LONGEST_ENTRY) return undefined
  const plain = text.normalize('NFKC').replace(/\s/gu, '')
  return suggestAddress(plain) ?? suggestWildcard(plain) ?? suggestFullBlock(plain) ?? suggestPair(plain)
}

function suggestAddress(text: string): string | undefined {
  const bare = /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1] ?? text
  const candidates = [bare, bare.replace(/%.*/, ''), bare.replace(/:\d+$/, ''), withoutLeadingZeros(bare)]
  const address = candidates.map(parseAddress).find((parsed) => parsed !== null)
  return address ? formatAddress(address) : undefined
}

function withoutLeadingZeros(text: string): string {
  return text.replace(/(^|\.)0+(?=\d)/g, '$1')
}

/** `198.51.100.*`, also with the stars left out at the end. */
function suggestWildcard(text: string): string | undefined {
  const match = /^(\d+(?:\.\d+){0,2})(?:\.\*){1,3}$/.exec(text)
  if (!match) return undefined
  const parts = (match[1] as string).split('.')
  const address = parseAddress([...parts, '0', '0', '0'].slice(0, 4).join('.'))
  return address ? `${formatAddress(address)}/${8 * parts.length}` : undefined
}

/** A pair with a dash that a word processor made of the hyphen, and `198.51.100.1-20`, where only the last part was written again. */
function suggestPair(text: string): string | undefined {
  const [, start = '', end = ''] = /^([^‐-―−-]+)[‐-―−-]([^‐-―−-]+)$/u.exec(text) ?? []
  const first = parseAddress(start)
  const last = parseAddress(end) ?? parseAddress(start.replace(/\d+$/, end))
  return first && last && familyOf(first) === familyOf(last) && first < last
    ? `${formatAddress(first)} - ${formatAddress(last)}`
    : undefined
}

/** `10/8`, `10.1.0.0/255.255.0.0` and the like; host bits are cleared. */
function suggestFullBlock(text: string): string | undefined {
  const match = /^(\d+(?:\.\d+){0,3})\/([\d.]+)$/.exec(text)
  if (!match) return undefined
  const parts = match[1] as string
  const address = parseAddress(withoutLeadingZeros(parts) + '.0'.repeat(4 - parts.split('.').length))
  const prefix = prefixOf(match[2] as string)
  if (!address || prefix === null) return undefined
  const host = (1n << BigInt(32 - prefix)) - 1n
  return `${formatAddress(addressFromBigInt(4, toBigInt(address) & ~host))}/${prefix}`
}

function prefixOf(size: string): number | null {
  if (/^\d+$/.test(size)) return Number(size) <= 32 ? Number(size) : null
  const mask = parseAddress(size)
  if (!mask) return null
  const ones = /^(1*)0*$/.exec(toBigInt(mask).toString(2).padStart(32, '0'))
  return ones && (ones[1] as string).length
}
