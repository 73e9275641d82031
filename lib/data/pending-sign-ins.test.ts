import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { withTotp } from '@/scripts/testing/factors'
import { DEVICE, identityOf, refused, withLink } from '@/scripts/testing/sign-ins'
import type { Actor } from '../core/permissions'
import { resetPassword } from './agent-passwords'
import { setAgentEnabled } from './agents'
import { listContactsOf } from './contacts'
import { database, transact } from './database'
import { viewLink } from './link-decisions'
import { endOwnOthers } from './own-access'
import { beginPendingSignIn, consumePendingSignIn, findPendingSignIn } from './pending-sign-ins'
import { hashToken } from './secrets'

const MINUTE_MS = 60_000
type Person = Actor & { agentId: string }

describe.each(TEST_DATABASES)('pending sign-ins on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('remembers who was refused, where, and where to', async () => {
    const admin = await someAdmin()
    const { pending } = await refused(admin)
    expect(pending).toMatchObject({
      agent: { id: admin.agentId, role: 'ADMIN' },
      account: { id: admin.accountId },
      address: admin.address,
      device: DEVICE,
      destination: '/control-panel',
    })
  })

  it('stores of its token only a hash', async () => {
    const { pending, cookie } = await refused(await someAdmin())
    const row = await database().pendingSignIn.findUniqueOrThrow({ where: { id: pending.id } })
    expect(row.tokenHash).toBe(hashToken(cookie))
    expect(JSON.stringify(row)).not.toContain(cookie)
  })

  it.each([null, undefined, '', 'unknown'])('token %j finds nobody', async (token) => {
    expect(await findPendingSignIn(token)).toBeNull()
  })

  it('lives for 60 minutes', async () => {
    const { pending, cookie } = await refused(await someAdmin())
    const at = (minutes: number) => new Date(pending.createdAt.getTime() + minutes * MINUTE_MS)
    expect(await findPendingSignIn(cookie, at(59))).not.toBeNull()
    expect(await findPendingSignIn(cookie, at(61))).toBeNull()
    await transact((tx) =>
      tx.pendingSignIn.update({ where: { id: pending.id }, data: { expiresAt: new Date() } }),
    )
    expect(await transact((tx) => consumePendingSignIn(tx, pending.id))).toBe(false)
  })

  it('is spent once, by one of twenty', async () => {
    const { pending, cookie } = await refused(await someAdmin())
    const spent = await Promise.all(
      Array.from({ length: 20 }, () => transact((tx) => consumePendingSignIn(tx, pending.id))),
    )
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await findPendingSignIn(cookie)).toBeNull()
  })

  it('ends with the password it was proven with', async () => {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const { cookie } = await refused(agent)
    await resetPassword(admin, agent.agentId)
    expect(await findPendingSignIn(cookie)).toBeNull()
  })

  it.each([
    ['a new password', (admin: Actor, { agentId }: Person) => resetPassword(admin, agentId)],
    ['disabling', (admin: Actor, { agentId }: Person) => setAgentEnabled(admin, agentId, false)],
    ['a first second factor', (_: Actor, agent: Person) => withTotp(agent)],
  ])('is dead from the start behind %s since the password was proven', async (_claim, change) => {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const going = { surface: 'AGENT_CONSOLE', destination: '/agent-console', address: null } as const
    const proven = { ...going, agent: await identityOf(agent), device: DEVICE, factorProven: false }
    await change(admin, agent)
    expect(await findPendingSignIn(await beginPendingSignIn(proven))).toBeNull()
  })

  it('ends when its person is disabled', async () => {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const { cookie } = await refused(agent)
    await setAgentEnabled(admin, agent.agentId, false)
    expect(await findPendingSignIn(cookie)).toBeNull()
  })

  it('ends, with its links, when its person signs out everywhere else', async () => {
    const admin = await someAdmin()
    const { cookie, token } = await withLink(admin)
    await endOwnOthers(admin, 'another')
    expect(await findPendingSignIn(cookie)).toBeNull()
    expect((await viewLink(token, cookie))?.state).toBe('expired')
  })

  describe('contacts', () => {
    it('are the active admins of the account by name, and nobody else', async () => {
      const admin = await someAdmin()
      await someAdmin()
      await someColleague(admin, { managesSecurity: true }, 'No admin')
      const zoe = await someColleague(admin, { role: 'ADMIN' }, 'Zoe')
      const gone = await someColleague(admin, { role: 'ADMIN' }, 'Gone')
      await setAgentEnabled(admin, gone.agentId, false)
      const contacts = await listContactsOf(admin.accountId)
      expect(contacts.map(({ name }) => name)).toEqual(['Ada', 'Zoe'])
      expect(contacts[1]).toEqual({ name: 'Zoe', email: zoe.email })
    })

    it('are the contact address of the account when it has one', async () => {
      const admin = await someAdmin()
      await transact((tx) =>
        tx.account.update({
          where: { id: admin.accountId },
          data: { name: 'Northwind', contactEmail: 'it@example.com' },
        }),
      )
      expect(await listContactsOf(admin.accountId)).toEqual([{ name: 'Northwind', email: 'it@example.com' }])
    })
  })
})
