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
import { type Actor, NotPermitted } from '../core/permissions'
import { formatRange } from '../core/range'
import { database } from './database'
import { dismissSuggestion, suggestForAccount } from './range-suggestions'
import { readRecentSignIns } from './recent-sign-ins'

describe.each(TEST_DATABASES)('suggested ranges on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const suggested = async (actor: Actor) => {
    const { ranges } = await suggestForAccount(actor, await readRecentSignIns(actor))
    return ranges.map((one) => formatRange(one.range))
  }

  it('are what people came from and no range in force holds', async () => {
    const ada = await someAdmin()
    const ben = await someColleague(ada, {})
    await plantSignIns(
      ada,
      { at: '192.0.2.1' },
      { at: '192.0.2.9', agentId: ben.agentId },
      { at: '203.0.113.5', hoursAgo: 3 },
      { at: '203.0.113.6', hoursAgo: 4, outcome: 'refused' },
      { at: '8.8.8.8', surface: 'MOBILE' },
    )
    await plantRanges(ada, newRange('203.0.113.5', { expiresAt: new Date(0) }))
    expect(await suggested(ada)).toEqual(['192.0.2.0/24', '203.0.113.5'])
    await plantSwitches(ada, { mobileEnforced: true })
    expect(await suggested(ada)).toEqual(['192.0.2.0/24', '8.8.8.8', '203.0.113.5'])
    expect(await suggested(await someAdmin())).toEqual([])
  })

  it('stay away once dismissed, in the account of who dismissed them alone, with one audit row', async () => {
    const [ada, other] = [await someAdmin(), await someAdmin()]
    for (const actor of [ada, other])
      await plantSignIns(actor, { at: '192.0.2.1' }, { at: '8.8.8.8', hoursAgo: 2 })
    await dismissSuggestion(ada, range('192.0.2.0/24'))
    await dismissSuggestion(ada, range('192.0.2.0/24'))
    expect(await suggested(ada)).toEqual(['8.8.8.8'])
    expect(await suggested(other)).toEqual(['192.0.2.1', '8.8.8.8'])
    const rows = await database().auditEvent.findMany({
      where: { accountId: ada.accountId, action: 'suggestion.dismissed' },
    })
    expect(rows).toMatchObject([{ subjectName: '192.0.2.0/24', actorName: 'Ada', via: 'web' }])
  })

  it('are shown to and dismissed by nobody without Manage Security', async () => {
    const ada = await someAdmin()
    const plain = await someColleague(ada, { managesAgents: true })
    const recent = await readRecentSignIns(ada)
    await expect(suggestForAccount(plain, recent)).rejects.toThrow(NotPermitted)
    await expect(dismissSuggestion(plain, range('192.0.2.1'))).rejects.toThrow(NotPermitted)
    expect(await database().dismissedSuggestion.count({ where: { accountId: ada.accountId } })).toBe(0)
  })
})
