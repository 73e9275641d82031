import { CompiledLookup, type Slab } from './lookup'
import { STAMP, TOUCHED } from './lookup-layout'

/** Of a slab of a megabyte: with many small ones, the objects that hold them are what one waits for. */
const AT_BITS = 18
const SLAB_WORDS = 1 << AT_BITS
const LONGEST_WORDS = 1 << 12

/**
 * Shared memory for many short lists: objects and arrays of their own would cost more than a list of twenty ranges,
 * and each is one more place in memory to wait for. A list here is known by its place, a number. `at` gives it
 * back; what it gave stays valid and immutable whatever happens here. `release` only counts, and `repack` gives
 * the space of released lists back.
 */
export class LookupArena {
  private slabs: Slab[] = []
  private next = SLAB_WORDS
  private live = 0

  /**
   * Copies a list here and returns its place; null for a list that is long or has overlaps of its own, which has
   * to stay where it is. `stamp` is a 32-bit number that the keeper knows the list by.
   */
  adopt(lookup: CompiledLookup, stamp: number): number | null {
    const { length } = lookup
    if (length > LONGEST_WORDS || lookup.hasOverlaps) return null
    if (this.next + length > SLAB_WORDS) this.openSlab()
    const slab = this.slabs.at(-1) as Slab
    const at = this.next
    lookup.copyInto(slab, at)
    slab.words[at + STAMP] = stamp
    this.next += length
    this.live += length
    return ((this.slabs.length - 1) << AT_BITS) | at
  }

  at(place: number): CompiledLookup {
    return new CompiledLookup(this.slabs[place >>> AT_BITS] as Slab, place & (SLAB_WORDS - 1), null)
  }

  stampOf(place: number): number {
    return this.words(place)[(place & (SLAB_WORDS - 1)) + STAMP] as number
  }

  /** Notes that the list was asked for. */
  touch(place: number): void {
    this.words(place)[(place & (SLAB_WORDS - 1)) + TOUCHED] = 1
  }

  /** Whether the list was touched since this was asked last. */
  takeTouch(place: number): boolean {
    const words = this.words(place)
    const at = (place & (SLAB_WORDS - 1)) + TOUCHED
    const touched = words[at] === 1
    words[at] = 0
    return touched
  }

  /** To be called once for each place that is no longer used. */
  release(place: number): void {
    this.live -= this.at(place).length
  }

  /** More than half of the space belongs to released lists. */
  get isSparse(): boolean {
    return this.slabs.length * SLAB_WORDS > 2 * this.live + 2 * SLAB_WORDS
  }

  /** Moves the lists at these places, which have to be all that are in use, together; returns their new places. */
  repack(places: readonly number[]): number[] {
    const lists = places.map((place) => ({ list: this.at(place), stamp: this.stampOf(place) }))
    this.slabs = []
    this.next = SLAB_WORDS
    this.live = 0
    return lists.map(({ list, stamp }) => this.adopt(list, stamp) as number)
  }

  /** Bytes that the words of the slabs take up. */
  get bytes(): number {
    return 4 * SLAB_WORDS * this.slabs.length
  }

  private openSlab(): void {
    const full = this.slabs.at(-1)
    if (full) full.ids = full.ids.slice()
    this.slabs.push({ words: new Uint32Array(SLAB_WORDS), ids: [] })
    this.next = 0
  }

  private words(place: number): Uint32Array {
    return (this.slabs[place >>> AT_BITS] as Slab).words
  }
}
