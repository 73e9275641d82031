import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  address,
  answering,
  auditOf,
  newRange,
  plantRanges,
  plantSwitches,
  range,
  rangesOf,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { type Actor, NotPermitted } from '../core/permissions'
import { checkAddress } from './address-check'
import { bumpVersion } from './allowlist'
import { putOnList } from './allowlist-ranges'
import { database, transact } from './database'

const WEB = ['CONTROL_PANEL', 'AGENT_CONSOLE', 'API']
const EVERYWHERE = ['CONTROL_PANEL', 'AGENT_CONSOLE', 'MOBILE', 'API']

describe.each(TEST_DATABASES)('the check of an address on %s', (kind) => {
  let close: () => Promise<void>
  let ada: Actor
  beforeAll(async () => {
    close = await openTestDatabase(kind)
    ada = await someAdmin()
    await plantRanges(
      ada,
      newRange('203.0.113.0/24', { description: 'Office' }),
      newRange('203.0.113.9', { description: 'Desk' }),
      newRange('198.51.100.0/24', { description: 'Fair', expiresAt: new Date(0) }),
    )
    await plantRanges(await someAdmin(), newRange('192.0.2.1', { description: 'Of others' }))
    await transact((tx) =>
      tx.range.updateMany({
        where: { accountId: ada.accountId, description: 'Desk' },
        data: { enabled: false },
      }),
    )
    await transact((tx) => bumpVersion(tx, ada.accountId))
  })
  afterAll(() => close())

  it('says while the list is off that everybody gets in, and what would hold if it were on', async () => {
    await plantSwitches(ada, { allowlistEnabled: false, mobileEnforced: false })
    expect(await checkAddress(ada, address('192.0.2.1'))).toMatchObject({
      enabled: false,
      now: [{ surfaces: EVERYWHERE, verdict: { admit: true, because: 'allowlist-off' } }],
      ifOn: [
        { surfaces: WEB, verdict: { admit: false, because: 'not-listed' } },
        { surfaces: ['MOBILE'], verdict: { admit: true, because: 'mobile-not-enforced' } },
      ],
      range: null,
      idle: [],
    })
  })

  it('names the range that lets an address in, and those that hold it and do not count', async () => {
    await plantSwitches(ada, { allowlistEnabled: true, mobileEnforced: true })
    const inside = await checkAddress(ada, address('203.0.113.9'))
    expect(inside).toMatchObject({
      enabled: true,
      ifOn: [{ surfaces: EVERYWHERE, verdict: { admit: true, because: 'listed' } }],
      range: { description: 'Office', ...range('203.0.113.0/24') },
      idle: [{ description: 'Desk', state: 'disabled' }],
    })
    expect(inside.now).toEqual(inside.ifOn)
    expect(await checkAddress(ada, address('198.51.100.7'))).toMatchObject({
      now: [{ surfaces: EVERYWHERE, verdict: { admit: false, because: 'not-listed' } }],
      range: null,
      idle: [{ description: 'Fair', state: 'expired' }],
    })
  })

  it('records nothing and is answered to nobody without Manage Security', async () => {
    const rows = async () => [await database().signInEvent.count(), await database().auditEvent.count()]
    const before = await rows()
    await checkAddress(ada, address('203.0.113.9'))
    expect(await rows()).toEqual(before)
    const plain = await someColleague(ada, { managesAgents: true })
    await expect(checkAddress(plain, address('203.0.113.9'))).rejects.toThrow(NotPermitted)
  })
})

describe.each(TEST_DATABASES)('a range that was offered on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const offered = (text: string) => ({ range: range(text), description: 'Ben' })

  it('is put on the list once, and counts again where it did not', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('198.51.100.7'), newRange('192.0.2.9', { expiresAt: new Date(0) }))
    expect(await putOnList(ada, offered('192.0.2.1'), answering())).toMatchObject({ outcome: 'added' })
    expect(await putOnList(ada, offered('192.0.2.1'), answering())).toMatchObject({ outcome: 'already' })
    expect(await putOnList(ada, offered('192.0.2.9'), answering())).toMatchObject({
      outcome: 'enabled-again',
    })
    expect(await rangesOf(ada)).toMatchObject([
      { ...range('192.0.2.1'), description: 'Ben', origin: 'MANUAL', addedByName: 'Ada' },
      { ...range('192.0.2.9'), expiresAt: null },
      range('198.51.100.7'),
    ])
    expect(await auditOf(ada)).toEqual(['range.added', 'range.enabled'])
  })

  it('asks first when it is the first of a list that is on, and refuses who lacks Manage Security', async () => {
    const ada = await someAdmin()
    await plantSwitches(ada, { allowlistEnabled: true })
    expect(await putOnList(ada, offered('192.0.2.1'), answering())).toEqual({ outcome: 'locks-you-out' })
    const proxy = { ...answering(), undeclaredProxy: address('192.0.2.1') }
    expect(await putOnList(ada, offered('192.0.2.0/24'), proxy)).toEqual({ outcome: 'undeclared-proxy' })
    expect(await rangesOf(ada)).toEqual([])
    const plain = await someColleague(ada, { managesAgents: true })
    await expect(putOnList(plain, offered('192.0.2.1'), answering())).rejects.toThrow(NotPermitted)
  })
})
