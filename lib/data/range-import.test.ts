import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  address,
  answering,
  auditOf,
  newRange,
  plantLongList,
  plantRanges,
  plantSwitches,
  range,
  rangesOf,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { NOTHING_ASKED } from '../core/allowlist-change'
import { describeChange } from '../core/audit-words'
import { type Actor, NotPermitted } from '../core/permissions'
import { CONFIRM_WITHIN_MS } from '../core/unconfirmed'
import { operatorOf } from './accounts'
import { RANGES_MAX } from './allowlist'
import { editRange } from './allowlist-ranges'
import { verifyAudit } from './audit-verify'
import { database, transact } from './database'
import { type ImportedRange, importRanges, surveyImport } from './range-import'
import { settleAccounts } from './settling'

const HOUR_MS = 60 * 60 * 1000
const soon = () => new Date(Date.now() + HOUR_MS)
const past = () => new Date(Date.now() - HOUR_MS)
const list = (...texts: string[]): ImportedRange[] => texts.map((text) => newRange(text))
/** So many single addresses, from 10.0.0.0 on. */
const many = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    newRange(`10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`, { description: `Desk ${at}` }),
  )

describe.each(TEST_DATABASES)('importing ranges on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const textsOf = async (actor: Actor) => (await rangesOf(actor)).map(({ start, end }) => `${start} ${end}`)
  const untouched = async (actor: Actor) => {
    expect(await auditOf(actor)).toEqual([])
    expect((await accountOf(actor)).allowlistVersion).toBe(1)
  }
  const imports = (actor: Actor) =>
    database().auditEvent.findMany({
      where: { accountId: actor.accountId, action: 'range.imported' },
      orderBy: { sequence: 'asc' },
    })

  it('adds what is new as one change, and leaves what is there as it is', async () => {
    const ada = await someAdmin()
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.0/24', { description: 'Office' }))
    await transact((tx) => tx.range.update({ where: { id }, data: { enabled: false } }))
    const ends = soon()
    const ranges = [
      newRange('203.0.113.0/24', { description: 'Another name' }),
      newRange('203.0.113.0/25', { description: 'Within' }),
      newRange('2001:db8::7', { expiresAt: ends }),
      newRange('198.51.100.7', { expiresAt: past() }),
    ]
    const survey = await surveyImport(ada, ranges)
    expect(survey).toEqual({
      added: [ranges[1], ranges[2]],
      listed: [{ range: ranges[0], isInForce: false }],
      expired: [ranges[3]],
      room: RANGES_MAX - 3,
    })
    expect(await rangesOf(ada)).toHaveLength(1)
    expect(await importRanges(ada, ranges, answering())).toMatchObject({
      outcome: 'imported',
      ...{ added: 2, listed: 1, expired: 1 },
      ...{ addedMine: false, confirmUntil: null },
    })
    const rows = await database().range.findMany({
      where: { accountId: ada.accountId },
      orderBy: [{ start: 'asc' }, { end: 'desc' }],
    })
    expect(rows).toMatchObject([
      { ...range('203.0.113.0/24'), description: 'Office', enabled: false, origin: 'MANUAL' },
      {
        ...range('203.0.113.0/25'),
        ...{ description: 'Within', enabled: true, expiresAt: null, version: 1 },
        ...{ origin: 'IMPORT', addedById: ada.agentId, addedByName: 'Ada' },
      },
      { ...range('2001:db8::7'), expiresAt: ends, origin: 'IMPORT' },
    ])
    expect((await accountOf(ada)).allowlistVersion).toBe(2)
    const [told, ...more] = await imports(ada)
    expect(more).toEqual([])
    expect(told && describeChange(told)).toBe('Ada imported 2 ranges')
    expect(JSON.parse(told?.after ?? '')).toEqual({
      ranges: [
        { range: '203.0.113.0/25', description: 'Within' },
        { range: '2001:db8::7', expiresAt: ends.toISOString() },
      ],
    })
  })

  it('writes down every one of many, a hundred a row, in a chain that holds', async () => {
    const ada = await someAdmin()
    await importRanges(ada, many(620), answering())
    expect(await rangesOf(ada)).toHaveLength(620)
    expect((await accountOf(ada)).allowlistVersion).toBe(2)
    const rows = await imports(ada)
    expect(rows).toHaveLength(7)
    expect(new Set(rows.map(({ subjectId }) => subjectId)).size).toBe(1)
    expect(rows.map(describeChange)).toContain('Ada imported 20 ranges (part 7 of 7)')
    const told = rows.flatMap(({ after }) => JSON.parse(after ?? '').ranges)
    expect(told).toHaveLength(620)
    expect(told[619]).toEqual({ range: '10.0.2.107', description: 'Desk 619' })
    expect(await verifyAudit(operatorOf(ada.accountId))).toMatchObject({ problems: [] })
    const again = await importRanges(ada, many(620), answering())
    expect(again).toMatchObject({ outcome: 'nothing-new', listed: 620, expired: 0 })
    expect(await imports(ada)).toHaveLength(7)
  })

  it('fills the list to its end and not over it, all or nothing', async () => {
    const ada = await someAdmin()
    await plantLongList(ada, 1)
    const two = list('203.0.113.1', '203.0.113.2')
    expect(await surveyImport(ada, two)).toMatchObject({ room: -1 })
    expect(await importRanges(ada, two, answering())).toMatchObject({ outcome: 'list-full', room: 1 })
    await untouched(ada)
    expect(await importRanges(ada, list('203.0.113.1'), answering())).toMatchObject({ outcome: 'imported' })
    expect(await database().range.count({ where: { accountId: ada.accountId } })).toBe(RANGES_MAX)
  })

  it('asks the same questions as adding does, and writes nothing before they are answered', async () => {
    const ada = await someAdmin('10.0.0.1')
    const proxy = { ...answering(), undeclaredProxy: address('10.0.0.1') }
    const everything = list('192.0.2.1', '::/0')
    expect(await importRanges(ada, everything, NOTHING_ASKED)).toEqual({ outcome: 'prove-again' })
    const stale = { ...answering(), provenAt: past() }
    expect(await importRanges(ada, list('192.0.2.1'), stale)).toEqual({ outcome: 'prove-again' })
    expect(await importRanges(ada, everything, answering())).toEqual({ outcome: 'covers-everything' })
    const operator = operatorOf(ada.accountId)
    expect(await importRanges(operator, everything, NOTHING_ASKED)).toEqual({ outcome: 'covers-everything' })
    const behind = list('192.0.2.1', '10.0.0.0/8')
    expect(await importRanges(ada, behind, proxy)).toEqual({ outcome: 'undeclared-proxy' })
    await plantSwitches(ada, { allowlistEnabled: true })
    expect(await importRanges(ada, list('192.0.2.1'), answering())).toEqual({ outcome: 'locks-you-out' })
    const mine = list('192.0.2.1', '10.0.0.1').map((one) => ({ ...one, expiresAt: soon() }))
    expect(await importRanges(ada, mine, answering())).toEqual({ outcome: 'takes-yours-off' })
    expect(await rangesOf(ada)).toEqual([])
    await untouched(ada)
    expect(await importRanges(operator, list('192.0.2.1'), NOTHING_ASKED)).toMatchObject({
      outcome: 'imported',
    })
    expect(await rangesOf(ada)).toMatchObject([{ origin: 'IMPORT', addedByName: 'Operator' }])
  })

  it('adds the own address along with it when told to', async () => {
    const ada = await someAdmin()
    await plantSwitches(ada, { allowlistEnabled: true })
    const imported = await importRanges(ada, list('192.0.2.1', '192.0.2.2'), answering('add-mine'))
    expect(imported).toMatchObject({ outcome: 'imported', added: 2, addedMine: true })
    expect(await textsOf(ada)).toHaveLength(3)
  })

  it('is undone as a whole when nobody confirms that it shuts its maker out', async () => {
    const ada = await someAdmin()
    await plantSwitches(ada, { allowlistEnabled: true })
    const imported = await importRanges(ada, many(520), answering('anyway'))
    expect(imported).toMatchObject({ outcome: 'imported', confirmUntil: expect.any(Date) })
    await plantRanges(ada, newRange('203.0.113.1'))
    const changed = (await rangesOf(ada)).find(({ description }) => description === 'Desk 5')
    const edit = { ...range('10.9.9.9') }
    await editRange(
      operatorOf(ada.accountId),
      { id: changed?.id ?? '', version: 1, range: edit, description: 'Kept', expiresAt: null },
      NOTHING_ASKED,
    )
    await settleAccounts(new Date(Date.now() + CONFIRM_WITHIN_MS + 1_000))
    expect((await rangesOf(ada)).map(({ description }) => description)).toEqual(['Kept', ''])
    const [undone] = await database().auditEvent.findMany({
      where: { accountId: ada.accountId, action: 'change.reverted' },
    })
    expect(undone && describeChange(undone)).toBe(
      'Gatehouse undid an unconfirmed change: Ada imported 520 ranges',
    )
  })

  it.each([
    ['all of them were changed since', true, 'change.not_reverted'],
    ['none is there any more', false, 'change.reverted'],
  ])('leaves things as they are when %s', async (_, isThere, action) => {
    const ada = await someAdmin()
    await plantSwitches(ada, { allowlistEnabled: true })
    await importRanges(ada, list('192.0.2.1', '192.0.2.2'), answering('anyway'))
    const { accountId } = ada
    await transact((tx) =>
      isThere
        ? tx.range.updateMany({ where: { accountId }, data: { version: 2 } })
        : tx.range.deleteMany({ where: { accountId } }),
    )
    await settleAccounts(new Date(Date.now() + CONFIRM_WITHIN_MS + 1_000))
    expect(await rangesOf(ada)).toHaveLength(isThere ? 2 : 0)
    expect(await database().auditEvent.count({ where: { accountId, action } })).toBe(1)
  })

  it('lets nobody import without the permission, and keeps accounts apart', async () => {
    const ada = await someAdmin()
    const ben = await someColleague(ada, { managesAgents: true })
    await expect(surveyImport(ben, list('192.0.2.1'))).rejects.toThrow(NotPermitted)
    await expect(importRanges(ben, list('192.0.2.1'), answering())).rejects.toThrow(NotPermitted)
    const demoted = { ...ben, managesSecurity: true }
    await expect(importRanges(demoted, list('192.0.2.1'), answering())).rejects.toThrow(NotPermitted)
    expect(await rangesOf(ada)).toEqual([])
    await untouched(ada)
    const eve = await someAdmin()
    await plantRanges(eve, newRange('192.0.2.1'))
    expect(await surveyImport(ada, list('192.0.2.1'))).toMatchObject({ listed: [], added: [{}] })
    await importRanges(ada, list('192.0.2.1', '192.0.2.2'), answering())
    expect(await rangesOf(eve)).toMatchObject([{ origin: 'MANUAL', version: 1 }])
    await untouched(eve)
  })
})
