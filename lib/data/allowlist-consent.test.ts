import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  accountOf,
  address,
  answering,
  auditOf,
  newRange,
  plantRanges,
  plantSwitches,
  range,
  rangesOf,
  someAdmin,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import type { Asked } from '../core/allowlist-change'
import type { Actor } from '../core/permissions'
import { operatorOf } from './accounts'
import { addRange, deleteRange, editRange, setRangeEnabled } from './allowlist-ranges'
import { setCheckEveryRequest, turnOff, turnOn } from './allowlist-switches'
import { transact } from './database'

const ON = { endSessionsOutside: false, exceptSessionId: null }
const soon = () => new Date(Date.now() + 60 * 60 * 1000)

type Deed = (actor: Actor, ids: string[], asked: Asked) => Promise<{ outcome: string }>

const edit = (id: string, text: string, expiresAt: Date | null = null) => ({
  ...{ id, version: 1, range: range(text), description: '', expiresAt },
})

/** Each begins with the list named (on unless told), the actor at 198.51.100.7. */
const LOCK_OUTS: [name: string, list: string[], deed: Deed, done: string, isOff?: true][] = [
  ['turning on', ['192.0.2.1'], (ada, _, asked) => turnOn(ada, ON, asked), 'turned-on', true],
  [
    'the first range of a list that is on',
    [],
    (ada, _, asked) => addRange(ada, newRange('192.0.2.1'), asked),
    'added',
  ],
  [
    'an edit',
    ['198.51.100.0/24', '192.0.2.1'],
    (ada, [id = ''], asked) => editRange(ada, edit(id, '203.0.113.0/24'), asked),
    'edited',
  ],
  [
    'disabling',
    ['198.51.100.0/24'],
    (ada, [id = ''], asked) => setRangeEnabled(ada, { id, enabled: false }, asked),
    'disabled',
  ],
  [
    'deleting',
    ['198.51.100.0/24', '192.0.2.1'],
    (ada, [id = ''], asked) => deleteRange(ada, { id }, asked),
    'deleted',
  ],
  [
    'an end that is to come',
    ['198.51.100.0/24'],
    (ada, [id = ''], asked) => editRange(ada, edit(id, '198.51.100.0/24', soon()), asked),
    'edited',
  ],
]

describe.each(TEST_DATABASES)('consent on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function given(list: string[], isOff: boolean, at: string | null = '198.51.100.7') {
    const ada = await someAdmin(at)
    const ids = await plantRanges(ada, ...list.map((text) => newRange(text)))
    await plantSwitches(ada, { allowlistEnabled: !isOff })
    return { ada, ids, before: await snapshot(ada) }
  }

  async function snapshot(ada: Actor) {
    return { account: await accountOf(ada), ranges: await rangesOf(ada), audit: await auditOf(ada) }
  }

  describe.each(LOCK_OUTS)('%s', (_name, list, deed, done, isOff = false as never) => {
    it('asks when it would shut the actor out, and changes nothing', async () => {
      const { ada, ids, before } = await given(list, Boolean(isOff))
      expect(await deed(ada, ids, answering())).toEqual({ outcome: 'locks-you-out' })
      expect(await deed(ada, ids, answering('covers-everything', 'admits-everyone'))).toEqual({
        outcome: 'locks-you-out',
      })
      expect(await snapshot(ada)).toEqual(before)
    })

    it('adds the own address along with it', async () => {
      const { ada, ids } = await given(list, Boolean(isOff))
      expect(await deed(ada, ids, answering('add-mine'))).toMatchObject({ outcome: done, addedMine: true })
      expect(await rangesOf(ada)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ ...range('198.51.100.7'), enabled: true, origin: 'MANUAL' }),
        ]),
      )
      expect(await auditOf(ada)).toContain('range.added')
    })

    it('does it anyway', async () => {
      const { ada, ids } = await given(list, Boolean(isOff))
      expect(await deed(ada, ids, answering('anyway'))).toMatchObject({ outcome: done, addedMine: false })
      expect((await rangesOf(ada)).some((row) => row.start === ada.address && row.end === ada.address)).toBe(
        false,
      )
    })

    it('asks when the address is unknown, and can not add it', async () => {
      const { ada, ids, before } = await given(list, Boolean(isOff))
      const lost = { ...ada, address: null }
      const isRefusedAnyway = list.length > 0 && !isOff
      if (isRefusedAnyway) return expect((await deed(lost, ids, answering())).outcome).toBe(done)
      expect(await deed(lost, ids, answering('add-mine'))).toEqual({ outcome: 'locks-you-out' })
      expect(await snapshot(ada)).toEqual(before)
    })

    it('does not ask the operator at the command line', async () => {
      const { ada, ids } = await given(list, Boolean(isOff))
      expect((await deed(operatorOf(ada.accountId), ids, answering())).outcome).toBe(done)
    })
  })

  it.each<[what: string, list: string[], deed: Deed, done: string]>([
    [
      'disabling',
      ['198.51.100.7'],
      (ada, [id = ''], asked) => setRangeEnabled(ada, { id, enabled: false }, asked),
      'disabled',
    ],
    [
      'deleting',
      ['198.51.100.7', '192.0.2.1'],
      (ada, [id = ''], asked) => deleteRange(ada, { id }, asked),
      'deleted',
    ],
    [
      'an end for',
      ['198.51.100.7'],
      (ada, [id = ''], asked) => editRange(ada, edit(id, '198.51.100.7', soon()), asked),
      'edited',
    ],
    [
      'a first range that ends and is',
      [],
      (ada, _, asked) => addRange(ada, newRange('198.51.100.7', { expiresAt: soon() }), asked),
      'added',
    ],
  ])('%s the own address alone is not undone by adding that address', async (_what, list, deed, done) => {
    const { ada, ids, before } = await given(list, false)
    for (const asked of [answering(), answering('add-mine')])
      expect(await deed(ada, ids, asked)).toEqual({ outcome: 'takes-yours-off' })
    expect(await snapshot(ada)).toEqual(before)
    expect(await deed(ada, ids, answering('anyway'))).toMatchObject({ outcome: done, addedMine: false })
  })

  it('an edit away from the own address can add that address anew', async () => {
    const { ada, ids } = await given(['198.51.100.7'], false)
    expect(await editRange(ada, edit(ids[0] ?? '', '192.0.2.1'), answering('add-mine'))).toMatchObject({
      ...{ outcome: 'edited', addedMine: true },
    })
    expect(await rangesOf(ada)).toHaveLength(2)
  })

  it('does not ask while another range holds the address', async () => {
    const { ada, ids } = await given(['198.51.100.0/24', '198.51.100.7'], false)
    expect((await deleteRange(ada, { id: ids[0] ?? '' }, answering())).outcome).toBe('deleted')
  })

  it('does not ask while the list is off', async () => {
    const { ada, ids } = await given(['198.51.100.7', '192.0.2.1'], true)
    expect((await setRangeEnabled(ada, { id: ids[0] ?? '', enabled: false }, answering())).outcome).toBe(
      'disabled',
    )
    expect((await turnOff(ada, answering())).outcome).toBe('unchanged')
  })

  it('does not ask somebody who is outside already', async () => {
    const { ada, ids } = await given(['192.0.2.1', '192.0.2.2'], false)
    expect((await deleteRange(ada, { id: ids[0] ?? '' }, answering())).outcome).toBe('deleted')
  })

  it('asks before "Check every request" shuts out a session that the list would refuse', async () => {
    const { ada } = await given(['192.0.2.1'], false)
    expect(await setCheckEveryRequest(ada, true, answering())).toEqual({ outcome: 'locks-you-out' })
    expect((await accountOf(ada)).checkEveryRequest).toBe(false)
    expect(await setCheckEveryRequest(ada, true, answering('add-mine'))).toMatchObject({ addedMine: true })
    expect((await setCheckEveryRequest(ada, false, answering())).outcome).toBe('switched')
  })

  it('turns on an empty list without asking: everybody can sign in', async () => {
    const { ada } = await given([], true)
    expect((await turnOn(ada, ON, answering())).outcome).toBe('turned-on')
  })

  it('asks before the last range of a list that is on goes, since that admits everyone', async () => {
    const { ada, ids, before } = await given(['192.0.2.1'], false)
    const last = { id: ids[0] ?? '' }
    expect(await deleteRange(ada, last, answering('anyway'))).toEqual({ outcome: 'admits-everyone' })
    expect(await snapshot(ada)).toEqual(before)
    expect((await deleteRange(ada, last, answering('admits-everyone'))).outcome).toBe('deleted')
  })

  it('asks about the undeclared proxy also when its address comes along with the change', async () => {
    const { ada } = await given(['192.0.2.1'], true, '10.0.0.1')
    const asked = { ...answering('add-mine'), undeclaredProxy: address('10.0.0.1') }
    expect(await turnOn(ada, ON, asked)).toEqual({ outcome: 'undeclared-proxy' })
    expect((await accountOf(ada)).allowlistEnabled).toBe(false)
    const agreed = { ...asked, consents: ['add-mine', 'undeclared-proxy'] as const }
    expect(await turnOn(ada, ON, agreed)).toMatchObject({ outcome: 'turned-on', addedMine: true })
  })

  it('enables the own disabled range instead of adding it twice', async () => {
    const { ada, ids } = await given(['198.51.100.7', '192.0.2.1'], true)
    await transact((tx) => tx.range.update({ where: { id: ids[0] ?? '' }, data: { enabled: false } }))
    expect(await turnOn(ada, ON, answering('add-mine'))).toMatchObject({ addedMine: true })
    expect(await rangesOf(ada)).toHaveLength(2)
  })
})
