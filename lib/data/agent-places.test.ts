import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSession } from '@/scripts/testing/sessions'
import { type Actor, NotPermitted } from '../core/permissions'
import { endPlaceOf, listOwnPlaces, listPlacesOf } from './agent-places'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import { endDevice, findDevice } from './devices'
import { endOwnDevice } from './own-access'
import { endOwnSession } from './sessions'

type Person = Actor & { agentId: string }

function session({ accountId, agentId }: Person): Promise<{ id: string }> {
  const start = { accountId, agentId, surface: 'AGENT_CONSOLE', address: null, device: 'Firefox' } as const
  return transact((tx) => plantSession(tx, start))
}

function phone({ accountId, agentId }: Person): Promise<{ id: string }> {
  return transact((tx) => tx.mobileDevice.create({ data: { accountId, agentId, name: 'Pixel 9' } }))
}

async function endings({ accountId }: Actor) {
  const rows = await database().auditEvent.findMany({
    where: { accountId, action: { in: ['session.ended', 'device.ended'] } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ action, actorName, subjectName, after }) => [action, actorName, subjectName, after])
}

describe.each(TEST_DATABASES)('where agents are signed in, on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const idsOf = async (actor: Actor, agentId: string) =>
    (await listPlacesOf(actor, agentId, Date.now()))?.places.map(({ id }) => id).sort()

  it('is listed for who manages agents, of one agent of the own account', async () => {
    const admin = await someAdmin()
    const ben = await someColleague(admin, {})
    await session(admin)
    const ids = [(await session(ben)).id, (await phone(ben)).id].sort()
    expect(await idsOf(admin, ben.agentId)).toEqual(ids)
    expect((await listOwnPlaces(ben, Date.now())).map(({ id }) => id).sort()).toEqual(ids)
    expect(await listPlacesOf(await someAdmin(), ben.agentId, Date.now())).toBeNull()
    await expect(listPlacesOf(ben, admin.agentId, Date.now())).rejects.toThrow(NotPermitted)
  })

  it('is where somebody can still come back to: no session and no phone whose time is over', async () => {
    const [hour, now] = [60 * 60_000, Date.now()]
    const admin = await someAdmin()
    const [web, mobile] = [(await session(admin)).id, (await phone(admin)).id]
    const begun = async (hours: number, usedHours: number) => {
      const [createdAt, used] = [new Date(now - hours * hour), new Date(now - usedHours * hour)]
      await transact(async (tx) => {
        await tx.session.update({ where: { id: web }, data: { createdAt, lastSeenAt: used } })
        await tx.mobileDevice.update({ where: { id: mobile }, data: { createdAt, rotatedAt: used } })
      })
      return (await listOwnPlaces(admin, now)).map(({ kind }) => kind).sort()
    }
    expect(await begun(6.9 * 24, 11)).toEqual(['mobile', 'web'])
    expect(await begun(6.9 * 24, 12)).toEqual(['mobile'])
    expect(await begun(7 * 24, 0)).toEqual(['mobile'])
    expect(await begun(89.9 * 24, 29.9 * 24)).toEqual(['mobile'])
    expect(await begun(89.9 * 24, 30 * 24)).toEqual([])
    expect(await begun(90 * 24, 0)).toEqual([])
  })

  it('is signed out of without a deadlock while a change ends it, too', async () => {
    if (kind === 'sqlite') return
    const ben = await someAdmin()
    const [web, mobile, other] = [await session(ben), await phone(ben), await phone(ben)]
    const device = await findDevice(other.id)
    if (!device) throw new Error('The phone is not signed in.')
    const ways: [string, string, () => Promise<boolean>][] = [
      ['Session', web.id, () => endOwnSession(ben, web.id, 'signed-out')],
      ['MobileDevice', mobile.id, () => endOwnDevice(ben, mobile.id)],
      ['MobileDevice', other.id, () => endDevice(device, 'signed-out', { address: null })],
    ]
    for (const [table, id, signOut] of ways) {
      let signingOut: Promise<boolean> | undefined
      await transact(async (tx) => {
        await lockAccount(tx, ben.accountId)
        const subject = { type: 'account', id: ben.accountId, name: '' }
        await recordAudit(tx, ben, { action: 'allowlist.turned_on', subject })
        signingOut = signOut()
        await vi.waitFor(async () => {
          const waiting = await database().$queryRaw<unknown[]>`
            SELECT 1 AS "one" FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`
          expect(waiting).toHaveLength(1)
        })
        // Throws when the one that waits has it.
        await tx.$queryRawUnsafe(`SELECT "id" FROM "${table}" WHERE "id" = $1 FOR UPDATE NOWAIT`, id)
      })
      expect(await signingOut).toBe(true)
    }
  })

  it('is ended one by one, each with its audit row, and once', async () => {
    const admin = await someAdmin()
    const ben = await someColleague(admin, {})
    const [one, two, three] = [await session(ben), await session(ben), await phone(ben)]
    const web = { kind: 'web', id: one.id } as const
    expect(await endPlaceOf(admin, ben.agentId, web)).toBe(true)
    expect(await endPlaceOf(admin, ben.agentId, web)).toBe(false)
    expect(await idsOf(admin, ben.agentId)).toEqual([two.id, three.id].sort())
    expect(await endPlaceOf(admin, ben.agentId, { kind: 'mobile', id: three.id })).toBe(true)
    expect(await idsOf(admin, ben.agentId)).toEqual([two.id])
    const after = JSON.stringify({ because: 'ended-by-admin' })
    expect(await endings(admin)).toEqual([
      ['session.ended', 'Ada', 'Ben', after],
      ['device.ended', 'Ada', 'Ben', after],
    ])
  })

  it('is ended by nobody else: not beyond rights, not from another account, not under another name', async () => {
    const admin = await someAdmin()
    const people = await someColleague(admin, { managesAgents: true })
    const ben = await someColleague(admin, {})
    const [own, his] = [await session(admin), await session(ben)]
    const end = (actor: Actor, agentId: string, id: string) => endPlaceOf(actor, agentId, { kind: 'web', id })
    expect(await end(people, admin.agentId, own.id)).toBe('beyond-rights')
    expect(await end(people, ben.agentId, own.id)).toBe(false)
    expect(await end(await someAdmin(), ben.agentId, his.id)).toBe('gone')
    await expect(end(ben, ben.agentId, his.id)).rejects.toThrow(NotPermitted)
    await expect(end({ ...ben, managesAgents: true }, ben.agentId, his.id)).rejects.toThrow(NotPermitted)
    expect(await idsOf(admin, admin.agentId)).toEqual([own.id])
    expect(await idsOf(admin, ben.agentId)).toEqual([his.id])
    expect(await endings(admin)).toEqual([])
  })
})
