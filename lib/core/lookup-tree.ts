import { bitsAt, commonBits, join, type Width } from './lookup-words'

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

/** A node to be built, for a run of segments. */
interface Job {
  from: number
  to: number
  /** The entry that will point to it. */
  parent?: Uint32Array
  entry: number
}

/**
 * The nodes, root first; empty for a list too short for a tree. About one entry a segment, or half as many where
 * memory is `scarce`. Yields now and then, for slicing.
 */
export function* buildTree(bounds: Uint32Array, width: Width, scarce: boolean): Generator<void, Uint32Array> {
  const count = bounds.length / (2 * width)
  if (count <= TREELESS[width]) return new Uint32Array(0)
  const builder = new Builder(bounds, width, scarce ? 0.5 : 1)
  const jobs: Job[] = [{ from: 0, to: count, entry: 0 }]
  const nodes: Uint32Array[] = []
  let length = 0
  for (const job of jobs) {
    const node = builder.build(job, jobs)
    if (job.parent) job.parent[job.entry] = CHILD | length
    nodes.push(node)
    length += node.length
    yield
  }
  return join(nodes, 0).words
}

class Builder {
  constructor(
    private readonly bounds: Uint32Array,
    private readonly width: Width,
    private readonly perSegment: number,
  ) {}

  /** The node of a run. What it leaves to children is added to `jobs`. */
  build({ from, to }: Job, jobs: Job[]): Uint32Array {
    const { bounds, width } = this
    const stride = 2 * width
    const bit = commonBits(bounds, from * stride, (to - 1) * stride, width)
    const bits = this.chooseBits(from, to, bit)
    const node = new Uint32Array(PREFIX + width + 2 ** bits)
    node[0] = bit | (bits << 8)
    node[1] = from
    node[2] = to
    node.set(bounds.subarray(from * stride, from * stride + width), PREFIX)
    const table = node.subarray(PREFIX + width)
    let segment = from
    for (const value of table.keys()) {
      const first = segment
      while (segment < to && bitsAt(bounds, segment * stride, bit, bits) === value) segment++
      table[value] = first
      if (segment - first > LEAF) jobs.push({ from: first, to: segment, parent: table, entry: value })
    }
    return node
  }

  private chooseBits(from: number, to: number, bit: number): number {
    const bits = Math.min(Math.round(Math.log2((to - from) * this.perSegment)), MAX_BITS)
    let crowded = 0
    let run = 0
    for (let segment = from, before = 0; segment < to; segment++) {
      const value = bitsAt(this.bounds, segment * 2 * this.width, bit, bits)
      run = value === before ? run + 1 : 1
      before = value
      if (run > LEAF) crowded++
    }
    // Where that is so, the run has 35 segments or more, and thus four bits or more.
    return 2 * crowded > to - from ? bits - CROWDED_BITS : bits
  }
}
