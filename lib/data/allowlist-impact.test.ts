import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  newRange,
  plantRanges,
  plantSwitches,
  range,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSignIns } from '@/scripts/testing/log'
import { formatAddress } from '../core/address'
import { type Actor, NotPermitted } from '../core/permissions'
import { type Draft, foresee } from './allowlist-impact'
import { database } from './database'

const OFF = { allowlistEnabled: false }
const ON = { allowlistEnabled: true }
const soon = () => new Date(Date.now() + 60 * 60 * 1000)
const add = (...texts: string[]): Draft => ({
  change: 'add',
  ranges: texts.map((text) => ({ range: range(text), expiresAt: null })),
})

/** The list (the first is the one that is changed), the switches, the change, and who would be refused. */
const TABLE: [
  name: string,
  list: string[],
  switches: object,
  draft: (id: string) => Draft,
  refused: string[],
][] = [
  ['turning on', ['192.0.2.0/24'], OFF, () => ({ change: 'turn-on' }), ['Ben 198.51.100.8']],
  ['turning on an empty list', [], OFF, () => ({ change: 'turn-on' }), []],
  [
    'turning on with mobile',
    ['192.0.2.0/24'],
    { ...OFF, mobileEnforced: true },
    () => ({ change: 'turn-on' }),
    ['Ben 198.51.100.8', 'Cleo 203.0.113.5 MOBILE'],
  ],
  [
    'enforcing mobile',
    ['192.0.2.0/24'],
    ON,
    () => ({ change: 'enforce-mobile' }),
    ['Cleo 203.0.113.5 MOBILE'],
  ],
  ['adding the first range of a list that is on', [], ON, () => add('192.0.2.1'), ['Ben 198.51.100.8']],
  ['adding a further range', ['192.0.2.0/24'], ON, () => add('203.0.113.77'), []],
  ['adding several to a list that is off', [], OFF, () => add('192.0.2.1', '198.51.100.0/24'), []],
  [
    'the first ranges of a list that is on, several at once',
    [],
    ON,
    () => add('192.0.2.1', '203.0.113.0/24'),
    ['Ben 198.51.100.8'],
  ],
  ['adding one to a list that is off', ['203.0.113.1'], OFF, () => add('192.0.2.1'), ['Ben 198.51.100.8']],
  [
    'deleting',
    ['192.0.2.0/24', '198.51.100.0/24'],
    ON,
    (id) => ({ change: 'delete', id }),
    ['Ada 192.0.2.1'],
  ],
  ['deleting the last one', ['192.0.2.0/24'], ON, (id) => ({ change: 'delete', id }), []],
  ['disabling the only one', ['192.0.2.1'], ON, (id) => ({ change: 'disable', id }), ['Ada 192.0.2.1']],
  ['disabling', ['192.0.2.1', '198.51.100.8'], ON, (id) => ({ change: 'disable', id }), ['Ada 192.0.2.1']],
  [
    'deleting one that another one covers',
    ['192.0.2.1', '192.0.2.0/24', '198.51.100.0/24'],
    ON,
    (id) => ({ change: 'delete', id }),
    [],
  ],
  [
    'editing',
    ['192.0.2.0/24', '198.51.100.0/24'],
    ON,
    (id) => ({ change: 'edit', id, range: range('192.0.2.2'), expiresAt: undefined }),
    ['Ada 192.0.2.1'],
  ],
  [
    'widening',
    ['192.0.2.1', '198.51.100.0/24'],
    ON,
    (id) => ({ change: 'edit', id, range: range('192.0.2.0/24'), expiresAt: undefined }),
    [],
  ],
  [
    'an end that is to come',
    ['192.0.2.1', '198.51.100.0/24'],
    ON,
    (id) => ({ change: 'edit', id, range: range('192.0.2.1'), expiresAt: soon() }),
    ['Ada 192.0.2.1'],
  ],
]

describe.each(TEST_DATABASES)('the impact of a change that is not saved on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** Ada at 192.0.2.1 and Ben at 198.51.100.8 on the web, Cleo by phone at 203.0.113.5. */
  async function given(list: string[], switches: object): Promise<{ ada: Actor; ids: string[] }> {
    const ada = await someAdmin()
    const ben = await someColleague(ada, {})
    const cleo = await someColleague(ada, {}, 'Cleo')
    await plantSignIns(
      ada,
      { at: '192.0.2.1' },
      { at: '198.51.100.8', agentId: ben.agentId },
      { at: '203.0.113.5', agentId: cleo.agentId, surface: 'MOBILE' },
    )
    const ids = await plantRanges(ada, ...list.map((text) => newRange(text)))
    await plantSwitches(ada, switches)
    return { ada, ids }
  }

  const inWords = (impact: Awaited<ReturnType<typeof foresee>>) =>
    impact?.refused
      .map(({ name, address: at, surface }) =>
        [name, at && formatAddress(at), surface === 'MOBILE' ? surface : ''].join(' ').trim(),
      )
      .sort()

  it.each(TABLE)('%s', async (_name, list, switches, draft, refused) => {
    const { ada, ids } = await given(list, switches)
    const rows = async () => [
      await database().range.findMany({ where: { accountId: ada.accountId } }),
      await database().account.findUnique({ where: { id: ada.accountId } }),
      await database().auditEvent.count(),
    ]
    const before = await rows()
    const impact = await foresee(ada, draft(ids[0] ?? ''))
    expect(inWords(impact)).toEqual(refused)
    expect(impact).toMatchObject({ people: 3, isSample: false })
    expect(await rows()).toEqual(before)
  })

  it('says whether the list would be asked at all', async () => {
    const { ada, ids } = await given(['192.0.2.1'], OFF)
    const isHypothetical = async (draft: Draft) => (await foresee(ada, draft))?.isHypothetical
    expect(await isHypothetical({ change: 'turn-on' })).toBe(false)
    expect(await isHypothetical(add('192.0.2.9'))).toBe(true)
    await plantSwitches(ada, ON)
    expect(await isHypothetical({ change: 'delete', id: ids[0] ?? '' })).toBe(false)
  })

  it('knows no range of another account, and answers nobody without Manage Security', async () => {
    const { ada } = await given(['192.0.2.1'], ON)
    const { ids } = await given(['192.0.2.1'], ON)
    expect(await foresee(ada, { change: 'delete', id: ids[0] ?? '' })).toBeNull()
    const plain = await someColleague(ada, { managesAgents: true })
    await expect(foresee(plain, { change: 'turn-on' })).rejects.toThrow(NotPermitted)
  })
})
