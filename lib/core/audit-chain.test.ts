import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CHAIN_BEGIN, type ChainedRecord, ChainWalk, describeChainProblem, textOfRow } from './audit-chain'

const hashOf = (row: Omit<ChainedRecord, 'hash'>) => createHash('sha256').update(textOfRow(row)).digest('hex')
const check = (row: ChainedRecord) =>
  row.hash.startsWith('other') ? 'other-secret' : row.hash === hashOf(row) ? 'right' : 'wrong'

function chain(length: number): ChainedRecord[] {
  const rows: ChainedRecord[] = []
  for (let sequence = 1; sequence <= length; sequence++) {
    const row = {
      ...{ id: `id-${sequence}`, accountId: 'a', action: 'range.added', actorId: null, actorName: 'Ada' },
      ...{ via: 'web', subjectType: 'range', subjectId: 'r', subjectName: '192.0.2.1', before: null },
      ...{ after: '{}', address: null, at: '2026-11-24T12:00:00.000Z' },
      ...{ sequence, previousHash: rows.at(-1)?.hash ?? CHAIN_BEGIN },
    }
    rows.push({ ...row, hash: hashOf(row) })
  }
  return rows
}

function walked(rows: readonly ChainedRecord[]) {
  const walk = new ChainWalk(check)
  for (const row of [...rows].sort((a, b) => a.sequence - b.sequence)) walk.take(row)
  return walk.problems().map(describeChainProblem)
}

/** The rows with these numbers exchanged. */
function renumbered(rows: ChainedRecord[], numbers: Record<number, number>) {
  return rows.map((row) => ({ ...row, sequence: numbers[row.sequence] ?? row.sequence }))
}

describe('a chain', () => {
  it('as it was written has no problem', () => {
    expect(walked(chain(6))).toEqual([])
    expect(walked([])).toEqual([])
  })

  it.each(
    ['id', 'action', 'actorName', 'via', 'subjectType', 'subjectId', 'subjectName', 'at'].map((name) => [
      name,
    ]),
  )('names the row of which %s was changed, and no other', (name) => {
    const rows = chain(5).map((row) => (row.sequence === 3 ? { ...row, [name]: 'x' } : row))
    expect(walked(rows)).toEqual([`Row 3 (${name === 'id' ? 'x' : 'id-3'}) is not as it was written.`])
  })

  it.each(['actorId', 'before', 'after', 'address'].map((name) => [name]))(
    'tells %s that is nothing from one that is empty',
    (name) => {
      const first = chain(1)[0] as ChainedRecord
      const row = { ...first, [name]: first[name as 'before'] === null ? '' : null }
      expect(walked([row])).toEqual(['Row 1 (id-1) is not as it was written.'])
    },
  )

  it('names rows that are missing', () => {
    expect(walked(chain(6).filter(({ sequence }) => sequence !== 1))).toEqual(['Row 1 is missing.'])
    expect(walked(chain(6).filter(({ sequence }) => sequence < 3 || sequence > 4))).toEqual([
      'Rows 3 to 4 are missing.',
    ])
  })

  it('names rows that were reordered', () => {
    const told = (row: number, writtenAs: number) =>
      `Row ${row} (id-${writtenAs}) was written as row ${writtenAs}: rows were reordered.`
    expect(walked(renumbered(chain(6), { 2: 3, 3: 2 }))).toEqual([told(2, 3), told(3, 2)])
    expect(walked(renumbered(chain(6), { 1: 6, 6: 1 }))).toEqual([told(1, 6), told(6, 1)])
    // Taken out of its place and put behind the end.
    expect(walked(renumbered(chain(4), { 2: 5 }))).toEqual(['Row 2 is missing.', told(5, 2)])
  })

  it('names a changed row beside a missing one', () => {
    const rows = chain(5)
      .filter(({ sequence }) => sequence !== 3)
      .map((row) => (row.sequence === 4 ? { ...row, actorName: 'Eve' } : row))
    expect(walked(rows)).toEqual(['Row 3 is missing.', 'Row 4 (id-4) is not as it was written.'])
  })

  it('parts two chains, each right in itself', () => {
    const other = { ...(chain(1)[0] as ChainedRecord), actorName: 'Eve' }
    const first = { ...other, hash: hashOf(other) }
    expect(walked([first, ...chain(3).slice(1)])).toEqual([
      'Row 2 (id-2) was not written after the row that stands before it.',
    ])
  })

  it('tells rows of another secret from changed ones', () => {
    const rows = chain(5).map((row) => (row.sequence <= 2 ? { ...row, hash: 'other' } : row))
    expect(walked(rows)[0]).toBe(
      'Rows 1 to 2 are written with another AUTH_SECRET, so nobody can tell whether they were changed.',
    )
  })

  it('gives up guessing where a hundred rows were wrong, and still names each', () => {
    const rows = chain(100).map((row) => ({ ...row, actorName: 'Eve' }))
    expect(walked(rows)).toHaveLength(100)
  })
})
