import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  address,
  answering,
  auditOf,
  newRange,
  plantRanges,
  range,
  rangesOf,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { NotPermitted } from '../core/permissions'
import { operatorOf } from './accounts'
import { addRangeInTransaction } from './allowlist'
import { addOwnAddress, addRange, deleteRange, editRange, setRangeEnabled } from './allowlist-ranges'
import { database, lockAccount, transact } from './database'

const HOUR_MS = 60 * 60 * 1000
const soon = () => new Date(Date.now() + HOUR_MS)
const past = () => new Date(Date.now() - HOUR_MS)

describe.each(TEST_DATABASES)('ranges on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('adds a range with its audit row and bumps the version', async () => {
    const ada = await someAdmin()
    const added = await addRange(
      ada,
      newRange('203.0.113.0/24', { description: 'Office', expiresAt: soon() }),
      answering(),
    )
    expect(added).toMatchObject({ outcome: 'added', coveredBy: null, addedMine: false })
    expect(await rangesOf(ada)).toMatchObject([
      {
        ...range('203.0.113.0/24'),
        description: 'Office',
        enabled: true,
        origin: 'MANUAL',
        addedByName: 'Ada',
      },
    ])
    expect(await auditOf(ada)).toEqual(['range.added'])
    expect((await accountOf(ada)).allowlistVersion).toBe(2)
  })

  it('refuses a second range with the same addresses, and changes nothing', async () => {
    const ada = await someAdmin()
    await addRange(ada, newRange('203.0.113.0/24', { description: 'Office' }), answering())
    const again = await addRange(ada, newRange('203.0.113.0 - 203.0.113.255'), answering())
    expect(again).toMatchObject({ outcome: 'duplicate', existing: { description: 'Office' } })
    expect(await auditOf(ada)).toEqual(['range.added'])
    expect((await accountOf(ada)).allowlistVersion).toBe(2)
  })

  it('keeps the same range in two accounts apart', async () => {
    const [ada, eve] = [await someAdmin(), await someAdmin()]
    await addRange(ada, newRange('203.0.113.7'), answering())
    expect(await addRange(eve, newRange('203.0.113.7'), answering())).toMatchObject({ outcome: 'added' })
    const [row] = await rangesOf(ada)
    const id = row?.id ?? ''
    expect(await deleteRange(eve, { id }, answering())).toMatchObject({ outcome: 'gone' })
    expect(await setRangeEnabled(eve, { id, enabled: false }, answering())).toMatchObject({
      outcome: 'gone',
    })
    const edit = { id, version: 1, range: range('192.0.2.1'), description: '', expiresAt: null }
    expect(await editRange(eve, edit, answering())).toMatchObject({ outcome: 'gone' })
    expect(await rangesOf(ada)).toMatchObject([{ ...range('203.0.113.7'), enabled: true, version: 1 }])
  })

  it('says which range in force holds the new one already', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('203.0.113.0/24', { description: 'Office' }))
    await plantRanges(ada, newRange('192.0.2.0/24', { description: 'Old office', expiresAt: past() }))
    expect(await addRange(ada, newRange('203.0.113.7'), answering())).toMatchObject({ coveredBy: 'Office' })
    expect(await addRange(ada, newRange('192.0.2.7'), answering())).toMatchObject({ coveredBy: null })
  })

  it('refuses an end that has passed', async () => {
    const ada = await someAdmin()
    const input = newRange('203.0.113.7', { expiresAt: past() })
    expect(await addRange(ada, input, answering())).toMatchObject({ outcome: 'expiry-past' })
    expect(await rangesOf(ada)).toEqual([])
  })

  it('asks before a range that covers a whole family, at the command line too', async () => {
    const ada = await someAdmin()
    for (const everything of ['0.0.0.0/0', '::/0']) {
      expect(await addRange(ada, newRange(everything), answering())).toEqual({
        outcome: 'covers-everything',
      })
      expect(await addRange(operatorOf(ada.accountId), newRange(everything), answering())).toEqual({
        outcome: 'covers-everything',
      })
    }
    expect(await rangesOf(ada)).toEqual([])
    expect(await addRange(ada, newRange('::/0'), answering('covers-everything'))).toMatchObject({
      outcome: 'added',
    })
  })

  it('asks the same when an edit brings an expired range back, and not for its words alone', async () => {
    const ada = await someAdmin('10.0.0.1')
    const asked = { ...answering(), undeclaredProxy: address('10.0.0.1') }
    for (const [text, question] of [
      ['::/0', 'covers-everything'],
      ['10.0.0.0/8', 'undeclared-proxy'],
    ] as const) {
      const [id = ''] = await plantRanges(ada, newRange(text, { expiresAt: past() }))
      const edit = { id, version: 1, range: range(text), description: 'again' }
      expect(await editRange(ada, { ...edit, expiresAt: null }, asked)).toEqual({ outcome: question })
      expect(await editRange(ada, { ...edit, expiresAt: undefined }, asked)).toMatchObject({
        outcome: 'edited',
      })
      const sure = { ...asked, consents: [question] }
      expect(await editRange(ada, { ...edit, version: 2, expiresAt: soon() }, sure)).toMatchObject({
        outcome: 'edited',
      })
      expect(await editRange(ada, { ...edit, version: 3, expiresAt: null }, asked)).toMatchObject({
        outcome: 'edited',
      })
    }
  })

  it('asks before a range that holds a proxy nobody declared', async () => {
    const ada = await someAdmin('10.0.0.1')
    const asked = { ...answering(), undeclaredProxy: address('10.0.0.1') }
    const question = { outcome: 'undeclared-proxy' }
    expect(await addRange(ada, newRange('10.0.0.0/8'), asked)).toEqual(question)
    expect(await addOwnAddress(ada, asked)).toEqual(question)
    expect(await addRange(ada, newRange('192.0.2.1'), asked)).toMatchObject({ outcome: 'added' })
    const [id = ''] = await plantRanges(ada, newRange('10.0.0.1'))
    await setRangeEnabled(ada, { id, enabled: false }, answering())
    expect(await setRangeEnabled(ada, { id, enabled: true }, asked)).toEqual(question)
    const agreed = { ...asked, consents: ['undeclared-proxy'] as const }
    expect(await setRangeEnabled(ada, { id, enabled: true }, agreed)).toMatchObject({ outcome: 'enabled' })
  })

  it('adds the own address and nothing wider', async () => {
    const ada = await someAdmin('2001:db8::7')
    expect(await addOwnAddress(ada, answering())).toMatchObject({ outcome: 'added' })
    expect(await rangesOf(ada)).toMatchObject([range('2001:db8::7')])
    expect(await addOwnAddress(ada, answering())).toMatchObject({ outcome: 'already' })
  })

  it('adds no unknown address', async () => {
    const ada = await someAdmin(null)
    expect(await addOwnAddress(ada, answering())).toMatchObject({ outcome: 'address-unknown' })
    expect(await rangesOf(ada)).toEqual([])
  })

  it('edits the version somebody saw, and overwrites no other', async () => {
    const ada = await someAdmin()
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.7'))
    const edit = { id, version: 1, range: range('203.0.113.8'), description: 'Desk', expiresAt: null }
    expect(await editRange(ada, edit, answering())).toMatchObject({ outcome: 'edited' })
    const late = { ...edit, description: 'Overwritten' }
    expect(await editRange(ada, late, answering())).toMatchObject({
      outcome: 'overtaken',
      current: { description: 'Desk' },
    })
    expect(await deleteRange(ada, { id, version: 1 }, answering())).toMatchObject({ outcome: 'overtaken' })
    expect(await rangesOf(ada)).toMatchObject([{ ...range('203.0.113.8'), description: 'Desk', version: 2 }])
    expect(await auditOf(ada)).toEqual(['range.edited'])
  })

  it('refuses an edit into the addresses of another range', async () => {
    const ada = await someAdmin()
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.7'), newRange('203.0.113.8'))
    const edit = { id, version: 1, range: range('203.0.113.8'), description: '', expiresAt: null }
    expect(await editRange(ada, edit, answering())).toMatchObject({ outcome: 'duplicate' })
    expect(await auditOf(ada)).toEqual([])
  })

  it('leaves an end that has passed as it is when only the rest is edited', async () => {
    const ada = await someAdmin()
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.7', { expiresAt: past() }))
    const edit = {
      id,
      version: 1,
      range: range('203.0.113.7'),
      description: 'Old desk',
      expiresAt: undefined,
    }
    expect(await editRange(ada, edit, answering())).toMatchObject({ outcome: 'edited' })
    expect(await editRange(ada, { ...edit, version: 2, expiresAt: new Date(0) }, answering())).toMatchObject({
      outcome: 'expiry-past',
    })
  })

  it('disables, enables and deletes, each once', async () => {
    const ada = await someAdmin()
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.7'))
    const off = () => setRangeEnabled(ada, { id, enabled: false }, answering())
    expect((await off()).outcome).toBe('disabled')
    expect((await off()).outcome).toBe('unchanged')
    expect((await setRangeEnabled(ada, { id, enabled: true }, answering())).outcome).toBe('enabled')
    expect((await deleteRange(ada, { id, version: 3 }, answering())).outcome).toBe('deleted')
    expect((await deleteRange(ada, { id, version: 3 }, answering())).outcome).toBe('gone')
    expect(await auditOf(ada)).toEqual(['range.disabled', 'range.enabled', 'range.deleted'])
    expect((await accountOf(ada)).allowlistVersion).toBe(4)
  })

  it('lets Manage Security do it and nobody else', async () => {
    const ada = await someAdmin()
    const guard = await someColleague(ada, { managesSecurity: true })
    const plain = await someColleague(ada, { managesAgents: true })
    expect(await addRange(guard, newRange('203.0.113.7'), answering())).toMatchObject({ outcome: 'added' })
    const [row] = await rangesOf(ada)
    const id = row?.id ?? ''
    const attempts: (() => Promise<unknown>)[] = [
      () => addRange(plain, newRange('203.0.113.8'), answering()),
      () => addOwnAddress(plain, answering()),
      () => setRangeEnabled(plain, { id, enabled: false }, answering()),
      () => deleteRange(plain, { id }, answering()),
      () =>
        editRange(
          plain,
          { id, version: 1, range: range('192.0.2.1'), description: '', expiresAt: null },
          answering(),
        ),
      () => transact((tx) => addRangeInTransaction(tx, plain, newRange('203.0.113.8'))),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(NotPermitted)
    expect(await rangesOf(ada)).toMatchObject([{ enabled: true, version: 1 }])
  })

  it('takes the rights of this moment, not those of the request', async () => {
    const ada = await someAdmin()
    const guard = await someColleague(ada, { managesSecurity: true })
    await transact((tx) =>
      tx.agent.update({ where: { id: guard.agentId }, data: { managesSecurity: false } }),
    )
    await expect(addRange(guard, newRange('203.0.113.7'), answering())).rejects.toThrow(NotPermitted)
  })

  it.each([
    ['a missing range', null, 'added', 'range.added'],
    ['a disabled range', { enabled: false, expiresAt: null }, 'enabled-again', 'range.enabled'],
    ['an expired range', { enabled: true, expiresAt: past() }, 'enabled-again', 'range.enabled'],
    ['a range in force', { enabled: true, expiresAt: null }, 'already', undefined],
  ])('brings %s into force', async (_name, existing, outcome, action) => {
    const ada = await someAdmin()
    if (existing) {
      const [id = ''] = await plantRanges(ada, newRange('198.51.100.7'))
      await transact((tx) => tx.range.update({ where: { id }, data: existing }))
    }
    const end = soon()
    const input = newRange('198.51.100.7', { origin: 'EMAIL', expiresAt: end })
    const done = await transact(async (tx) => {
      await lockAccount(tx, ada.accountId)
      return addRangeInTransaction(tx, ada, input)
    })
    expect(done).toBe(outcome)
    expect(await rangesOf(ada)).toMatchObject([
      { ...range('198.51.100.7'), enabled: true, expiresAt: action ? end : null },
    ])
    expect(await auditOf(ada)).toEqual(action ? [action] : [])
  })

  it('adds one range when twenty requests add the same at once', async () => {
    const ada = await someAdmin()
    const all = await Promise.all(
      Array.from({ length: 20 }, () => addRange(ada, newRange('203.0.113.7'), answering())),
    )
    expect(all.filter((one) => one.outcome === 'added')).toHaveLength(1)
    expect(all.filter((one) => one.outcome === 'duplicate')).toHaveLength(19)
    expect(await auditOf(ada)).toEqual(['range.added'])
    expect(await database().range.count({ where: { accountId: ada.accountId } })).toBe(1)
  })
})
