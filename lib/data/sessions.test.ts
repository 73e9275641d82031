import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, plantSwitches, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSession } from '@/scripts/testing/sessions'
import type { Actor } from '../core/permissions'
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS } from '../core/session'
import { setAgentEnabled } from './agents'
import { database, transact } from './database'
import { endOwnSession, findLiveSession, listOwnSessions, markProven, startSession } from './sessions'

const MINUTE_MS = 60_000
const HERE = address('198.51.100.7')
const ELSEWHERE = address('2001:db8::1')

type Person = Actor & { agentId: string }

async function sessionOf({ accountId, agentId }: Person): Promise<string> {
  const start = { accountId, agentId, surface: 'CONTROL_PANEL', address: HERE, device: 'Firefox' } as const
  return (await transact((tx) => plantSession(tx, start))).id
}

async function rowOf(id: string) {
  return database().session.findUniqueOrThrow({ where: { id } })
}

async function endings(accountId: string) {
  return database().auditEvent.findMany({ where: { accountId, action: 'session.ended' } })
}

const PROVEN = { provenAt: new Date(), factorProven: false }

describe.each(TEST_DATABASES)('sessions on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('begin for nobody whose password was changed or who was disabled since they proved it', async () => {
    const admin = await someAdmin()
    const { passwordChangedAt } = await database().agent.findUniqueOrThrow({ where: { id: admin.agentId } })
    const where = { accountId: admin.accountId, agentId: admin.agentId, address: HERE, device: 'Firefox' }
    const begin = (at: Date) =>
      transact((tx) =>
        startSession(tx, { ...where, ...PROVEN, surface: 'CONTROL_PANEL', passwordChangedAt: at }),
      )
    expect(await begin(passwordChangedAt)).not.toBeNull()
    expect(await begin(new Date(passwordChangedAt.getTime() - 1))).toBeNull()
    await transact((tx) => tx.agent.update({ where: { id: admin.agentId }, data: { enabled: false } }))
    expect(await begin(passwordChangedAt)).toBeNull()
  })

  it('are found with person and switches as they are now', async () => {
    const admin = await someAdmin()
    const id = await sessionOf(admin)
    await plantSwitches(admin, { allowlistEnabled: true, checkEveryRequest: true })
    const session = await findLiveSession(id, Date.now(), HERE)
    expect(session).toMatchObject({
      id,
      surface: 'CONTROL_PANEL',
      agent: {
        id: admin.agentId,
        name: 'Ada',
        role: 'ADMIN',
        managesSecurity: false,
        passwordTemporary: false,
      },
      account: {
        ...{ id: admin.accountId, allowlistEnabled: true, mobileEnforced: false, checkEveryRequest: true },
        allowlistVersion: 1,
      },
    })
    expect(Math.abs((session?.createdAtMs ?? 0) - Date.now())).toBeLessThan(MINUTE_MS)
    const agent = await database().agent.findUniqueOrThrow({ where: { id: admin.agentId } })
    expect(agent.lastSignInAt).not.toBeNull()
  })

  it('an unknown one is nobody', async () => {
    expect(await findLiveSession('unknown', Date.now(), null)).toBeNull()
  })

  it('end 12 hours after they were last seen', async () => {
    const id = await sessionOf(await someAdmin())
    const { lastSeenAt } = await rowOf(id)
    expect(await findLiveSession(id, lastSeenAt.getTime() + SESSION_IDLE_MS, HERE)).toBeNull()
    expect(await findLiveSession(id, lastSeenAt.getTime() + SESSION_IDLE_MS - 1, HERE)).not.toBeNull()
  })

  it('end 7 days after they began, however busy', async () => {
    const id = await sessionOf(await someAdmin())
    const { createdAt } = await rowOf(id)
    const end = createdAt.getTime() + SESSION_ABSOLUTE_MS
    await transact((tx) => tx.session.update({ where: { id }, data: { lastSeenAt: new Date(end) } }))
    expect(await findLiveSession(id, end - 1, HERE)).not.toBeNull()
    expect(await findLiveSession(id, end, HERE)).toBeNull()
  })

  it('note when and where they were last seen, at most once a minute', async () => {
    const admin = await someAdmin()
    const [id, other] = [await sessionOf(admin), await sessionOf(admin)]
    const [before, others] = [await rowOf(id), await rowOf(other)]
    const start = before.lastSeenAt.getTime()
    await findLiveSession(id, start + MINUTE_MS - 1, ELSEWHERE)
    expect(await rowOf(id)).toEqual(before)
    await findLiveSession(id, start + MINUTE_MS, ELSEWHERE)
    expect(await rowOf(id)).toMatchObject({
      ...{ lastSeenAt: new Date(start + MINUTE_MS), lastAddress: ELSEWHERE, address: HERE },
    })
    expect(await rowOf(other)).toEqual(others)
  })

  it('are proven again one by one, by their own person, while they live', async () => {
    const admin = await someAdmin()
    const [id, other, ended] = [await sessionOf(admin), await sessionOf(admin), await sessionOf(admin)]
    await endOwnSession(admin, ended, 'signed-out')
    const before = (await Promise.all([other, ended].map(rowOf))).map(({ provenAt }) => provenAt)
    const now = new Date(Date.now() + MINUTE_MS)
    await markProven(id, admin.agentId, now)
    await markProven(other, 'somebody else', now)
    await markProven(ended, admin.agentId, now)
    expect((await rowOf(id)).provenAt).toEqual(now)
    expect((await Promise.all([other, ended].map(rowOf))).map(({ provenAt }) => provenAt)).toEqual(before)
  })

  it('are nobody any more once their person is disabled', async () => {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const id = await sessionOf(agent)
    await setAgentEnabled(admin, agent.agentId, false)
    expect(await findLiveSession(id, Date.now(), HERE)).toBeNull()
  })

  it('are ended once, with one audit row, also by ten sign-outs at once', async () => {
    const admin = await someAdmin()
    const id = await sessionOf(admin)
    const ended = await Promise.all(Array.from({ length: 10 }, () => endOwnSession(admin, id, 'signed-out')))
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await findLiveSession(id, Date.now(), HERE)).toBeNull()
    expect(await rowOf(id)).toMatchObject({ endedBecause: 'signed-out' })
    expect(await endings(admin.accountId)).toHaveLength(1)
  })

  it('of somebody else are not ended', async () => {
    const admin = await someAdmin()
    const id = await sessionOf(admin)
    const colleague = await someColleague(admin, { role: 'ADMIN' })
    for (const other of [colleague, await someAdmin(), { ...admin, agentId: null }])
      expect(await endOwnSession(other, id, 'ended-by-agent')).toBe(false)
    expect(await findLiveSession(id, Date.now(), HERE)).not.toBeNull()
    expect(await endings(admin.accountId)).toHaveLength(0)
  })

  it('are listed for their own person alone, latest first, without the ended and the idle', async () => {
    const admin = await someAdmin()
    const [first, second, ended, idle] = [
      await sessionOf(admin),
      await sessionOf(admin),
      await sessionOf(admin),
      await sessionOf(admin),
    ]
    await sessionOf(await someColleague(admin, {}))
    await endOwnSession(admin, ended, 'signed-out')
    const seen = (id: string, agoMs: number) =>
      transact((tx) =>
        tx.session.update({ where: { id }, data: { lastSeenAt: new Date(Date.now() - agoMs) } }),
      )
    await seen(idle, SESSION_IDLE_MS)
    await seen(first, 0)
    await seen(second, MINUTE_MS)
    expect((await listOwnSessions(admin, Date.now())).map(({ id }) => id)).toEqual([first, second])
  })
})
