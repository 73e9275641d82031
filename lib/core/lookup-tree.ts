import { bitsAt, commonBits, type Width } from './lookup-words'

/*
 * A path- and level-compressed trie over the starts of sorted segments. A node covers a run of segments whose
 * starts share their first `bit` bits, and has one entry for each value of the `bits` bits behind them:
 *
 *   word 0             bit | bits << 8
 *   word 1             first segment of the run
 *   word 2             first segment behind the run
 *   words 3 ..         any start of the run (`width` words), to compare the shared bits with
 *   then 2^bits words  the first segment whose bits are not less than this value, or CHILD | offset of a node
 */
export const CHILD = 0x8000_0000
export const PREFIX = 3
/** So many segments at most are searched without a tree. */
const TREELESS = { 1: 32, 4: 8 }
const LEAF = 16
const MAX_BITS = 20
/** So much smaller is a node where most of the run is crowded into few entries, since it decides little. */
const CROWDED_BITS = 3

interface Job {
  from: number
  to: number
  /** The entry that will point to the node; -1 for the root. */
  entry: number
}

/**
 * The nodes, root first; empty for a list too short for a tree. About one entry a segment, or half as many where
 * memory is `scarce`. Yields now and then, for slicing.
 */
export function* buildTree(bounds: Uint32Array, width: Width, scarce: boolean): Generator<void, Uint32Array> {
  const count = bounds.length / (2 * width)
  if (count <= TREELESS[width]) return new Uint32Array(0)
  const tree = new Nodes(bounds, width, scarce ? 0.5 : 1)
  const jobs: Job[] = [{ from: 0, to: count, entry: -1 }]
  for (let built = 0; built < jobs.length; built++) {
    tree.add(jobs[built] as Job, jobs)
    yield
  }
  return tree.words.slice(0, tree.length)
}

class Nodes {
  words: Uint32Array
  length = 0

  constructor(
    private readonly bounds: Uint32Array,
    private readonly width: Width,
    private readonly perSegment: number,
  ) {
    this.words = new Uint32Array(Math.max(64, perSegment * (bounds.length / width)))
  }

  add({ from, to, entry }: Job, jobs: Job[]): void {
    const { bounds, width } = this
    const stride = 2 * width
    const bit = commonBits(bounds, from * stride, (to - 1) * stride, width)
    const bits = this.chooseBits(from, to, bit)
    const node = this.take(PREFIX + width + 2 ** bits)
    const words = this.words
    if (entry >= 0) words[entry] = CHILD | node
    words[node] = bit | (bits << 8)
    words[node + 1] = from
    words[node + 2] = to
    words.set(bounds.subarray(from * stride, from * stride + width), node + PREFIX)
    const table = node + PREFIX + width
    for (let value = 0, segment = from; value < 2 ** bits; value++) {
      const first = segment
      while (segment < to && bitsAt(bounds, segment * stride, bit, bits) === value) segment++
      words[table + value] = first
      if (segment - first > LEAF) jobs.push({ from: first, to: segment, entry: table + value })
    }
  }

  private chooseBits(from: number, to: number, bit: number): number {
    const { bounds, width } = this
    const most = Math.min(MAX_BITS, 32 * width - bit)
    const bits = Math.min(Math.round(Math.log2((to - from) * this.perSegment)), most)
    let crowded = 0
    let run = 0
    for (let segment = from, before = -1; segment < to; segment++) {
      const value = bitsAt(bounds, segment * 2 * width, bit, bits)
      run = value === before ? run + 1 : 1
      before = value
      if (run > LEAF) crowded++
    }
    return 2 * crowded > to - from ? Math.max(1, bits - CROWDED_BITS) : bits
  }

  private take(length: number): number {
    const at = this.length
    this.length += length
    if (this.length > this.words.length) {
      const grown = new Uint32Array(Math.max(this.length, Math.ceil(this.words.length * 1.5)))
      grown.set(this.words)
      this.words = grown
    }
    return at
  }
}
