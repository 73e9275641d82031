import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSignIns } from '@/scripts/testing/log'
import { formatAddress } from '../core/address'
import { NotPermitted } from '../core/permissions'
import { setAgentEnabled } from './agents'
import { readRecentSignIns } from './recent-sign-ins'

describe.each(TEST_DATABASES)('recent sign-ins on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const inWords = ({ signIns }: Awaited<ReturnType<typeof readRecentSignIns>>) =>
    signIns.map(({ name, surface, address: at }) => `${name} ${surface} ${at && formatAddress(at)}`).sort()

  it('are the latest of each person, surface and address, of the account and of 30 days', async () => {
    const ada = await someAdmin()
    const ben = await someColleague(ada, {})
    const gone = await someColleague(ada, {}, 'Cleo')
    await plantSignIns(
      ada,
      { at: '192.0.2.1', hoursAgo: 5 },
      { at: '192.0.2.1', hoursAgo: 2 },
      { at: '192.0.2.1', surface: 'MOBILE' },
      { at: null },
      { at: '192.0.2.2', outcome: 'refused' },
      { at: '192.0.2.3', outcome: 'failed', agentId: null },
      { at: '192.0.2.4', hoursAgo: 30 * 24 + 1 },
      { at: '192.0.2.5', hoursAgo: 30 * 24 - 1, agentId: ben.agentId },
      { at: '192.0.2.6', agentId: gone.agentId },
    )
    await setAgentEnabled(ada, gone.agentId, false)
    await plantSignIns(await someAdmin(), { at: '192.0.2.7' })
    const found = await readRecentSignIns(ada)
    expect(found.isSample).toBe(false)
    expect(inWords(found)).toEqual([
      'Ada CONTROL_PANEL 192.0.2.1',
      'Ada CONTROL_PANEL null',
      'Ada MOBILE 192.0.2.1',
      'Ben CONTROL_PANEL 192.0.2.5',
    ])
    const twice = found.signIns.find(
      (one) => one.address === address('192.0.2.1') && one.surface !== 'MOBILE',
    )
    expect(twice?.atMs).toBeGreaterThan(Date.now() - 2.5 * 60 * 60 * 1000)
    await expect(readRecentSignIns(ben)).rejects.toThrow(NotPermitted)
  })

  it('read the latest rows of a long log alone, and everybody’s last sign-in', async () => {
    const ada = await someAdmin()
    const ben = await someColleague(ada, {})
    await plantSignIns(
      ada,
      ...[4, 3, 2, 1].map((hoursAgo) => ({ at: `192.0.2.${hoursAgo}`, hoursAgo })),
      { at: '192.0.2.8', hoursAgo: 70, agentId: ben.agentId },
      { at: '192.0.2.9', hoursAgo: 60, agentId: ben.agentId },
      { at: '192.0.2.10', hoursAgo: 50, agentId: ben.agentId, outcome: 'refused' },
    )
    const two = await readRecentSignIns(ada, new Date(), 2)
    expect(two.isSample).toBe(true)
    expect([...new Set(inWords(two))]).toEqual([
      'Ada CONTROL_PANEL 192.0.2.1',
      'Ada CONTROL_PANEL 192.0.2.2',
      'Ada CONTROL_PANEL 192.0.2.3',
      'Ben CONTROL_PANEL 192.0.2.9',
    ])
    expect((await readRecentSignIns(ada, new Date(), 6)).isSample).toBe(false)
    expect((await readRecentSignIns(ada, new Date(), 5)).isSample).toBe(true)
  })
})
