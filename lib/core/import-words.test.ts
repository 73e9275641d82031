import { describe, expect, it } from 'vitest'
import {
  countImport,
  describeImportAhead,
  describeImportDone,
  describeProblems,
  type SortedList,
  skippedLines,
} from './import-words'
import { parseRangeList } from './range-list'

const NOTHING = { added: 0, listed: 0, expired: 0, repeated: 0 }

describe('an import in words', () => {
  it.each([
    [{ ...NOTHING, added: 1 }, '1 range will be added.', '1 range was added.'],
    [{ ...NOTHING, added: 1_200 }, '1,200 ranges will be added.', '1,200 ranges were added.'],
    [
      { added: 12, listed: 3, expired: 1, repeated: 2 },
      '12 ranges will be added. 3 are on the list already and stay as they are. 1 has expired and is left out. 2 lines repeat an earlier one.',
      '12 ranges were added. 3 are on the list already and stay as they are. 1 has expired and is left out. 2 lines repeat an earlier one.',
    ],
    [
      { added: 0, listed: 1, expired: 2, repeated: 1 },
      'No range will be added. 1 is on the list already and stays as it is. 2 have expired and are left out. 1 line repeats an earlier one.',
      'No range was added. 1 is on the list already and stays as it is. 2 have expired and are left out. 1 line repeats an earlier one.',
    ],
  ])('%j', (counts, ahead, done) => {
    expect(describeImportAhead(counts)).toBe(ahead)
    expect(describeImportDone(counts)).toBe(done)
  })

  it('tells each line that adds nothing, in their order', () => {
    const list = parseRangeList('192.0.2.1\n192.0.2.2\n192.0.2.1\n192.0.2.3\n192.0.2.4')
    const [first, second, third, fourth] = list.ranges
    if (!first || !second || !third || !fourth) throw new Error('A range is missing.')
    const sorted: SortedList = {
      added: [first],
      listed: [
        { range: fourth, isInForce: true },
        { range: second, isInForce: false },
      ],
      expired: [third],
    }
    expect(countImport(list, sorted)).toEqual({ added: 1, listed: 2, expired: 1, repeated: 1 })
    expect(skippedLines(list, sorted).map(({ line, range, why }) => `${line}: ${range} ${why}`)).toEqual([
      '2: 192.0.2.2 is on the list already, but disabled or expired',
      '3: 192.0.2.1 stands in line 1 already',
      '4: 192.0.2.3 has expired',
      '5: 192.0.2.4 is on the list already',
    ])
  })

  it('counts bad lines, not what is wrong with them', () => {
    expect(describeProblems(parseRangeList('x,,,y'))).toBe('1 line can’t be read.')
    expect(describeProblems(parseRangeList('x,,,y\nz'))).toBe('2 lines can’t be read.')
  })
})
