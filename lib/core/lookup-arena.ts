import type { CompiledLookup } from './lookup'

const SLAB_WORDS = 1 << 15
const LONGEST_WORDS = 1 << 12

/**
 * Shared memory for many short lists: an array of its own costs more than a list of twenty ranges. Lists that
 * were adopted stay valid and immutable whatever happens here; `release` only counts, and `repack` gives the
 * space of released lists back.
 */
export class LookupArena {
  private slab = new Uint32Array(0)
  private next = 0
  private live = 0
  private held = 0

  /** Moves the words of a short list here; leaves a long one where it is. */
  adopt(lookup: CompiledLookup): void {
    const { length } = lookup
    if (length > LONGEST_WORDS) return
    if (this.next + length > this.slab.length) {
      this.slab = new Uint32Array(SLAB_WORDS)
      this.next = 0
      this.held += SLAB_WORDS
    }
    lookup.moveInto(this.slab, this.next)
    this.next += length
    this.live += length
  }

  /** To be called once for each adopted list that is no longer used. */
  release({ length }: CompiledLookup): void {
    if (length <= LONGEST_WORDS) this.live -= length
  }

  /** More than half of the space belongs to released lists. */
  get isSparse(): boolean {
    return this.held > 2 * this.live + 2 * SLAB_WORDS
  }

  /** Moves all that is in use, which the caller knows, together. */
  repack(inUse: Iterable<CompiledLookup>): void {
    this.slab = new Uint32Array(0)
    this.next = this.live = this.held = 0
    for (const lookup of inUse) this.adopt(lookup)
  }

  /** Bytes that the slabs take up. */
  get bytes(): number {
    return 4 * this.held
  }
}
