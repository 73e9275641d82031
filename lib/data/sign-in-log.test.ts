import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { formatPlace, LOG_ROWS_PER_PAGE, type LogPart } from '@/lib/core/log-page'
import { type Actor, NotPermitted } from '@/lib/core/permissions'
import { evidenceOf, type WayHere } from '@/lib/core/sign-in-evidence'
import { parseSignInFilter, type SignInFilter } from '@/lib/core/sign-in-listing'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { setAgentEnabled } from './agents'
import { transact } from './database'
import { recordSignIn, type SignInAttempt } from './sign-in-events'
import { dropOldSignIns, readSignInsKeptDays, setSignInsKeptDays } from './sign-in-keeping'
import { countSignInsByDay, findSignIn, listSignIns, readSignIns, type SignInLine } from './sign-in-log'

const HOUR_MS = 60 * 60 * 1000
const NOW = new Date('2026-11-24T12:00:00Z')
const WAY = {
  headerName: 'x-forwarded-for',
  resolved: {
    ...{ address: null, because: 'forwarded', undeclaredProxy: null },
    trace: [{ from: 'peer', text: '10.0.0.1', address: null, trusted: true, taken: false }],
  },
} satisfies WayHere

describe.each(TEST_DATABASES)('the Sign-in Log on %s', (kind) => {
  let close: () => Promise<void>
  let ana: Actor & { agentId: string }
  let ben: Actor & { agentId: string; email: string }
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(async () => {
    ana = await someAdmin()
    ben = await someColleague(ana, {}, 'Éber 100% O’Neil')
  })

  /** Attempts as they would have been recorded, that many hours ago; the first one is the latest. */
  async function plant(
    ...attempts: (Partial<Omit<SignInAttempt, 'address'>> & { ip?: string; hoursAgo?: number })[]
  ) {
    await transact(async (tx) => {
      for (const [at, { ip = '198.51.100.7', hoursAgo = at + 1, evidence: _, ...rest }] of attempts.entries())
        await tx.signInEvent.create({
          data: {
            ...{ accountId: ana.accountId, agentId: ana.agentId, emailTried: 'ana@example.com' },
            ...{ surface: 'CONTROL_PANEL', outcome: 'admitted', because: 'allowlist-off', device: 'Firefox' },
            ...rest,
            address: ip === '' ? null : address(ip),
            at: new Date(NOW.getTime() - hoursAgo * HOUR_MS),
          },
        })
    })
  }

  function filter(query: Record<string, string> = {}): SignInFilter {
    const parsed = parseSignInFilter(query)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return parsed.filter
  }
  async function list(query: Record<string, string> = {}, part: LogPart = {}) {
    const page = await listSignIns(ana, filter(query), part)
    if (!page) throw new Error('That could be too many people.')
    return page
  }
  const devices = async (query: Record<string, string>) =>
    (await list(query)).rows.map(({ device }) => device)

  it('needs the permission, in each of its functions', async () => {
    const none = { from: null, until: null }
    await expect(listSignIns(ben, filter(), {})).rejects.toThrow(NotPermitted)
    await expect(findSignIn(ben, 'x')).rejects.toThrow(NotPermitted)
    await expect(countSignInsByDay(ben, none, NOW)).rejects.toThrow(NotPermitted)
    await expect(readSignIns(ben, filter())).rejects.toThrow(NotPermitted)
    await expect(readSignInsKeptDays(ben)).rejects.toThrow(NotPermitted)
    await expect(setSignInsKeptDays(ben, 30)).rejects.toThrow(NotPermitted)
  })

  it('shows no other account anything', async () => {
    await plant({})
    const [ours] = (await list()).rows
    const eve = await someAdmin()
    expect(await listSignIns(eve, filter(), {})).toEqual({ rows: [], newer: null, older: null })
    expect(await listSignIns(eve, filter({ person: 'ana@example.com' }), {})).toMatchObject({ rows: [] })
    expect(await listSignIns(eve, filter({ ip: '0.0.0.0/0' }), {})).toMatchObject({ rows: [] })
    expect(await findSignIn(eve, ours?.id ?? '')).toBeNull()
    expect(await findSignIn(ana, 'a\0b')).toBeNull()
    expect(await findSignIn(ana, ours?.id ?? '')).toMatchObject({ id: ours?.id })
    const time = { from: null, until: null }
    expect((await countSignInsByDay(eve, time, NOW)).every(({ admitted }) => admitted === 0)).toBe(true)
  })

  it('shows the latest first, with who it was; an e-mail of nobody is masked', async () => {
    await plant(
      { outcome: 'refused', because: 'not-listed', agentId: ben.agentId, emailTried: ben.email },
      {
        agentId: null,
        emailTried: 'stranger@example.com',
        outcome: 'failed',
        because: 'wrong-credentials',
        ip: '',
      },
      { rangeText: '198.51.100.0/24', because: 'listed' },
    )
    expect((await list()).rows).toMatchObject([
      { name: ben.name, email: ben.email, outcome: 'refused', because: 'not-listed', address: '4c6336407' },
      { name: null, agentId: null, email: 's•••@example.com', outcome: 'failed', address: null },
      { name: 'Ada', email: 'ana@example.com', rangeText: '198.51.100.0/24' },
    ])
  })

  it('filters by every field, alone and together', async () => {
    await plant(
      { device: 'a', ip: '203.0.113.9', outcome: 'refused', because: 'not-listed', hoursAgo: 1 },
      { device: 'b', ip: '203.0.113.200', surface: 'MOBILE', agentId: ben.agentId, hoursAgo: 30 },
      { device: 'c', ip: '2001:db8::1', surface: 'AGENT_CONSOLE', hoursAgo: 60 },
      { device: 'd', ip: '', agentId: null, emailTried: 'who@example.com', outcome: 'failed', hoursAgo: 90 },
    )
    const cases: [Record<string, string>, string[]][] = [
      [{}, ['a', 'b', 'c', 'd']],
      [{ ip: '203.0.113.9' }, ['a']],
      [{ ip: '203.0.113.0/24' }, ['a', 'b']],
      [{ ip: '203.0.113.10 - 203.0.113.255' }, ['b']],
      [{ ip: '::/0' }, ['c']],
      [{ ip: '192.0.2.0/24' }, []],
      [{ verdict: 'refused' }, ['a']],
      [{ verdict: 'failed' }, ['d']],
      [{ surface: 'MOBILE' }, ['b']],
      [{ surface: 'API' }, []],
      [{ person: 'ada' }, ['a', 'c']],
      [{ person: '100% o' }, ['b']],
      [{ person: 'Éber' }, ['b']],
      [{ person: '100_' }, []],
      [{ person: 'who@example.com' }, []],
      [{ person: 'nobody at all' }, []],
      [{ from: '2026-11-23' }, ['a', 'b']],
      [{ to: '2026-11-22' }, ['c', 'd']],
      [{ from: '2026-11-22', to: '2026-11-23' }, ['b', 'c']],
      [{ person: 'ada', ip: '203.0.113.0/24', verdict: 'refused', surface: 'CONTROL_PANEL' }, ['a']],
      [{ person: 'ada', ip: '203.0.113.0/24', surface: 'MOBILE' }, []],
    ]
    for (const [query, found] of cases) expect([query, await devices(query)]).toEqual([query, found])
  })

  it('finds a range of which there are very many attempts', async () => {
    await transact((tx) =>
      tx.signInEvent.createMany({
        data: Array.from({ length: 2_100 }, (_, at) => ({
          ...{
            accountId: ana.accountId,
            agentId: ana.agentId,
            emailTried: 'ana@example.com',
            device: String(at),
          },
          ...{ surface: 'CONTROL_PANEL' as const, outcome: 'admitted', because: 'listed' },
          ...{ address: address(`203.0.113.${at % 250}`), at: new Date(NOW.getTime() - at * 1000) },
        })),
      }),
    )
    expect((await devices({ ip: '203.0.113.0/24' })).slice(0, 3)).toEqual(['0', '1', '2'])
    expect((await devices({ ip: '203.0.113.7' })).slice(0, 3)).toEqual(['7', '257', '507'])
    expect(await devices({ ip: '192.0.2.0/24' })).toEqual([])
  })

  it('goes through all pages and back without losing or repeating a row, also within one instant', async () => {
    const count = 2 * LOG_ROWS_PER_PAGE + 20
    await plant(
      ...Array.from({ length: count }, (_, at) => ({
        device: String(at),
        hoursAgo: 1 + Math.floor(at / 30),
      })),
    )
    const first = await list()
    const second = await list({}, { older: first.older ?? undefined })
    const third = await list({}, { older: second.older ?? undefined })
    expect([first.newer, third.older]).toEqual([null, null])
    const all = [...first.rows, ...second.rows, ...third.rows]
    expect(new Set(all.map(({ device }) => device)).size).toBe(count)
    const times = all.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect((await list({}, { newer: third.newer ?? undefined })).rows).toEqual(second.rows)
    const back = await list({}, { newer: second.newer ?? undefined })
    expect(back.rows).toEqual(first.rows)
    expect(back.newer).toBeNull()
    // The export reads the same rows in the same order.
    const exported: SignInLine[] = []
    for await (const rows of (await readSignIns(ana, filter())) ?? []) exported.push(...rows)
    expect(exported).toEqual(all)
    expect(formatPlace(first.older ?? { at: NOW, id: '' })).toContain(first.rows.at(-1)?.id)
  })

  it('answers null where a name could be that of more than twenty people', async () => {
    const { accountId } = ana
    await transact((tx) =>
      tx.agent.createMany({
        data: Array.from({ length: 21 }, (_, at) => ({
          ...{
            accountId,
            name: `Crowd ${at}`,
            passwordHash: '',
            email: `crowd${at}.${accountId}@example.com`,
          },
        })),
      }),
    )
    expect(await listSignIns(ana, filter({ person: 'crowd' }), {})).toBeNull()
    expect(await readSignIns(ana, filter({ person: 'crowd' }))).toBeNull()
    expect(await listSignIns(ana, filter({ person: 'crowd 7' }), {})).toMatchObject({ rows: [] })
  })

  it('counts by day in UTC, as far as the time of the filter goes', async () => {
    await plant(
      { hoursAgo: 1 },
      { hoursAgo: 2, outcome: 'refused' },
      { hoursAgo: 12 },
      { hoursAgo: 12.001, outcome: 'failed' },
      { hoursAgo: 60, outcome: 'refused' },
    )
    const { time } = filter({})
    const all = await countSignInsByDay(ana, time, NOW)
    // A young account's chart goes back for 30 days, too.
    expect([all.length, all[0]]).toEqual([30, { day: '2026-10-26', admitted: 0, refused: 0, failed: 0 }])
    expect(all.slice(-3)).toEqual([
      { day: '2026-11-22', admitted: 0, refused: 1, failed: 0 },
      { day: '2026-11-23', admitted: 0, refused: 0, failed: 1 },
      { day: '2026-11-24', admitted: 2, refused: 1, failed: 0 },
    ])
    const some = filter({ from: '2026-11-22', to: '2026-11-22' }).time
    expect(await countSignInsByDay(ana, some, NOW)).toEqual([
      { day: '2026-11-22', admitted: 0, refused: 1, failed: 0 },
    ])
    const year = await countSignInsByDay(ana, filter({ from: '2025-01-01' }).time, NOW)
    expect([year.length, year.at(-1)?.day]).toEqual([92, '2026-11-24'])
    expect(await countSignInsByDay(ana, filter({ from: '2027-01-01' }).time, NOW)).toEqual([])
  })

  it('explains an attempt by what was recorded with it', async () => {
    const list12 = { version: 12, enabled: true, mobileEnforced: false }
    await recordSignIn({
      ...{ accountId: ana.accountId, agentId: ana.agentId, emailTried: `a${'b'.repeat(500)}`, address: null },
      ...{
        surface: 'CONTROL_PANEL',
        outcome: 'refused',
        because: 'address-unknown',
        device: 'x\0y'.repeat(90),
      },
      evidence: evidenceOf(WAY, list12, 'Office'),
    })
    const [row] = (await list()).rows
    const found = await findSignIn(ana, row?.id ?? '')
    expect(found?.evidence).toMatchObject({ list: list12, rangeName: 'Office', hops: [{ text: '10.0.0.1' }] })
    expect(found?.email).toHaveLength(254)
    expect(found?.device).toHaveLength(100)
    expect(found?.isDisabledNow).toBe(false)
    await recordSignIn({
      ...{ accountId: ana.accountId, agentId: ben.agentId, emailTried: ben.email, address: null },
      ...{ surface: 'CONTROL_PANEL', outcome: 'failed', because: 'wrong-credentials', device: '' },
      evidence: evidenceOf(WAY, null),
    })
    await setAgentEnabled(ana, ben.agentId, false)
    const [ofBen] = (await list({ verdict: 'failed' })).rows
    expect((await findSignIn(ana, ofBen?.id ?? ''))?.isDisabledNow).toBe(true)
    await plant({})
    const [old] = (await list({ to: '2026-11-24' })).rows.filter(({ because }) => because === 'allowlist-off')
    expect((await findSignIn(ana, old?.id ?? ''))?.evidence).toBeNull()
  })

  it('keeps attempts for 90 days, or as long as the account says, and drops the rest bit by bit', async () => {
    const day = 24
    await plant(...[1, 29, 31, 89, 91, 400].map((days) => ({ device: String(days), hoursAgo: days * day })))
    const eve = await someAdmin()
    await setSignInsKeptDays(eve, 365)
    await transact((tx) =>
      tx.signInEvent.createMany({
        data: Array.from({ length: 700 }, () => ({
          ...{
            accountId: eve.accountId,
            agentId: eve.agentId,
            emailTried: '',
            device: '',
            because: 'listed',
          },
          ...{
            surface: 'CONTROL_PANEL' as const,
            outcome: 'admitted',
            at: new Date(NOW.getTime() - 366 * day * HOUR_MS),
          },
        })),
      }),
    )
    expect(await readSignInsKeptDays(ana)).toBe(90)
    expect(await dropOldSignIns(NOW)).toBe(702)
    expect(await devices({})).toEqual(['1', '29', '31', '89'])
    expect(await setSignInsKeptDays(ana, 30)).toBe('changed')
    expect(await setSignInsKeptDays(ana, 30)).toBe('unchanged')
    expect(await dropOldSignIns(NOW)).toBe(2)
    expect(await devices({})).toEqual(['1', '29'])
  })
})
