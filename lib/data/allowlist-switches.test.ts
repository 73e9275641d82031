import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  address,
  answering,
  auditOf,
  newRange,
  plantRanges,
  plantSwitches,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { planOf } from '@/scripts/testing/plans'
import { plantSession } from '@/scripts/testing/sessions'
import { NOTHING_ASKED } from '../core/allowlist-change'
import { type Actor, NotPermitted } from '../core/permissions'
import { switchesAt } from './account-switches'
import { operatorOf } from './accounts'
import { holdList } from './allowlist'
import { findSessionsOutside } from './allowlist-sessions'
import { findCoverage, readAllowlistState, selectState } from './allowlist-state'
import {
  setCheckEveryRequest,
  setContactEmail,
  setMobileEnforced,
  turnOff,
  turnOn,
} from './allowlist-switches'
import { verifyAudit } from './audit-verify'
import { database, transact } from './database'
import { open } from './secrets'

const ON = { endSessionsOutside: false, exceptSessionId: null }

describe.each(TEST_DATABASES)('switches on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function session(actor: Actor, at: string): Promise<string> {
    const { accountId, agentId } = actor
    const start = { accountId, agentId: agentId ?? '', surface: 'AGENT_CONSOLE', device: 'Firefox' } as const
    return (await transact((tx) => plantSession(tx, { ...start, address: address(at) }))).id
  }

  async function endedBecause(id: string) {
    return (await database().session.findUniqueOrThrow({ where: { id } })).endedBecause
  }

  async function mailOf(actor: Actor) {
    const where = { accountId: actor.accountId, kind: 'allowlist-switched' }
    const rows = await database().outboxMail.findMany({ where })
    return rows.map(
      (row) => JSON.parse(open(row.sealed ?? '') ?? '{}') as Record<'to' | 'subject' | 'text', string>,
    )
  }

  it('holds the list that was judged, and no other one', async () => {
    const [ada, other] = [await someAdmin(), await someAdmin()]
    const { allowlistVersion } = await accountOf(ada)
    const holds = () => transact((tx) => holdList(tx, ada.accountId, allowlistVersion))
    await turnOn(other, ON, answering())
    expect(await holds()).toBe(true)
    expect((await turnOn(ada, ON, answering())).outcome).toBe('turned-on')
    expect(await holds()).toBe(false)
  })

  it('turns on and off, each once, audited and told to the other admins', async () => {
    const ada = await someAdmin()
    const other = await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
    await plantRanges(ada, newRange('198.51.100.0/24'), newRange('192.0.2.1', { expiresAt: new Date(0) }))
    expect((await turnOn(ada, ON, answering())).outcome).toBe('turned-on')
    expect((await turnOn(ada, ON, answering())).outcome).toBe('unchanged')
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, allowlistVersion: 2 })
    expect((await turnOff(ada, answering())).outcome).toBe('turned-off')
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, allowlistVersion: 3 })
    expect(await auditOf(ada)).toEqual(['allowlist.turned_on', 'allowlist.turned_off'])
    const mails = await mailOf(ada)
    expect(mails.map((mail) => mail.to)).toEqual([other.email])
    expect(mails[0]?.subject).toMatch(/was turned on$/)
    expect(mails[0]?.text).toContain('only from one range')
    expect(mails[0]?.text).toContain('198.51.100.7, through the web')
    // A moment later it goes into a summary (notices.test.ts).
    const [waiting] = await database().notice.findMany({ where: { agentId: other.agentId } })
    expect(waiting?.content).toContain('Ada turned the IP allowlist off.')
  })

  it('queues no mail for a change that was not made', async () => {
    const ada = await someAdmin()
    await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
    await plantRanges(ada, newRange('192.0.2.1'))
    expect(await turnOn(ada, ON, answering())).toEqual({ outcome: 'locks-you-out' })
    expect(await mailOf(ada)).toEqual([])
  })

  it('ends nobody’s session unless asked', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.0/24'))
    const outside = await session(await someColleague(ada, {}), '203.0.113.9')
    expect(await turnOn(ada, ON, answering())).toMatchObject({ sessionsEnded: 0 })
    expect(await endedBecause(outside)).toBeNull()
  })

  it('ends the sessions outside the list when asked, and no other', async () => {
    const ada = await someAdmin()
    const ben = await someColleague(ada, {})
    const stranger = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.0/24'))
    const own = await session(ada, '203.0.113.5')
    const outside = [await session(ben, '203.0.113.9'), await session(ada, '2001:db8::1')]
    const inside = await session(ben, '198.51.100.20')
    const foreign = await session(stranger, '203.0.113.9')
    const now = Date.now()
    const switches = switchesAt(await accountOf(ada), now)
    expect(await findSessionsOutside(ada, switches, own, now)).toEqual({
      sessions: 2,
      people: ['Ben', 'Ada'],
    })
    const how = { endSessionsOutside: true, exceptSessionId: own }
    expect(await turnOn(ada, how, answering())).toMatchObject({ sessionsEnded: 2 })
    for (const id of outside) expect(await endedBecause(id)).toBe('outside-list')
    for (const id of [own, inside, foreign]) expect(await endedBecause(id)).toBeNull()
    expect(await auditOf(ada)).toEqual(['allowlist.turned_on', 'session.ended', 'session.ended'])
  })

  it('ends them for the operator also where the list is on', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.0/24'))
    await turnOn(ada, ON, answering())
    const outside = await session(ada, '203.0.113.9')
    const how = { endSessionsOutside: true, exceptSessionId: null }
    expect(await turnOn(ada, how, answering())).toMatchObject({ outcome: 'unchanged', sessionsEnded: 0 })
    const operator = operatorOf(ada.accountId)
    expect(await turnOn(operator, how, NOTHING_ASKED)).toMatchObject({
      outcome: 'unchanged',
      sessionsEnded: 1,
    })
    expect(await endedBecause(outside)).toBe('outside-list')
    expect(await auditOf(ada)).toEqual(['allowlist.turned_on', 'session.ended'])
  })

  it('writes down each of many sessions that it ends, in a log that nobody finds broken', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.0/24'))
    const ids: string[] = []
    for (let at = 0; at < 130; at++) ids.push(await session(ada, `203.0.113.${at}`))
    const how = { endSessionsOutside: true, exceptSessionId: null }
    const { rows: before } = await verifyAudit(ada)
    expect(await turnOn(ada, how, answering())).toMatchObject({ sessionsEnded: 130 })
    const { accountId } = ada
    const ended = await database().auditEvent.findMany({ where: { accountId, action: 'session.ended' } })
    expect(ended.map(({ subjectId }) => subjectId).sort()).toEqual(ids.sort())
    expect(await verifyAudit(ada)).toMatchObject({ rows: before + 131, problems: [] })
  })

  it('spares the sessions at the address that was added along with it', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('192.0.2.1'))
    const beside = await session(await someColleague(ada, {}), '198.51.100.7')
    const how = { endSessionsOutside: true, exceptSessionId: null }
    expect(await turnOn(ada, how, answering('add-mine'))).toMatchObject({ sessionsEnded: 0, addedMine: true })
    expect(await endedBecause(beside)).toBeNull()
  })

  it('switches mobile and the check of every request, each once', async () => {
    const ada = await someAdmin()
    for (const to of [true, true, false]) {
      await setMobileEnforced(ada, to, answering())
      await setCheckEveryRequest(ada, to, answering())
    }
    expect(await auditOf(ada)).toEqual([
      'allowlist.mobile_enforced',
      'allowlist.every_request_checked',
      'allowlist.mobile_released',
      'allowlist.every_request_released',
    ])
    expect(await accountOf(ada)).toMatchObject({
      mobileEnforced: false,
      checkEveryRequest: false,
      allowlistVersion: 5,
    })
  })

  it('sets the contact address and takes it back', async () => {
    const ada = await someAdmin()
    expect((await setContactEmail(ada, 'it@example.com', answering())).outcome).toBe('changed')
    expect((await setContactEmail(ada, 'it@example.com', answering())).outcome).toBe('unchanged')
    expect((await readAllowlistState(ada)).contactEmail).toBe('it@example.com')
    await setContactEmail(ada, null, answering())
    expect(await accountOf(ada)).toMatchObject({ contactEmail: null, allowlistVersion: 1 })
    expect(await auditOf(ada)).toEqual(['account.contact_changed', 'account.contact_changed'])
  })

  it('lets Manage Security do it and nobody else', async () => {
    const ada = await someAdmin()
    const plain = await someColleague(ada, { managesAgents: true })
    const attempts: (() => Promise<unknown>)[] = [
      () => turnOn(plain, ON, answering()),
      () => turnOff(plain, answering()),
      () => setMobileEnforced(plain, true, answering()),
      () => setCheckEveryRequest(plain, true, answering()),
      () => setContactEmail(plain, 'it@example.com', answering()),
      () => readAllowlistState(plain),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(NotPermitted)
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, allowlistVersion: 1 })
    const guard = await someColleague(ada, { managesSecurity: true })
    expect((await turnOn(guard, ON, answering())).outcome).toBe('turned-on')
  })

  it('counts active, disabled and expired ranges, of this account only', async () => {
    const ada = await someAdmin()
    expect(await readAllowlistState(ada)).toMatchObject({ total: 0, active: 0, disabled: 0, expired: 0 })
    await plantRanges(await someAdmin(), newRange('203.0.113.7'))
    await plantRanges(
      ada,
      newRange('192.0.2.1'),
      newRange('192.0.2.2', { expiresAt: new Date(Date.now() + 60_000) }),
      newRange('192.0.2.3', { expiresAt: new Date(Date.now() - 60_000) }),
    )
    const off = await plantRanges(
      ada,
      newRange('192.0.2.4'),
      newRange('192.0.2.5', { expiresAt: new Date(0) }),
    )
    await transact((tx) => tx.range.updateMany({ where: { id: { in: off } }, data: { enabled: false } }))
    expect(await readAllowlistState(ada)).toMatchObject({ total: 5, active: 2, disabled: 2, expired: 1 })
  })

  it('counts ranges off an index', async () => {
    const plan = await planOf(selectState('one', new Date()))
    const offAnIndex =
      kind === 'sqlite'
        ? /SEARCH r USING COVERING INDEX/g
        : /Index (Only )?Scan using [^(]* on \\"Range\\" r/g
    expect(plan.match(offAnIndex)).toHaveLength(3)
  })

  it('says what holds an address, also while the list is off', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.0/24', { description: 'Office' }))
    await plantSwitches(ada, { allowlistEnabled: false })
    const state = await readAllowlistState(ada)
    const at = (text: string) => findCoverage(state, address(text), Date.now())
    expect(await at('198.51.100.9')).toMatchObject({ range: { description: 'Office' } })
    expect(await at('203.0.113.9')).toEqual({ verdict: { admit: false, because: 'not-listed' }, range: null })
    expect(await findCoverage(state, null, Date.now())).toMatchObject({
      verdict: { because: 'address-unknown' },
    })
  })
})
