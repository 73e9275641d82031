import type { Address } from './address'
import { readAddress, readQuad } from './address-text'
import { compileSteps } from './lookup-compile'
import * as layout from './lookup-layout'
import { findOverlap, overlapBytes } from './lookup-overlaps'
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
    if (step.done) return lookupOf(step.value)
  }
}

/** The index over what `compileSteps` made, perhaps in another thread. */
export function lookupOf(made: layout.Layout): CompiledLookup {
  return new CompiledLookup(made, 0, made.overlaps)
}

/** Where lists lie: their words, and the ids of their ranges. */
export interface Slab {
  words: Uint32Array
  ids: string[]
}

/* Constants of this module, so that no bundler puts a property access into the search. */
const { V4_COUNT, V6_COUNT, OWNERS, EXPIRING, EXPIRIES, V4_TREE, V6_TREE } = layout
const { LENGTH, SIZE, RANGES, IDS_AT, HEADER } = layout
const query = new Uint32Array(4)
type Beside = layout.NumberedOverlaps | null | undefined

/** The list that begins at one of a slab's words (see lookup-layout.ts). */
export class CompiledLookup implements Lookup {
  readonly size: number
  private readonly slab: Slab
  private readonly at: number
  private readonly overlaps: layout.Layout['overlaps']
  /* Of the header, what nearly every search begins with: a field is read more cheaply. */
  private readonly idsAt: number
  private readonly countV4: number
  /** Where its tree begins in the slab; 0 for none. */
  private readonly rootV4: number
  /** Segment n is of range n, and no range expires. */
  private readonly isPlain: boolean

  constructor(slab: Slab, at: number, overlaps: layout.Layout['overlaps']) {
    const { words } = slab
    this.slab = slab
    this.at = at
    this.overlaps = overlaps
    this.size = words[at + SIZE] as number
    this.idsAt = words[at + IDS_AT] as number
    this.countV4 = words[at + V4_COUNT] as number
    const treeV4 = words[at + V4_TREE] as number
    // Stryker disable next-line ConditionalExpression: a tree saves time alone.
    this.rootV4 = treeV4 === 0 ? 0 : at + treeV4
    const beyondPlain = (words[at + OWNERS] as number) | (words[at + EXPIRING] as number)
    // Stryker disable next-line ConditionalExpression: the longer way leads to the same answer.
    this.isPlain = beyondPlain === 0
  }

  find(text: string, nowMs: number): string | null {
    const quad = readQuad(text, 0)
    // Stryker disable next-line ConditionalExpression: `readAddress` would read it again.
    if (quad !== 0) return this.findV4(quad, nowMs)
    return this.findRead(readAddress(text, query), nowMs)
  }

  findAddress(address: Address, nowMs: number): string | null {
    return this.findRead(readStored(address, query, 0), nowMs)
  }

  /** The answer for the address of that family in `query`. */
  private findRead(family: 0 | 4 | 6, nowMs: number): string | null {
    if (family === 4) return this.findV4((query[0] as number) | 0, nowMs)
    return family === 6 ? this.findV6(nowMs) : null
  }

  /** `x` is signed, since a greater number would have to be allocated. */
  private findV4(x: number, nowMs: number): string | null {
    const { words, ids } = this.slab
    const segment = seekV4(words, this.at + HEADER, this.countV4, this.rootV4, x)
    if (segment < 0) return null
    return this.isPlain ? (ids[this.idsAt + segment] as string) : this.answerV4(segment, x, nowMs)
  }

  /** Apart from `findV4`, so that a compiler takes the shorter way whole into its caller. */
  private answerV4(segment: number, x: number, nowMs: number): string | null {
    const owner = this.ownerOf(segment)
    if (!this.hasExpired(owner, nowMs)) return this.slab.ids[this.idsAt + owner] as string
    query[0] = x
    return this.findBeside(this.overlaps?.v4, nowMs)
  }

  private findV6(nowMs: number): string | null {
    const { slab, at, idsAt, countV4 } = this
    const { words, ids } = slab
    const tree = words[at + V6_TREE] as number
    const segments = at + HEADER + 2 * countV4
    const count = words[at + V6_COUNT] as number
    // Stryker disable next-line ConditionalExpression: a tree saves time alone.
    const root = tree === 0 ? 0 : at + tree
    const segment = seekV6(words, segments, count, root, query)
    if (segment < 0) return null
    const owner = this.ownerOf(countV4 + segment)
    return this.hasExpired(owner, nowMs)
      ? this.findBeside(this.overlaps?.v6, nowMs)
      : (ids[idsAt + owner] as string)
  }

  /** The answer for the address in `query`, where the best range has expired. */
  private findBeside(overlaps: Beside, nowMs: number): string | null {
    if (!overlaps) return null
    const range = findOverlap(overlaps, query, nowMs)
    return range < 0 ? null : (this.slab.ids[this.idsAt + (overlaps.numbers[range] as number)] as string)
  }

  /** The number of the range that answers in a segment. */
  private ownerOf(segment: number): number {
    const { words } = this.slab
    const owners = words[this.at + OWNERS] as number
    return owners === 0 ? segment : (words[this.at + owners + segment] as number)
  }

  private hasExpired(owner: number, nowMs: number): boolean {
    const { words } = this.slab
    if (owner >= (words[this.at + EXPIRING] as number)) return false
    const at = this.at + (words[this.at + EXPIRIES] as number) + 2 * owner
    return !(nowMs < (words[at] as number) * 2 ** 32 + (words[at + 1] as number))
  }

  /** Words that this list takes up. */
  get length(): number {
    return this.slab.words[this.at + LENGTH] as number
  }

  /** Bytes that the list takes up, its ids and their array apart. */
  get bytes(): number {
    const beside = bytesBeside(this.overlaps?.v4) + bytesBeside(this.overlaps?.v6)
    return 4 * this.length + beside
  }

  /** Whether it needs more than its words and ids. */
  get hasOverlaps(): boolean {
    return this.overlaps !== null
  }

  /** Copies the list to the words at `at` of another slab, and behind its ids. */
  copyInto({ words, ids }: Slab, at: number): void {
    words.set(this.slab.words.subarray(this.at, this.at + this.length), at)
    words[at + IDS_AT] = ids.length
    const behind = this.idsAt + (words[at + RANGES] as number)
    for (const id of this.slab.ids.slice(this.idsAt, behind)) ids.push(id)
  }
}

function bytesBeside(overlaps: Beside): number {
  return overlaps ? overlapBytes(overlaps) + overlaps.numbers.byteLength : 0
}
