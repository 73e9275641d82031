import { type Address, parseAddress } from './address'

/** One range as it is stored. `expiresAtMs` is the first instant at which it no longer counts. */
export interface LookupEntry {
  id: string
  start: Address
  end: Address
  enabled: boolean
  expiresAtMs: number | null
  createdAtMs: number
}

/** An immutable index over ranges. Of several that match, the narrowest answers, then the oldest. */
export interface Lookup {
  /** All ranges, also the disabled and the expired. */
  readonly size: number
  /** The id of the range in force at `nowMs` that holds the address spelled by `text`; null for none. */
  find(text: string, nowMs: number): string | null
  findAddress(address: Address, nowMs: number): string | null
}

export function compileLookup(entries: Iterable<LookupEntry>): Lookup {
  const all = [...entries]
  const ranked = all.filter((entry) => entry.enabled).sort(byRank)
  const findAddress = (address: Address, nowMs: number): string | null =>
    ranked.find(
      (entry) =>
        entry.start <= address &&
        address <= entry.end &&
        (entry.expiresAtMs === null || nowMs < entry.expiresAtMs),
    )?.id ?? null
  return {
    size: all.length,
    findAddress,
    find(text, nowMs) {
      const address = parseAddress(text)
      return address ? findAddress(address, nowMs) : null
    },
  }
}

function byRank(a: LookupEntry, b: LookupEntry): number {
  const widthA = BigInt(`0x${a.end.slice(1)}`) - BigInt(`0x${a.start.slice(1)}`)
  const widthB = BigInt(`0x${b.end.slice(1)}`) - BigInt(`0x${b.start.slice(1)}`)
  if (widthA !== widthB) return widthA < widthB ? -1 : 1
  if (a.createdAtMs !== b.createdAtMs) return a.createdAtMs - b.createdAtMs
  return a.id < b.id ? -1 : 1
}
