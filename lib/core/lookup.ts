import type { Address } from './address'
import { readAddress } from './address-text'
import { compileSteps } from './lookup-compile'
import * as layout from './lookup-layout'
import { seekV4, seekV6 } from './lookup-seek'
import { readStored } from './lookup-words'

/** One range as it is stored. `expiresAtMs` is the first instant at which it no longer counts. */
export interface LookupEntry {
  id: string
  start: Address
  end: Address
  enabled: boolean
  expiresAtMs: number | null
  createdAtMs: number
}

/**
 * An immutable index over ranges. Of several that hold an address the narrowest answers, then the oldest, then
 * the one with the lesser id. A search allocates nothing and costs about the same for ten ranges and a million.
 */
export interface Lookup {
  /** All ranges, also the disabled and the expired. */
  readonly size: number
  /** The id of the range in force at `nowMs` that holds the address spelled by `text`; null for none. */
  find(text: string, nowMs: number): string | null
  findAddress(address: Address, nowMs: number): string | null
}

/** Compiles ranges into an index: O(n log n) at worst, linear when none overlap. */
export function compileLookup(entries: Iterable<LookupEntry>): CompiledLookup {
  const steps = compileSteps(entries)
  for (;;) {
    const step = steps.next()
    if (step.done) return new CompiledLookup(step.value)
  }
}

/** The same in slices: each step takes a few milliseconds at most, the last one returns the index. */
export function* compileLookupInSteps(entries: Iterable<LookupEntry>): Generator<void, CompiledLookup> {
  return new CompiledLookup(yield* compileSteps(entries))
}

/* Constants of this module, so that no bundler puts a property access into the search. */
const { V4_COUNT, V6_COUNT, OWNERS, EXPIRING, EXPIRIES, V4_TREE, V6_TREE, LENGTH, HEADER } = layout
const query = new Uint32Array(4)

/** A list in one array of words (see lookup-layout.ts), which it may share with other lists. */
export class CompiledLookup implements Lookup {
  readonly size: number
  private words: Uint32Array
  private at = 0
  private readonly ids: readonly string[]
  private readonly overlaps: layout.Layout['overlaps']

  constructor({ size, words, ids, overlaps }: layout.Layout) {
    this.size = size
    this.words = words
    this.ids = ids
    this.overlaps = overlaps
  }

  find(text: string, nowMs: number): string | null {
    return this.match(readAddress(text, query), nowMs)
  }

  findAddress(address: Address, nowMs: number): string | null {
    return this.match(readStored(address, query, 0), nowMs)
  }

  private match(family: 0 | 4 | 6, nowMs: number): string | null {
    if (family === 0) return null
    const { words, at } = this
    const countV4 = words[at + V4_COUNT] as number
    let segment: number
    if (family === 4) {
      const tree = words[at + V4_TREE] as number
      segment = seekV4(words, at + HEADER, countV4, tree && at + tree, query[0] as number)
    } else {
      const tree = words[at + V6_TREE] as number
      const count = words[at + V6_COUNT] as number
      segment = seekV6(words, at + HEADER + 2 * countV4, count, tree && at + tree, query)
    }
    if (segment < 0) return null
    if (family === 6) segment += countV4
    const owners = words[at + OWNERS] as number
    const owner = owners === 0 ? segment : (words[at + owners + segment] as number)
    if (owner < (words[at + EXPIRING] as number) && this.hasExpired(owner, nowMs)) {
      return this.findBeside(family, nowMs)
    }
    return this.ids[owner] as string
  }

  private hasExpired(owner: number, nowMs: number): boolean {
    const at = this.at + (this.words[this.at + EXPIRIES] as number) + 2 * owner
    return !(nowMs < (this.words[at] as number) * 2 ** 32 + (this.words[at + 1] as number))
  }

  /** The answer where the best range has expired. */
  private findBeside(family: 4 | 6, nowMs: number): string | null {
    const overlaps = family === 4 ? this.overlaps?.v4 : this.overlaps?.v6
    if (!overlaps) return null
    const range = overlaps.tree.find(query, nowMs)
    return range < 0 ? null : (overlaps.ids[range] as string)
  }

  /** Words that this list takes up. */
  get length(): number {
    return this.words[this.at + LENGTH] as number
  }

  /** Bytes that the list takes up, its ids and their array apart. */
  get bytes(): number {
    const beside = (this.overlaps?.v4?.tree.bytes ?? 0) + (this.overlaps?.v6?.tree.bytes ?? 0)
    return 4 * this.length + beside
  }

  /** Copies the words to another place and reads them there from now on. */
  moveInto(words: Uint32Array, at: number): void {
    words.set(this.words.subarray(this.at, this.at + this.length), at)
    this.words = words
    this.at = at
  }
}
