import { describe, expect, it } from 'vitest'
import { address } from '@/scripts/testing/allowlists'
import type { RefusedPerson } from './impact'
import { viewImpact } from './impact-words'

const AT = Date.UTC(2026, 0, 2)
const person = (agentId: string, rest: Partial<RefusedPerson> = {}): RefusedPerson => ({
  ...{ agentId, name: agentId, surface: 'CONTROL_PANEL', address: address('192.0.2.1'), atMs: AT },
  ...{ others: 0, hasWayIn: false },
  ...rest,
})
const PLAIN = { isHypothetical: false, isSample: false, endsLater: false }
const view = (people: number, refused: RefusedPerson[], more = {}) =>
  viewImpact({ people, refused, ...PLAIN, ...more }, { agentId: 'ada', days: 30, rowsRead: 20_000 })

describe('the impact in words', () => {
  const three = [person('ana'), person('ben'), person('cleo')]
  it.each([
    [0, [], {}, 'Nobody signed in during the last 30 days, so nobody can be named who would be refused.'],
    [1, [], {}, 'The one person who signed in during the last 30 days would get in.'],
    [
      1,
      [],
      { isHypothetical: true },
      'If the list were on, the one person who signed in during the last 30 days would get in.',
    ],
    [24, [], {}, 'All 24 people who signed in during the last 30 days would get in.'],
    [
      24,
      [],
      { isHypothetical: true },
      'If the list were on, all 24 people who signed in during the last 30 days would get in.',
    ],
    [24, three, {}, '3 of 24 people who signed in during the last 30 days would be refused.'],
    [1, [person('ana')], {}, '1 of 1 person who signed in during the last 30 days would be refused.'],
    [
      24,
      three,
      { isHypothetical: true },
      'If the list were on, 3 of 24 people who signed in during the last 30 days would be refused.',
    ],
    [
      24,
      three,
      { endsLater: true },
      '3 of 24 people who signed in during the last 30 days would be refused, at the latest when the range expires.',
    ],
  ])('%i people, %j, %j', (people, refused, more, headline) => {
    expect(view(people, refused, more).headline).toBe(headline)
  })

  it('names five, and says how many more and whose colleagues they are', () => {
    const seven = Array.from({ length: 7 }, (_, at) => person(at === 0 ? 'ada' : `p${at}`))
    const { people, more, colleagues, note } = view(9, seven)
    expect([people.length, more, colleagues, note]).toEqual([5, 2, 6, null])
    expect(view(9, seven, { isSample: true }).note).toBe(
      'Looked at the latest 20,000 sign-ins, and everybody’s last one.',
    )
  })

  it('tells of each where from, when, and from where else', () => {
    const lines = view(9, [
      person('ana', { others: 1, hasWayIn: true, surface: 'MOBILE' }),
      person('ben', { others: 3, address: null }),
    ]).people
    expect(lines).toEqual([
      {
        ...{ agentId: 'ana', name: 'ana', address: '192.0.2.1', isMobile: true },
        at: '2026-01-02T00:00:00.000Z',
        besides: ['and from 1 other address', 'still gets in from another address'],
      },
      {
        ...{ agentId: 'ben', name: 'ben', address: null, isMobile: false },
        at: '2026-01-02T00:00:00.000Z',
        besides: ['and from 3 other addresses'],
      },
    ])
  })
})
