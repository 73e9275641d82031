import type { Block } from './lookup-workload'

/** A MaxMind DB (format 2.0, 32-bit records) that maps each block to its id. */
export function writeMmdb(blocks: readonly Block[], bits: 32 | 128): Buffer {
  const { records, nodes } = buildTree(blocks, bits)
  const { data, offsets } = writeIds(blocks.length)
  const tree = Buffer.alloc(nodes * 8)
  for (let at = 0; at < nodes * 2; at++) {
    const record = records[at] as number
    const value = record === 0 ? nodes : record > 0 ? record : nodes + 16 + (offsets[-record - 1] as number)
    tree.writeUInt32BE(value, at * 4)
  }
  return Buffer.concat([tree, Buffer.alloc(16), data, MARKER, writeMetadata(nodes, bits)])
}

const MARKER = Buffer.concat([Buffer.from('abcdef', 'hex'), Buffer.from('MaxMind.com')])

/** Two records a node: 0 for none, a node's number, or minus a block's number and one. */
function buildTree(blocks: readonly Block[], bits: number): { records: Int32Array; nodes: number } {
  let records = new Int32Array(1 << 16)
  let nodes = 1
  for (const [index, { start, prefix }] of blocks.entries()) {
    const path = start.toString(2).padStart(bits, '0')
    let node = 0
    for (let bit = 0; bit < prefix - 1; bit++) {
      const at = 2 * node + path.charCodeAt(bit) - 48
      if (records[at] === 0) {
        records[at] = nodes++
        if (2 * nodes > records.length) {
          const grown = new Int32Array(records.length * 2)
          grown.set(records)
          records = grown
        }
      }
      node = records[at] as number
    }
    records[2 * node + path.charCodeAt(prefix - 1) - 48] = -index - 1
  }
  return { records, nodes }
}

function writeIds(count: number): { data: Buffer; offsets: Uint32Array } {
  const offsets = new Uint32Array(count)
  const parts: Buffer[] = []
  let offset = 0
  for (let index = 0; index < count; index++) {
    const part = text(`range-${index}`)
    offsets[index] = offset
    offset += part.length
    parts.push(part)
  }
  return { data: Buffer.concat(parts), offsets }
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x40 + value.length]), Buffer.from(value)])
}

function writeMetadata(nodes: number, bits: 32 | 128): Buffer {
  const count = Buffer.alloc(5)
  count[0] = 0xc4
  count.writeUInt32BE(nodes, 1)
  const pairs: [string, Buffer][] = [
    ['binary_format_major_version', Buffer.from([0xa1, 2])],
    ['binary_format_minor_version', Buffer.from([0xa0])],
    ['build_epoch', Buffer.from([0x01, 0x02, 1])],
    ['database_type', text('ranges')],
    ['description', Buffer.from([0xe0])],
    ['ip_version', Buffer.from([0xa1, bits === 32 ? 4 : 6])],
    ['languages', Buffer.from([0x00, 0x04])],
    ['node_count', count],
    ['record_size', Buffer.from([0xa1, 32])],
  ]
  return Buffer.concat([
    Buffer.from([0xe0 + pairs.length]),
    ...pairs.flatMap(([key, value]) => [text(key), value]),
  ])
}
