import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answering, newRange, plantRanges, plantSwitches, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { someSession } from '@/scripts/testing/factors'
import '@/scripts/testing/sign-ins'
import type { Asked } from '../core/allowlist-change'
import type { Actor } from '../core/permissions'
import {
  addOwnAddress,
  addRange,
  deleteRange,
  editRange,
  putOnList,
  setRangeEnabled,
} from './allowlist-ranges'
import { setCheckEveryRequest, setMobileEnforced, turnOff, turnOn } from './allowlist-switches'
import { database } from './database'
import { findLiveSession, markProven } from './sessions'

const MINUTE_MS = 60_000

/** The answers of somebody who last proved the password so many minutes ago. */
function provenBefore(minutes: number | null, ...consents: Asked['consents']): Asked {
  const provenAt = minutes === null ? null : new Date(Date.now() - minutes * MINUTE_MS)
  return { ...answering(...consents), provenAt }
}

type Deed = (actor: Actor, id: string, asked: Asked) => Promise<{ outcome: string }>

const OPENING: [claim: string, deed: Deed][] = [
  ['adding a range', (actor, _id, asked) => addRange(actor, newRange('192.0.2.0/24'), asked)],
  ['adding the own address', (actor, _id, asked) => addOwnAddress(actor, asked)],
  [
    'putting a refused address on the list',
    (actor, _id, asked) => putOnList(actor, { range: newRange('192.0.2.9').range, description: '' }, asked),
  ],
  ['turning the list off', (actor, _id, asked) => turnOff(actor, asked)],
  ['letting the mobile app in from anywhere', (actor, _id, asked) => setMobileEnforced(actor, false, asked)],
  [
    'moving a range',
    async (actor, id, asked) =>
      editRange(actor, { ...(await edited(id)), range: newRange('0.0.0.0/1').range }, asked),
  ],
  [
    'letting a range live longer',
    async (actor, id, asked) =>
      editRange(actor, { ...(await edited(id)), expiresAt: new Date(Date.now() + 999 * MINUTE_MS) }, asked),
  ],
  ['enabling a range', (actor, id, asked) => setRangeEnabled(actor, { id, enabled: true }, asked)],
]

async function edited(id: string) {
  const row = await database().range.findUniqueOrThrow({ where: { id } })
  const { version, start, end, description } = row
  return { id, version, range: { start, end } as never, description, expiresAt: undefined }
}

describe.each(TEST_DATABASES)('a recent proof of the password on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** The list is on for web and mobile; the one range besides the office is disabled. */
  async function scene() {
    const actor = await someAdmin('203.0.113.5')
    const [, id = ''] = await plantRanges(
      actor,
      newRange('203.0.113.0/28', { description: 'Office' }),
      newRange('198.51.100.0/24'),
    )
    await plantSwitches(actor, { allowlistEnabled: true, mobileEnforced: true })
    await setRangeEnabled(actor, { id, enabled: false }, provenBefore(null, 'anyway'))
    return { actor, id }
  }

  it.each(OPENING)(
    'is asked for %s after fifteen minutes, and nothing is changed before',
    async (_claim, deed) => {
      const { actor, id } = await scene()
      const before = await database().auditEvent.count({ where: { accountId: actor.accountId } })
      for (const minutes of [null, 15, 60, -1])
        expect(await deed(actor, id, provenBefore(minutes, 'covers-everything', 'anyway'))).toEqual({
          outcome: 'prove-again',
        })
      expect(await database().auditEvent.count({ where: { accountId: actor.accountId } })).toBe(before)
      const made = await deed(actor, id, provenBefore(14, 'covers-everything', 'anyway'))
      expect(made.outcome).not.toBe('prove-again')
      expect(await database().auditEvent.count({ where: { accountId: actor.accountId } })).toBe(before + 1)
    },
  )

  it.each(OPENING)('is not asked of the operator for %s', async (_claim, deed) => {
    const { actor, id } = await scene()
    const operator: Actor = { ...actor, agentId: null, via: 'cli' }
    expect((await deed(operator, id, provenBefore(null, 'covers-everything'))).outcome).not.toBe(
      'prove-again',
    )
  })

  it('is asked when a change adds the own address along with it', async () => {
    const away = await someAdmin('192.0.2.77')
    await plantRanges(away, newRange('203.0.113.0/28'))
    const how = { endSessionsOutside: false, exceptSessionId: null }
    expect(await turnOn(away, how, provenBefore(20, 'add-mine'))).toEqual({ outcome: 'prove-again' })
    expect(await turnOn(away, how, provenBefore(1, 'add-mine'))).toMatchObject({ addedMine: true })
  })

  it('is asked when the last range goes, which lets everyone in', async () => {
    const actor = await someAdmin('203.0.113.5')
    const [id = ''] = await plantRanges(actor, newRange('203.0.113.0/28'))
    await plantSwitches(actor, { allowlistEnabled: true })
    const all = ['admits-everyone', 'anyway'] as const
    expect(await deleteRange(actor, { id }, provenBefore(20, ...all))).toEqual({ outcome: 'prove-again' })
    expect(await deleteRange(actor, { id }, provenBefore(1, ...all))).toMatchObject({ outcome: 'deleted' })
  })

  it('is not asked for what lets fewer in, or a description', async () => {
    const { actor, id } = await scene()
    const never = provenBefore(null, 'anyway')
    const described = { ...(await edited(id)), description: 'Branch' }
    expect(await editRange(actor, described, never)).toMatchObject({ outcome: 'edited' })
    expect(await setCheckEveryRequest(actor, true, never)).toMatchObject({ outcome: 'switched' })
    expect(await deleteRange(actor, { id }, never)).toMatchObject({ outcome: 'deleted' })
  })

  it('is kept with the session it was given in', async () => {
    const { actor } = await scene()
    const [mine, other] = [await someSession(actor), await someSession(actor)]
    const then = new Date(Date.now() + 20 * MINUTE_MS)
    expect(await markProven(mine, actor.agentId, then)).toEqual(then)
    const proven = async (id: string) => (await findLiveSession(id, then.getTime(), null))?.provenAt
    expect(await proven(mine)).toEqual(then)
    expect((await proven(other))?.getTime()).toBeLessThan(then.getTime())
    await markProven(other, 'somebody else', then)
    expect((await proven(other))?.getTime()).toBeLessThan(then.getTime())
  })
})
