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
  someAdmin,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { withLink } from '@/scripts/testing/sign-ins'
import type { Actor } from '../core/permissions'
import { RANGES_MAX } from './allowlist'
import { addOwnAddress, addRange, deleteRange, putOnList } from './allowlist-ranges'
import { judge, readSwitches } from './allowlist-reading'
import { turnOn } from './allowlist-switches'
import { database } from './database'
import { consumeLink } from './link-decisions'
import { importRanges } from './range-import'
import { listUnconfirmed, revertNow } from './unconfirmed-changes'

describe.each(TEST_DATABASES)('a full list on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const sizeOf = ({ accountId }: Actor) => database().range.count({ where: { accountId } })
  const verdictAt = async ({ accountId }: Actor, text: string) => {
    const switches = await readSwitches(accountId)
    const question = { surface: 'CONTROL_PANEL', address: address(text), nowMs: Date.now() } as const
    return switches && (await judge(switches, question)).because
  }

  it('takes no range more, one’s own address included', async () => {
    const ada = await someAdmin('198.51.100.7')
    const [id = ''] = await plantRanges(ada, newRange('203.0.113.9'))
    await plantLongList(ada, 0)
    const offered = { range: range('198.51.100.7'), description: '' }
    expect(await addOwnAddress(ada, answering())).toMatchObject({ outcome: 'list-full' })
    expect(await putOnList(ada, offered, answering())).toMatchObject({ outcome: 'list-full' })
    expect(await addRange(ada, newRange('198.51.100.7'), answering())).toMatchObject({ outcome: 'list-full' })
    expect([await sizeOf(ada), await auditOf(ada)]).toEqual([RANGES_MAX, []])
    expect((await accountOf(ada)).allowlistVersion).toBe(1)
    // What is on it already is only enabled again.
    const there = { ...ada, address: address('203.0.113.9') }
    expect(await addOwnAddress(there, answering())).toMatchObject({ outcome: 'already' })
    await deleteRange(ada, { id }, answering())
    expect(await addOwnAddress(ada, answering())).toMatchObject({ outcome: 'added' })
    expect(await sizeOf(ada)).toBe(RANGES_MAX)
  })

  it('takes what keeps somebody from being shut out, and works on above its limit', async () => {
    const ada = await someAdmin('198.51.100.7')
    const [id = ''] = await plantRanges(ada, newRange('198.51.100.0/24'))
    await plantLongList(ada, 0)
    await plantSwitches(ada, { allowlistEnabled: true })
    const { token, cookie } = await withLink(ada, '192.0.2.7')
    const use = { token, code: null, pendingToken: cookie, keep: 'forever', clicker: null } as const
    expect(await consumeLink(use)).toMatchObject({ outcome: 'authorized' })
    expect(await sizeOf(ada)).toBe(RANGES_MAX + 1)

    expect(await deleteRange(ada, { id }, answering('anyway'))).toMatchObject({ outcome: 'deleted' })
    const [held] = await listUnconfirmed(ada, { createdAtMs: 0 })
    expect(await addRange(ada, newRange('203.0.113.9'), answering())).toMatchObject({ outcome: 'list-full' })
    expect(await revertNow(ada, held?.id ?? '', answering())).toMatchObject({ outcome: 'undone' })

    await plantSwitches(ada, { allowlistEnabled: false })
    const elsewhere = { ...ada, address: address('203.0.113.7') }
    const turned = await turnOn(
      elsewhere,
      { endSessionsOutside: false, exceptSessionId: null },
      answering('add-mine'),
    )
    expect(turned).toMatchObject({ outcome: 'turned-on', addedMine: true })
    expect(await sizeOf(ada)).toBe(RANGES_MAX + 2)

    const listed = ['192.0.2.7', '198.51.100.7', '203.0.113.7', '16.0.0.0', '203.0.113.9']
    expect(await Promise.all(listed.map((text) => verdictAt(ada, text)))).toEqual([
      ...['listed', 'listed', 'listed', 'listed', 'not-listed'],
    ])
    const one = [newRange('203.0.113.9')]
    expect(await importRanges(ada, one, answering())).toMatchObject({ outcome: 'list-full', room: -2 })
    expect(await addOwnAddress({ ...ada, address: address('203.0.113.9') }, answering())).toMatchObject({
      outcome: 'list-full',
    })
  })
})
