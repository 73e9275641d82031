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
import { someSession } from '@/scripts/testing/factors'
import { behindOffice, identityOf, latestMail, withLink } from '@/scripts/testing/sign-ins'
import { NOTHING_ASKED } from '../core/allowlist-change'
import type { Actor } from '../core/permissions'
import { TIME_OFF_MAX_MS } from '../core/time-off'
import { operatorOf } from './accounts'
import { addRange, deleteRange } from './allowlist-ranges'
import { judge, readSwitches } from './allowlist-reading'
import { readAllowlistState } from './allowlist-state'
import { turnOff, turnOn } from './allowlist-switches'
import { database, transact } from './database'
import { findDevice, startDevice } from './devices'
import { viewLink } from './link-decisions'
import { findLiveSession } from './sessions'
import { settleAccounts } from './settling'

const HOUR_MS = 60 * 60 * 1000
const REASON = 'New office, list not updated'
const HOTEL = address('192.0.2.99')
const ON = { endSessionsOutside: false, exceptSessionId: null }

const inAnHour = () => ({ until: new Date(Date.now() + HOUR_MS), reason: REASON })
const later = (ms: number) => new Date(Date.now() + ms)

describe.each(TEST_DATABASES)('a list that is off for a time, on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** Turned off for an hour by the operator. */
  async function off() {
    const ada = await someAdmin()
    await behindOffice(ada)
    const ending = inAnHour()
    expect(await turnOff(operatorOf(ada.accountId), NOTHING_ASKED, ending)).toMatchObject({
      outcome: 'turned-off',
    })
    return { ada, ending }
  }

  /** The time it is off for is over. */
  async function timePasses(of: Actor) {
    const offUntil = new Date(Date.now() - 1000)
    await transact((tx) => tx.account.update({ where: { id: of.accountId }, data: { offUntil } }))
  }

  async function verdict(of: Actor, now: Date) {
    const switches = await readSwitches(of.accountId, now)
    if (!switches) throw new Error('No account.')
    return judge(switches, { surface: 'CONTROL_PANEL', address: HOTEL, nowMs: now.getTime() })
  }

  const mailsOf = (of: Actor) =>
    database().outboxMail.count({ where: { accountId: of.accountId, kind: 'allowlist-switched' } })

  it('admits everyone until the very end, and is on from then without anybody’s doing', async () => {
    const { ada, ending } = await off()
    const [last, first] = [new Date(ending.until.getTime() - 1), ending.until]
    expect(await verdict(ada, last)).toEqual({ admit: true, because: 'allowlist-off' })
    expect(await verdict(ada, first)).toEqual({ admit: false, because: 'not-listed' })
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, offReason: REASON })
    expect(await readAllowlistState(ada, last)).toMatchObject({
      allowlistEnabled: false,
      off: { until: ending.until, byName: 'Operator', reason: REASON },
    })
    expect(await readAllowlistState(ada, first)).toMatchObject({ allowlistEnabled: true, off: null })
  })

  it('is on for every reader: sessions, phones and links', async () => {
    const { ada } = await off()
    const id = await someSession(ada)
    const phone = { name: 'Pixel', address: null, factorProven: false }
    const identity = await identityOf(ada)
    const device = await transact((tx) => startDevice(tx, identity, phone, new Date()))
    const { token } = await withLink(ada)
    const isOn = async () => [
      (await findLiveSession(id, Date.now(), null))?.account.allowlistEnabled,
      (await findDevice(device?.id ?? ''))?.account.allowlistEnabled,
      (await viewLink(token, null))?.isAdmittedAlready === false,
    ]
    expect(await isOn()).toEqual([false, false, false])
    await timePasses(ada)
    expect(await isOn()).toEqual([true, true, true])
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false })
  })

  it('counts as on when its end is further ahead than any can be: the clock went back', async () => {
    const { ada } = await off()
    const offUntil = later(TIME_OFF_MAX_MS + 2 * 60_000)
    await transact((tx) => tx.account.update({ where: { id: ada.accountId }, data: { offUntil } }))
    expect(await verdict(ada, new Date())).toMatchObject({ admit: false })
  })

  it('has its end written down also where another account’s deadline can’t be kept', async () => {
    const [broken, { ada, ending }] = [await someAdmin(), await off()]
    const { accountId } = broken
    const dueAt = new Date()
    const made = { accountId, madeByName: 'Ada', madeAt: dueAt, dueAt }
    await transact(async (tx) => {
      await tx.unconfirmedChange.create({
        data: {
          ...made,
          action: 'range.added',
          subjectName: '',
          target: '',
          undo: 'nothing that is understood',
        },
      })
      await tx.account.update({ where: { id: accountId }, data: { revertAt: dueAt } })
    })
    await expect(settleAccounts(new Date(ending.until.getTime() + 1))).rejects.toThrow()
    expect(await auditOf(ada)).toEqual(['allowlist.turned_off', 'allowlist.resumed'])
    await transact((tx) => tx.account.delete({ where: { id: accountId } }))
  })

  it('has its end written down once, however many instances look: one row, one mail to each who manages security', async () => {
    const { ada, ending } = await off()
    await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    await someColleague(ada, { managesSecurity: true }, 'Cem')
    await settleAccounts(new Date(ending.until.getTime() - 1))
    expect(await auditOf(ada)).toEqual(['allowlist.turned_off'])
    const [version, mails] = [(await accountOf(ada)).allowlistVersion, await mailsOf(ada)]
    const after = new Date(ending.until.getTime() + 1)
    const ended = await Promise.all([1, 2, 3, 4].map(() => settleAccounts(after)))
    expect(ended.reduce((sum, one) => sum + one)).toBeGreaterThanOrEqual(1)
    expect(await auditOf(ada)).toEqual(['allowlist.turned_off', 'allowlist.resumed'])
    expect(await mailsOf(ada)).toBe(mails + 3)
    expect(await accountOf(ada)).toMatchObject({
      ...{ allowlistEnabled: true, offUntil: null, offReason: null, offByName: null },
      allowlistVersion: version + 1,
    })
    const row = await database().auditEvent.findFirst({
      where: { accountId: ada.accountId, action: 'allowlist.resumed' },
    })
    expect(row).toMatchObject({ via: 'system', actorName: 'Gatehouse', actorId: null })
    expect(JSON.parse(row?.before ?? '')).toEqual({ offUntil: ending.until.toISOString(), reason: REASON })
    const mail = await latestMail()
    expect(mail.subject).toMatch(/ is on again$/)
    expect(mail.text).toContain(`Reason: ${REASON}`)
    expect(mail.text).toContain('From now on people can sign in only from one range.')
  })

  it('tells why, and until when, in row and mail', async () => {
    const { ada, ending } = await off()
    const row = await database().auditEvent.findFirst({
      where: { accountId: ada.accountId, action: 'allowlist.turned_off' },
    })
    expect(JSON.parse(row?.after ?? '')).toEqual({ offUntil: ending.until.toISOString(), reason: REASON })
    const mail = await latestMail()
    const end = ending.until.toISOString().slice(0, 16).replace('T', ' ')
    expect(mail.text).toContain(` off until ${end} UTC.`)
    expect(mail.text).toContain(`Reason: ${REASON}`)
  })

  it('has its end written down before the next change, which sees it on', async () => {
    const { ada } = await off()
    await timePasses(ada)
    expect(await turnOn(operatorOf(ada.accountId), ON, NOTHING_ASKED)).toMatchObject({ outcome: 'unchanged' })
    expect(await auditOf(ada)).toEqual(['allowlist.turned_off', 'allowlist.resumed'])
  })

  it('is turned on before its end, and nothing is left of it', async () => {
    const { ada, ending } = await off()
    expect(await turnOn(operatorOf(ada.accountId), ON, NOTHING_ASKED)).toMatchObject({ outcome: 'turned-on' })
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, offUntil: null, offReason: null })
    await settleAccounts(new Date(ending.until.getTime() + 1))
    expect(await auditOf(ada)).toEqual(['allowlist.turned_off', 'allowlist.turned_on'])
  })

  it('is given another end, or none; one that is off for good gets no end', async () => {
    const { ada } = await off()
    const operator = operatorOf(ada.accountId)
    const other = { until: later(2 * HOUR_MS), reason: 'Longer' }
    expect(await turnOff(operator, NOTHING_ASKED, other)).toMatchObject({ outcome: 'turned-off' })
    expect(await accountOf(ada)).toMatchObject({ offUntil: other.until, offReason: 'Longer' })
    expect(await turnOff(operator, NOTHING_ASKED)).toMatchObject({ outcome: 'turned-off' })
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, offUntil: null, offReason: null })
    expect(await turnOff(operator, NOTHING_ASKED, other)).toMatchObject({ outcome: 'unchanged' })
    expect(await turnOff(operator, NOTHING_ASKED)).toMatchObject({ outcome: 'unchanged' })
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, offUntil: null })
    expect(await verdict(ada, later(48 * HOUR_MS))).toMatchObject({ admit: true })
  })

  it('asks about what locks out, or lets everyone in, once it is on again', async () => {
    const ada = await someAdmin()
    const [own = '', other = ''] = await plantRanges(ada, newRange('198.51.100.7'), newRange('192.0.2.1'))
    await plantSwitches(ada, { allowlistEnabled: true })
    await turnOff(operatorOf(ada.accountId), NOTHING_ASKED, inAnHour())
    expect(await deleteRange(ada, { id: own }, answering())).toEqual({ outcome: 'takes-yours-off' })
    expect(await deleteRange(ada, { id: own }, answering('anyway'))).toMatchObject({ outcome: 'deleted' })
    expect(await deleteRange(ada, { id: other }, answering())).toEqual({ outcome: 'admits-everyone' })
    // Refused before and after, once it is on: nothing to ask.
    expect(await addRange(ada, newRange('203.0.113.1'), answering())).toMatchObject({ outcome: 'added' })
  })
})
