import type { Address } from './address'
import { compileLookup, type Lookup, type LookupEntry } from './lookup'

/** The ranges of a list as they would be: what goes, and what comes. */
export interface DraftRanges {
  /** Ids of ranges that go, or that are replaced by one of `added`; `all` for the whole list. */
  removed: ReadonlySet<string> | 'all'
  added: readonly LookupEntry[]
}

/**
 * The addresses out of `asked` that a range answers for which goes: only for these the others around them have to be known,
 * so a draft costs no new index of a long list.
 */
export function addressesLosingTheirRange(
  list: Lookup,
  { removed }: DraftRanges,
  asked: Iterable<Address>,
  instants: readonly number[],
): Address[] {
  if (removed === 'all' || removed.size === 0) return []
  return [...asked].filter((address) =>
    instants.some((nowMs) => {
      const id = list.findAddress(address, nowMs)
      return id !== null && removed.has(id)
    }),
  )
}

/**
 * The lookup of the draft, out of the compiled list as it is. `others` are the ranges that stay around the addresses that
 * lose theirs; about those addresses nothing else is known.
 */
export function draftLookup(list: Lookup, draft: DraftRanges, others: Iterable<LookupEntry>): Lookup {
  const { removed, added } = draft
  const comes = compileLookup(added)
  const stays = compileLookup(others)
  const findAddress = (address: Address, nowMs: number) => {
    const id = removed === 'all' ? null : list.findAddress(address, nowMs)
    const isGone = id !== null && removed !== 'all' && removed.has(id)
    return comes.findAddress(address, nowMs) ?? (isGone ? stays.findAddress(address, nowMs) : id)
  }
  const size = added.length + (removed === 'all' ? 0 : list.size - removed.size)
  return { size, find: () => null, findAddress }
}
