import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  address,
  answering,
  newRange,
  plantRanges,
  plantSwitches,
  range,
  rangesOf,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSignIns } from '@/scripts/testing/log'
import { latestMail } from '@/scripts/testing/sign-ins'
import { type Asked, NOTHING_ASKED } from '../core/allowlist-change'
import type { Actor } from '../core/permissions'
import { CONFIRM_WITHIN_MS } from '../core/unconfirmed'
import { operatorOf } from './accounts'
import { addRange, deleteRange, editRange, putOnList, setRangeEnabled } from './allowlist-ranges'
import { judge, readSwitches } from './allowlist-reading'
import { readAllowlistState } from './allowlist-state'
import { setCheckEveryRequest, turnOff, turnOn } from './allowlist-switches'
import { database, transact } from './database'
import { importRanges } from './range-import'
import { settleAccounts } from './settling'
import { confirmChange, listUnconfirmed, revertNow } from './unconfirmed-changes'

const ON = { endSessionsOutside: false, exceptSessionId: null }
const ANYWAY = answering('anyway')
const OWN = '198.51.100.7'

type Deed = (ada: Actor, ids: string[], asked: Asked) => Promise<{ outcome: string }>

const edit = (id: string, text: string) => ({
  ...{ id, version: 1, range: range(text), description: 'Edited', expiresAt: null },
})

/** Each shuts Ada out, who is at 198.51.100.7; the list is on unless told. */
const CHANGES: [name: string, list: string[], sentence: string, deed: Deed, isOff?: true][] = [
  [
    'turning on',
    ['192.0.2.1'],
    'turned the IP Allowlist on',
    (ada, _, asked) => turnOn(ada, ON, asked),
    true,
  ],
  [
    'the first range',
    [],
    'added the range 192.0.2.1',
    (ada, _, asked) => addRange(ada, newRange('192.0.2.1'), asked),
  ],
  [
    'the first range, put on the list',
    [],
    'added the range 192.0.2.1',
    (ada, _, asked) => putOnList(ada, { range: range('192.0.2.1'), description: '' }, asked),
  ],
  [
    'an edit',
    ['198.51.100.0/24', '192.0.2.1'],
    'edited the range 203.0.113.0/24',
    (ada, [id = ''], asked) => editRange(ada, edit(id, '203.0.113.0/24'), asked),
  ],
  [
    'disabling',
    ['198.51.100.0/24'],
    'disabled the range 198.51.100.0/24',
    (ada, [id = ''], asked) => setRangeEnabled(ada, { id, enabled: false }, asked),
  ],
  [
    'deleting',
    ['198.51.100.0/24', '192.0.2.1'],
    'deleted the range 198.51.100.0/24',
    (ada, [id = ''], asked) => deleteRange(ada, { id }, asked),
  ],
]

describe.each(TEST_DATABASES)('a change that shuts its maker out, on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function given(list: string[], isOff = false) {
    const ada = await someAdmin(OWN)
    const ids = await plantRanges(ada, ...list.map((text) => newRange(text, { description: `The ${text}` })))
    await plantSwitches(ada, { allowlistEnabled: !isOff })
    return { ada, ids }
  }

  /** An office that Ada is in, deleted although it shuts her out, and everything about it. */
  async function deleted() {
    const { ada, ids } = await given(['198.51.100.0/24', '192.0.2.1'])
    expect(await deleteRange(ada, { id: ids[0] ?? '' }, ANYWAY)).toMatchObject({ outcome: 'deleted' })
    const row = await database().unconfirmedChange.findFirstOrThrow({ where: { accountId: ada.accountId } })
    return { ada, ids, row }
  }

  /** What decides, without versions and times. */
  async function policyOf(of: Actor) {
    const { allowlistEnabled, checkEveryRequest, offUntil } = await accountOf(of)
    const ranges = (await rangesOf(of)).map(({ id, start, end, enabled, description, expiresAt, origin }) => {
      return { id, start, end, enabled, description, expiresAt, origin }
    })
    return { allowlistEnabled, checkEveryRequest, offUntil, ranges }
  }

  const later = (ms: number) => new Date(Date.now() + ms)
  const overdue = () => later(CONFIRM_WITHIN_MS + 1000)
  const pending = (of: Actor) => database().unconfirmedChange.count({ where: { accountId: of.accountId } })
  const changesIn = async (of: Actor) =>
    (
      await database().auditEvent.findMany({
        where: { accountId: of.accountId, action: { startsWith: 'change.' } },
        orderBy: { id: 'asc' },
      })
    ).map(({ action }) => action)
  const mailsOf = (of: Actor) =>
    database().outboxMail.count({ where: { accountId: of.accountId, kind: 'change-reverted' } })

  async function session(of: Actor & { agentId: string }, createdAt = later(1000)) {
    const { accountId, agentId } = of
    const place = { surface: 'CONTROL_PANEL', device: 'Firefox' } as const
    const row = await transact((tx) =>
      tx.session.create({ data: { accountId, agentId, createdAt, lastSeenAt: new Date(), ...place } }),
    )
    return row.id
  }

  async function isAdmitted(of: Actor, now: Date) {
    const switches = await readSwitches(of.accountId, now)
    if (!switches) throw new Error('No account.')
    const question = { surface: 'CONTROL_PANEL', address: address(OWN), nowMs: now.getTime() } as const
    return (await judge(switches, question)).admit
  }

  describe.each(CHANGES)('%s', (_name, list, sentence, deed, isOff) => {
    it('holds for ten minutes, and the next decision after that sees it undone', async () => {
      const { ada, ids } = await given(list, isOff)
      const before = await policyOf(ada)
      const made = await deed(ada, ids, ANYWAY)
      expect(made).toMatchObject({ confirmUntil: expect.any(Date) })
      const { revertAt } = await accountOf(ada)
      expect(revertAt?.getTime()).toBeGreaterThan(Date.now() + CONFIRM_WITHIN_MS - 60_000)
      const last = new Date((revertAt?.getTime() ?? 0) - 1)
      expect(await listUnconfirmed(ada, { createdAtMs: 0 })).toMatchObject([
        { sentence: `Ada ${sentence}`, address: address(OWN), dueAt: revertAt, proof: 'older' },
      ])
      expect(await isAdmitted(ada, last)).toBe(false)
      expect(await changesIn(ada)).toEqual(['change.held'])
      expect(await isAdmitted(ada, revertAt ?? last)).toBe(true)
      expect(await policyOf(ada)).toEqual(before)
      expect(await accountOf(ada)).toMatchObject({ revertAt: null })
      expect(await changesIn(ada)).toEqual(['change.held', 'change.reverted'])
      expect(await mailsOf(ada)).toBe(1)
      const mail = await latestMail()
      expect(mail.text).toContain(`Ada ${sentence}. That change refuses the address it was made from.`)
      expect(mail.text).toContain('Nobody confirmed it in time')
      expect(mail.text).toContain(`From: ${OWN}`)
    })

    it('stays when it is to be kept without confirmation', async () => {
      const { ada, ids } = await given(list, isOff)
      const made = await deed(ada, ids, { ...ANYWAY, keepsUnconfirmed: true })
      expect(made).toMatchObject({ confirmUntil: null })
      expect([await pending(ada), (await accountOf(ada)).revertAt]).toEqual([0, null])
      expect(await isAdmitted(ada, overdue())).toBe(false)
    })

    it('is kept at once when it shuts nobody out', async () => {
      const { ada, ids } = await given(list, isOff)
      const made = await deed({ ...ada, address: address('192.0.2.1') }, ids, ANYWAY)
      expect(made).toMatchObject({ confirmUntil: null })
      const operated = await given(list, isOff)
      await deed(operatorOf(operated.ada.accountId), operated.ids, NOTHING_ASKED)
      expect([await pending(ada), await pending(operated.ada)]).toEqual([0, 0])
    })
  })

  it('“Check every request” is released again', async () => {
    const { ada } = await given(['192.0.2.1'])
    const made = await setCheckEveryRequest(ada, true, ANYWAY)
    expect(made).toMatchObject({ outcome: 'switched', confirmUntil: expect.any(Date) })
    expect(await readSwitches(ada.accountId, overdue())).toMatchObject({ checkEveryRequest: false })
    expect(await changesIn(ada)).toEqual(['change.held', 'change.reverted'])
  })

  it('is undone once, however many instances look', async () => {
    const { ada } = await deleted()
    const bea = await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    const now = overdue()
    const looks = [1, 2, 3].map(() => settleAccounts(now))
    await Promise.all([...looks, readAllowlistState(ada, now), readSwitches(ada.accountId, now)])
    expect(await changesIn(ada)).toEqual(['change.held', 'change.reverted'])
    expect(await rangesOf(ada)).toHaveLength(2)
    // Ada and Bea.
    expect([await mailsOf(ada), bea.name]).toEqual([2, 'Bea'])
  })

  it('is confirmed or undone, never both', async () => {
    const { ada, row } = await deleted()
    const sessionId = await session(ada)
    const outcomes = await Promise.all([
      confirmChange(ada, { id: row.id, sessionId }),
      revertNow(ada, row.id, answering('anyway')),
      confirmChange(ada, { id: row.id, sessionId }),
    ])
    const said = outcomes.map((one) => (typeof one === 'string' ? one : one.outcome))
    expect(said.filter((one) => one !== 'gone')).toHaveLength(1)
    const isUndone = said.includes('undone')
    expect(await changesIn(ada)).toEqual(['change.held', isUndone ? 'change.reverted' : 'change.confirmed'])
    expect(await rangesOf(ada)).toHaveLength(isUndone ? 2 : 1)
  })

  it('is confirmed from a sign-in that began after it, by whoever manages security', async () => {
    const { ada, row } = await deleted()
    const cem = await someColleague(ada, { managesSecurity: true }, 'Cem')
    const old = await session(cem, new Date(row.madeAt.getTime()))
    expect(await confirmChange(cem, { id: row.id, sessionId: old })).toBe('older')
    const fresh = await session(cem)
    expect(await listUnconfirmed(cem, { createdAtMs: Date.now() + 1000 })).toMatchObject([{ proof: 'fresh' }])
    // The session of somebody else, and one that is over, prove nothing.
    expect(await confirmChange(ada, { id: row.id, sessionId: fresh })).toBe('older')
    const over = await session(cem)
    await transact((tx) => tx.session.update({ where: { id: over }, data: { endedAt: new Date() } }))
    expect(await confirmChange(cem, { id: row.id, sessionId: over })).toBe('older')
    const enrolling = await session(cem)
    await transact((tx) => tx.session.update({ where: { id: enrolling }, data: { mustEnrol: true } }))
    expect(await confirmChange(cem, { id: row.id, sessionId: enrolling })).toBe('older')
    expect(await pending(ada)).toBe(1)
    expect(await confirmChange(cem, { id: row.id, sessionId: fresh })).toBe('confirmed')
    expect(await confirmChange(cem, { id: row.id, sessionId: fresh })).toBe('gone')
    expect(await isAdmitted(ada, overdue())).toBe(false)
    expect(await changesIn(ada)).toEqual(['change.held', 'change.confirmed'])
    expect(await mailsOf(ada)).toBe(0)
  })

  it('is not confirmed from a sign-in that was there before it, whatever a clock that was ahead says', async () => {
    const { ada, ids } = await given(['198.51.100.0/24', '192.0.2.1'])
    const anHourAhead = await session(ada, later(60 * 60_000))
    const aMomentAhead = await session(ada, later(5000))
    await deleteRange(ada, { id: ids[0] ?? '' }, ANYWAY)
    const [one] = await listUnconfirmed(ada, { createdAtMs: 0 })
    for (const sessionId of [anHourAhead, aMomentAhead])
      expect(await confirmChange(ada, { id: one?.id ?? '', sessionId })).toBe('older')
    const fresh = await session(ada)
    expect(await confirmChange(ada, { id: one?.id ?? '', sessionId: fresh })).toBe('confirmed')
  })

  it('is not confirmed from a sign-in that nothing let in, since the list was off for a time', async () => {
    const { ada, row } = await deleted()
    const signedIn = (because: string, hoursAgo: number) => plantSignIns(ada, { at: OWN, because, hoursAgo })
    const createdAtMs = Date.now() + 1000
    const sessionId = await session(ada, new Date(createdAtMs))
    await signedIn('listed', 1)
    await signedIn('allowlist-off', 0)
    await signedIn('listed', -1)
    await plantSignIns(ada, { at: OWN, because: 'listed', hoursAgo: 0, surface: 'MOBILE' })
    expect(await listUnconfirmed(ada, { createdAtMs })).toMatchObject([{ proof: 'list-off' }])
    expect(await confirmChange(ada, { id: row.id, sessionId })).toBe('list-off')
    expect(await pending(ada)).toBe(1)
    await signedIn('listed', 0)
    expect(await listUnconfirmed(ada, { createdAtMs })).toMatchObject([{ proof: 'fresh' }])
    expect(await confirmChange(ada, { id: row.id, sessionId })).toBe('confirmed')
  })

  it('can’t be confirmed once its time is over', async () => {
    const { ada, row } = await deleted()
    const sessionId = await session(ada)
    expect(await confirmChange(ada, { id: row.id, sessionId }, overdue())).toBe('gone')
    expect(await changesIn(ada)).toEqual(['change.held', 'change.reverted'])
  })

  it('is nobody’s business without the permission, or in another account', async () => {
    const { ada, row } = await deleted()
    const ben = await someColleague(ada, { managesAgents: true })
    const eve = await someAdmin()
    const [bens, eves] = [await session(ben), await session(eve)]
    await expect(confirmChange(ben, { id: row.id, sessionId: bens })).rejects.toThrow('MANAGE_SECURITY')
    await expect(revertNow(ben, row.id, ANYWAY)).rejects.toThrow('MANAGE_SECURITY')
    await expect(listUnconfirmed(ben, { createdAtMs: 0 })).rejects.toThrow('MANAGE_SECURITY')
    expect(await confirmChange(eve, { id: row.id, sessionId: eves })).toBe('gone')
    expect(await revertNow(eve, row.id, ANYWAY)).toMatchObject({ outcome: 'gone' })
    expect(await listUnconfirmed(eve, { createdAtMs: 0 })).toEqual([])
    expect(await pending(ada)).toBe(1)
  })

  it('is undone at once by hand, with the password proven', async () => {
    const { ada, row } = await deleted()
    expect(await revertNow(ada, row.id, { ...NOTHING_ASKED, provenAt: null })).toEqual({
      outcome: 'prove-again',
    })
    expect(await pending(ada)).toBe(1)
    expect(await revertNow(ada, row.id, answering())).toMatchObject({ outcome: 'undone', confirmUntil: null })
    expect(await rangesOf(ada)).toHaveLength(2)
    // Nobody but Ada is there to be told.
    expect(await mailsOf(ada)).toBe(0)
  })

  it('asks who undoes it by hand and would be shut out by that', async () => {
    const { ada, ids } = await given(['198.51.100.0/24'])
    await editRange(ada, edit(ids[0] ?? '', '203.0.113.0/24'), ANYWAY)
    const [one] = await listUnconfirmed(ada, { createdAtMs: 0 })
    const bea = { ...ada, address: address('203.0.113.9') }
    expect(await revertNow(bea, one?.id ?? '', answering())).toEqual({ outcome: 'locks-you-out' })
    expect(await revertNow(bea, one?.id ?? '', ANYWAY)).toMatchObject({
      outcome: 'undone',
      confirmUntil: null,
    })
    expect(await pending(ada)).toBe(0)
  })

  it('leaves what others changed meanwhile', async () => {
    const { ada, ids } = await deleted()
    await addRange(ada, newRange('203.0.113.9'), answering())
    await deleteRange(ada, { id: ids[1] ?? '' }, answering())
    await settleAccounts(overdue())
    expect((await rangesOf(ada)).map(({ start }) => start)).toEqual([
      range('198.51.100.0/24').start,
      range('203.0.113.9').start,
    ])
  })

  it.each([
    [
      'an edit of it since',
      async (ada: Actor, id: string) => {
        const row = { ...edit(id, '203.0.113.0/25'), version: 2 }
        expect(await editRange(ada, row, answering())).toMatchObject({ outcome: 'edited' })
      },
      'somebody changed that range since.',
    ],
    [
      'its deletion since',
      async (ada: Actor, id: string) => {
        expect(await deleteRange(ada, { id }, answering('admits-everyone'))).toMatchObject({
          outcome: 'deleted',
        })
      },
      'somebody deleted that range since.',
    ],
    [
      'an entry with its former addresses',
      async (ada: Actor) => {
        const before = newRange('198.51.100.0/24', { expiresAt: later(60 * 60_000) })
        expect(await addRange(ada, before, answering('anyway'))).toMatchObject({ outcome: 'added' })
      },
      'the same addresses are on the list by another entry.',
    ],
    [
      'an entry just like it was',
      async (ada: Actor) => {
        const before = newRange('198.51.100.0/24')
        expect(await addRange(ada, before, answering('anyway'))).toMatchObject({ outcome: 'added' })
      },
      'the same addresses are on the list by another entry.',
    ],
  ])('is not undone over %s, which row and mail say', async (_name, meanwhile, because) => {
    const { ada, ids } = await given(['198.51.100.0/24'])
    const id = ids[0] ?? ''
    await editRange(ada, edit(id, '203.0.113.0/24'), ANYWAY)
    await meanwhile(ada, id)
    const before = await policyOf(ada)
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
    const row = await database().auditEvent.findFirst({
      where: { accountId: ada.accountId, action: 'change.not_reverted' },
    })
    expect(JSON.parse(row?.after ?? '{}')).toEqual({ because })
    expect((await latestMail()).text).toContain(`It stays as it is, because ${because}`)
    expect(await pending(ada)).toBe(0)
  })

  it.each([
    [
      'changed it',
      (operator: Actor, id: string) => editRange(operator, edit(id, '192.0.2.0/24'), NOTHING_ASKED),
      ['change.held', 'change.not_reverted'],
    ],
    [
      'deleted it',
      (operator: Actor, id: string) => deleteRange(operator, { id }, NOTHING_ASKED),
      ['change.held', 'change.reverted'],
    ],
  ])('that added a range takes it away only as it was added: somebody %s', async (_name, meanwhile, said) => {
    const { ada } = await given([])
    await addRange(ada, newRange('192.0.2.1'), ANYWAY)
    const [added] = await rangesOf(ada)
    await meanwhile(operatorOf(ada.accountId), added?.id ?? '')
    const before = await policyOf(ada)
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
    expect(await changesIn(ada)).toEqual(said)
  })

  it('has nothing to be undone where somebody has brought it back: no mail', async () => {
    const { ada, ids } = await given(['198.51.100.0/24'])
    const id = ids[0] ?? ''
    await setRangeEnabled(ada, { id, enabled: false }, ANYWAY)
    await setRangeEnabled(ada, { id, enabled: true }, answering())
    await settleAccounts(overdue())
    expect(await changesIn(ada)).toEqual(['change.held', 'change.reverted'])
    expect([await mailsOf(ada), await pending(ada)]).toEqual([0, 0])
  })

  it.each<[name: string, list: string[], deed: Deed, isTaken: boolean]>([
    ['added', [], (ada, _, asked) => addRange(ada, newRange('192.0.2.1'), asked), true],
    [
      'edited to them',
      ['198.51.100.0/24', '203.0.113.9'],
      (ada, [id = ''], asked) => editRange(ada, edit(id, '192.0.2.1'), asked),
      true,
    ],
    [
      'imported',
      [],
      (ada, _, asked) => importRanges(ada, [newRange('192.0.2.1'), newRange('203.0.113.9')], asked),
      true,
    ],
    [
      'disabled, and so come back',
      ['192.0.2.1'],
      (ada, [id = ''], asked) =>
        setRangeEnabled({ ...ada, address: address('192.0.2.1') }, { id, enabled: false }, asked),
      false,
    ],
  ])('who adds the same addresses is told when they go: %s', async (_name, list, deed, isTaken) => {
    const { ada, ids } = await given(list)
    await deed(ada, ids, ANYWAY)
    const { revertAt } = await accountOf(ada)
    expect(revertAt).not.toBeNull()
    const again = await addRange(operatorOf(ada.accountId), newRange('192.0.2.1'), NOTHING_ASKED)
    expect(again).toMatchObject({ outcome: 'duplicate', undoneAt: isTaken ? revertAt : null })
  })

  it('is over when somebody sets the switch on purpose', async () => {
    const { ada } = await given(['192.0.2.1'], true)
    await turnOn(ada, ON, ANYWAY)
    await turnOff(operatorOf(ada.accountId), NOTHING_ASKED)
    expect([await pending(ada), (await accountOf(ada)).revertAt]).toEqual([0, null])
    await turnOn(operatorOf(ada.accountId), ON, NOTHING_ASKED)
    await setCheckEveryRequest(ada, true, ANYWAY)
    expect(await pending(ada)).toBe(1)
    await setCheckEveryRequest(ada, false, answering())
    await setCheckEveryRequest(operatorOf(ada.accountId), true, NOTHING_ASKED)
    expect(await pending(ada)).toBe(0)
    await settleAccounts(overdue())
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, checkEveryRequest: true })
  })

  it('is over when the operator turns on what is on already, unconfirmed', async () => {
    const { ada } = await given(['192.0.2.1'], true)
    await turnOn(ada, ON, ANYWAY)
    expect(await turnOn(ada, ON, ANYWAY)).toMatchObject({ outcome: 'unchanged', confirmed: false })
    expect(await pending(ada)).toBe(1)
    const operator = operatorOf(ada.accountId)
    expect(await turnOn(operator, ON, NOTHING_ASKED)).toMatchObject({ outcome: 'unchanged', confirmed: true })
    expect(await turnOn(operator, ON, NOTHING_ASKED)).toMatchObject({
      outcome: 'unchanged',
      confirmed: false,
    })
    await settleAccounts(overdue())
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, revertAt: null })
    expect(await changesIn(ada)).toEqual(['change.held', 'change.confirmed'])
  })

  it('waits beside another one; each is decided about by itself, at its own time', async () => {
    const { ada, row } = await deleted()
    const bea = { ...ada, address: address('192.0.2.1') }
    const [left] = await rangesOf(ada)
    await addRange(ada, newRange('203.0.113.9'), answering())
    expect(await setRangeEnabled(bea, { id: left?.id ?? '', enabled: false }, ANYWAY)).toMatchObject({
      outcome: 'disabled',
      confirmUntil: expect.any(Date),
    })
    expect(await listUnconfirmed(ada, { createdAtMs: 0 })).toHaveLength(2)
    expect((await accountOf(ada)).revertAt).toEqual(row.dueAt)
    expect(await confirmChange(ada, { id: row.id, sessionId: await session(ada) })).toBe('confirmed')
    const { revertAt } = await accountOf(ada)
    expect(revertAt?.getTime()).toBeGreaterThan(row.dueAt.getTime())
    await settleAccounts(row.dueAt)
    expect(await pending(ada)).toBe(1)
    await settleAccounts(revertAt ?? row.dueAt)
    expect((await rangesOf(ada)).map(({ enabled }) => enabled)).toEqual([true, true])
    expect(await accountOf(ada)).toMatchObject({ revertAt: null })
  })

  it.each(['confirmed', 'undone'])('is the one that is %s, where another one waits', async (how) => {
    const { ada, ids } = await given(['198.51.100.0/24', '192.0.2.1', '233.252.0.1'])
    const [office = '', home = ''] = ids
    const operator = operatorOf(ada.accountId)
    await editRange(ada, edit(office, '203.0.113.0/24'), ANYWAY)
    // As many changes of the one as of the other.
    await editRange(operator, { ...edit(home, '192.0.2.1'), description: 'Home' }, NOTHING_ASKED)
    const bea = { ...ada, address: address('192.0.2.1') }
    await setRangeEnabled(bea, { id: home, enabled: false }, ANYWAY)
    const waiting = async () => (await listUnconfirmed(ada, { createdAtMs: 0 })).map(({ id }) => id)
    const [first = '', second = ''] = await waiting()
    expect(second).not.toBe('')
    const decided =
      how === 'undone'
        ? (await revertNow(operator, second, NOTHING_ASKED)).outcome
        : await confirmChange(ada, { id: second, sessionId: await session(ada) })
    expect(decided).toBe(how)
    expect(await waiting()).toEqual([first])
  })

  it('waits on when a switch is set that it did not set', async () => {
    const { ada } = await deleted()
    const operator = operatorOf(ada.accountId)
    await setCheckEveryRequest(operator, true, NOTHING_ASKED)
    await turnOff(operator, NOTHING_ASKED)
    await turnOn(operator, ON, NOTHING_ASKED)
    expect(await turnOn(operator, ON, NOTHING_ASKED)).toMatchObject({ confirmed: false })
    expect(await pending(ada)).toBe(1)
  })

  /** Shut out by what lets only 203.0.113.0/24 in, Ben makes of that a range that shuts him out, too. */
  async function shutOutByBen(ada: Actor, id: string, version: number) {
    const ben = await someColleague({ ...ada, address: address('203.0.113.5') }, { managesSecurity: true })
    const again = { ...edit(id, '192.0.2.0/24'), version }
    expect(await editRange(ben, again, ANYWAY)).toMatchObject({ outcome: 'edited' })
  }

  it('and another one of the same range are undone together, ten minutes after the second', async () => {
    const { ada, ids } = await given(['198.51.100.0/24', '233.252.0.0/24'])
    const [id = ''] = ids
    const before = await policyOf(ada)
    expect(await editRange(ada, edit(id, '203.0.113.0/24'), ANYWAY)).toMatchObject({ outcome: 'edited' })
    await shutOutByBen(ada, id, 2)
    expect(await pending(ada)).toBe(1)
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
    expect(await changesIn(ada)).toEqual(['change.held', 'change.held', 'change.reverted'])
  })

  it('of a range that was added unconfirmed takes the range away again', async () => {
    const { ada } = await given([])
    const before = await policyOf(ada)
    expect(await addRange(ada, newRange('203.0.113.0/24'), ANYWAY)).toMatchObject({ outcome: 'added' })
    const [added] = await rangesOf(ada)
    await shutOutByBen(ada, added?.id ?? '', 1)
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
  })

  it('of a range that was imported unconfirmed takes it away again with the others, whichever is due first', async () => {
    const { ada } = await given([])
    const before = await policyOf(ada)
    await importRanges(
      ada,
      ['203.0.113.0/24', '233.252.0.0/24'].map((text) => newRange(text)),
      ANYWAY,
    )
    const [imported] = await rangesOf(ada)
    await shutOutByBen(ada, imported?.id ?? '', 1)
    const { revertAt } = await accountOf(ada)
    // The import alone is due, and takes with it what nobody has changed.
    await settleAccounts(revertAt ?? overdue())
    expect((await rangesOf(ada)).map(({ id }) => id)).toEqual([imported?.id])
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
    expect(await changesIn(ada)).toEqual([
      ...['change.held', 'change.held', 'change.reverted', 'change.reverted'],
    ])
  })

  it('of the only range that was imported unconfirmed is undone together with the import', async () => {
    const { ada } = await given([])
    const before = await policyOf(ada)
    await importRanges(ada, [newRange('203.0.113.0/24')], ANYWAY)
    const [imported] = await rangesOf(ada)
    await shutOutByBen(ada, imported?.id ?? '', 1)
    expect(await pending(ada)).toBe(1)
    await settleAccounts(overdue())
    expect(await policyOf(ada)).toEqual(before)
  })

  it('and another one that deletes it leave no version twice: an edit from in between is overtaken', async () => {
    const { ada, ids } = await given(['198.51.100.0/24', '233.252.0.0/24'])
    const [id = ''] = ids
    await editRange(ada, edit(id, '203.0.113.0/24'), ANYWAY)
    const seen = (await rangesOf(ada)).find((row) => row.id === id)
    const ben = await someColleague({ ...ada, address: address('203.0.113.5') }, { managesSecurity: true })
    expect(await deleteRange(ben, { id }, ANYWAY)).toMatchObject({ confirmUntil: expect.any(Date) })
    await settleAccounts(overdue())
    const again = { ...edit(id, '192.0.2.0/24'), version: seen?.version ?? 0 }
    expect(seen?.version).toBe(2)
    expect(await editRange(operatorOf(ada.accountId), again, NOTHING_ASKED)).toMatchObject({
      outcome: 'overtaken',
    })
  })

  it('made while the list was off for a time leads back to that time, and its end still counts', async () => {
    const { ada } = await given(['192.0.2.1'])
    const ending = { until: later(60 * 60_000), reason: 'New office' }
    await turnOff(operatorOf(ada.accountId), NOTHING_ASKED, ending)
    await turnOn(ada, ON, ANYWAY)
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, offUntil: null })
    expect(await isAdmitted(ada, overdue())).toBe(true)
    expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: false, offUntil: ending.until })
    expect(await isAdmitted(ada, ending.until)).toBe(false)
  })

  it('tells the other admins, when the list was turned on, until when to confirm it', async () => {
    const { ada } = await given(['192.0.2.1'], true)
    await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    await turnOn(ada, ON, ANYWAY)
    const { text } = await latestMail()
    expect(text).toContain('The list refuses the address it was turned on from. So it is turned off again at')
  })

  it('is not held by the question before it', async () => {
    const { ada, ids } = await given(['198.51.100.0/24'])
    const ends = { ...edit(ids[0] ?? '', '198.51.100.0/24'), expiresAt: later(60 * 60_000) }
    expect(await editRange(ada, ends, answering())).toEqual({ outcome: 'locks-you-out' })
    expect([await pending(ada), await changesIn(ada)]).toEqual([0, []])
  })
})
