import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import {
  auditCount,
  behindOffice,
  DEVICE,
  latestMail,
  mailedLink,
  PASSWORD,
  refused,
  tokenIn,
  withLink,
} from '@/scripts/testing/sign-ins'
import { LINK_LIFETIME_MS } from '../core/authorization-link'
import { changeOwnPassword, resetPassword } from './agent-passwords'
import { changeAgent, setAgentEnabled } from './agents'
import { findLinkProgress, requestLink } from './authorization-links'
import { database, transact } from './database'
import { consumeLink, denyLink, viewLink } from './link-decisions'
import { claimDueMail, giveUpMail, markMailSent, postponeMail } from './outbox'
import { consumeReset, requestReset } from './password-resets'
import { codeOf, hashToken } from './secrets'

const MINUTE_MS = 60_000
const NEW_PASSWORD = 'four words of mine'

describe.each(TEST_DATABASES)('authorization links on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const linksOf = (agentId: string) => database().authorizationLink.findMany({ where: { agentId } })

  it('is mailed to the admin, with address and browser and without the code, and audited', async () => {
    const admin = await someAdmin()
    const { pending } = await refused(admin)
    const before = await auditCount(admin)
    expect(await requestLink(pending)).toEqual({ outcome: 'queued' })
    const mail = await latestMail()
    expect(mail.to).toBe(pending.agent.email)
    expect(mail.text).toContain('198.51.100.7')
    expect(mail.text).toContain('Firefox on Windows')
    expect(mail.text + mail.html).not.toContain(codeOf(pending.id))
    const [link] = await linksOf(admin.agentId)
    expect(link?.tokenHash).toBe(hashToken(tokenIn(mail.text)))
    expect(await auditCount(admin)).toBe(before + 1)
  })

  it('neither link nor outbox holds the token in the clear', async () => {
    const admin = await someAdmin()
    const { token } = await withLink(admin)
    const stored = JSON.stringify([
      await linksOf(admin.agentId),
      await database().outboxMail.findMany({ where: { accountId: admin.accountId } }),
      await database().auditEvent.findMany({ where: { accountId: admin.accountId } }),
    ])
    expect(stored).not.toContain(token)
  })

  it('is sent at most once a minute, also of twenty requests at once', async () => {
    const admin = await someAdmin()
    const { pending } = await refused(admin)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => requestLink(pending)))
    expect(outcomes.filter(({ outcome }) => outcome === 'queued')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'too-soon')).toHaveLength(19)
    expect(await linksOf(admin.agentId)).toHaveLength(1)
  })

  it('is sent at most five times an hour, and earlier ones stay valid', async () => {
    const { pending } = await refused(await someAdmin())
    const start = Date.now()
    const at = (minutes: number) => new Date(start + minutes * MINUTE_MS)
    const tokens: string[] = []
    for (const minute of [0, 1, 2, 3, 4]) tokens.push(await mailedLink(pending, at(minute)))
    expect(await requestLink(pending, at(5))).toEqual({ outcome: 'too-many', waitMs: 55 * MINUTE_MS })
    for (const token of tokens) expect((await viewLink(token, null, at(5)))?.state).toBe('open')
    expect(await requestLink(pending, at(61))).toEqual({ outcome: 'queued' })
  })

  it('counts the links of a person, whichever sign-in asked', async () => {
    const admin = await someAdmin()
    await requestLink((await refused(admin)).pending)
    expect((await requestLink((await refused(admin, '192.0.2.1')).pending)).outcome).toBe('too-soon')
  })

  describe('nothing is sent', () => {
    it('to an agent, with whatever permissions', async () => {
      const agent = await someColleague(await someAdmin(), { managesSecurity: true, managesAgents: true })
      expect(await requestLink((await refused(agent)).pending)).toEqual({ outcome: 'not-an-admin' })
    })

    it('to an admin who was demoted or disabled since', async () => {
      const admin = await someAdmin()
      const [demoted, disabled] = [
        await someColleague(admin, { role: 'ADMIN' }),
        await someColleague(admin, { role: 'ADMIN' }),
      ]
      const pendings = [(await refused(demoted)).pending, (await refused(disabled)).pending]
      await changeAgent(admin, {
        ...{ agentId: demoted.agentId, version: 1, name: 'Ben', role: 'AGENT' },
        ...{ managesSecurity: true, managesAgents: true },
      })
      await setAgentEnabled(admin, disabled.agentId, false)
      for (const pending of pendings) expect(await requestLink(pending)).toEqual({ outcome: 'not-an-admin' })
    })

    it('for a sign-in that a new password has ended since', async () => {
      const admin = await someAdmin()
      const other = await someColleague(admin, { role: 'ADMIN' })
      const { pending } = await refused(other)
      await resetPassword(admin, other.agentId)
      expect(await requestLink(pending)).toEqual({ outcome: 'sign-in-over' })
      expect(await database().authorizationLink.count({ where: { agentId: other.agentId } })).toBe(0)
    })

    it('for an unknown address', async () => {
      expect(await requestLink((await refused(await someAdmin(), null)).pending)).toEqual({
        outcome: 'address-unknown',
      })
    })

    it('after a denial, until the password was changed', async () => {
      const admin = await someAdmin()
      const other = await someColleague(admin, { role: 'ADMIN' })
      const { token } = await withLink(other)
      await denyLink(token, null)
      const later = () => new Date(Date.now() + 2 * MINUTE_MS)
      expect(await requestLink((await refused(other)).pending, later())).toEqual({ outcome: 'barred' })
      await resetPassword(admin, other.agentId)
      expect(await requestLink((await refused(other)).pending, later())).toEqual({ outcome: 'queued' })
    })
  })

  describe('a denial, whichever way the clock was set in between,', () => {
    async function denied(passwordChangedAt: Date, deniedAt: Date) {
      const admin = await someAdmin()
      const other = await someColleague(admin, { role: 'ADMIN' })
      await transact((tx) => tx.agent.update({ where: { id: other.agentId }, data: { passwordChangedAt } }))
      const { token } = await withLink(other)
      expect(await denyLink(token, null, deniedAt)).toBe('denied')
      return { admin, other }
    }
    type Denied = Awaited<ReturnType<typeof denied>>
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS)

    it('bars a password that was set before it', async () => {
      const { other } = await denied(inMinutes(60), inMinutes(1))
      const { pending } = await refused(other)
      expect(await requestLink(pending, inMinutes(3))).toEqual({ outcome: 'barred' })
    })

    it.each([
      ['of another admin', ({ admin, other }: Denied) => resetPassword(admin, other.agentId)],
      [
        'of their own',
        ({ other }: Denied) =>
          changeOwnPassword(other, { sessionId: '', currentPassword: PASSWORD, newPassword: NEW_PASSWORD }),
      ],
      [
        'by mail',
        async ({ other }: Denied) => {
          await requestReset(other.email, { address: null, device: DEVICE })
          const [, token = ''] = /reset-password\/([\w-]{43})/.exec((await latestMail()).text) ?? []
          expect(await consumeReset(token, NEW_PASSWORD, null)).toBe('changed')
          // Else another admin had to approve.
          const passwordResetAt = inMinutes(-48 * 60)
          await transact((tx) => tx.agent.update({ where: { id: other.agentId }, data: { passwordResetAt } }))
        },
      ],
    ] as const)('is over with the next password %s', async (_claim, change) => {
      const who = await denied(inMinutes(-60), inMinutes(30))
      await change(who)
      const { other } = who
      const { pending } = await refused(other)
      expect(await requestLink(pending, inMinutes(3))).toEqual({ outcome: 'queued' })
    })
  })

  describe('progress', () => {
    async function claimed(pendingId: string) {
      const link = await database().authorizationLink.findFirstOrThrow({
        where: { pendingSignInId: pendingId },
      })
      const mail = (await claimDueMail(1000)).find(({ linkId }) => linkId === link.id)
      if (!mail) throw new Error('The mail is not due.')
      return mail
    }

    it('is null before a link, then waiting, then delivered with ten minutes from there', async () => {
      const { pending } = await refused(await someAdmin())
      expect(await findLinkProgress(pending.id)).toBeNull()
      await requestLink(pending)
      const waiting = await findLinkProgress(pending.id)
      expect(waiting).toMatchObject({ mail: 'waiting', state: 'open', hasOpenLink: true })
      await markMailSent(await claimed(pending.id), LINK_LIFETIME_MS)
      const delivered = await findLinkProgress(pending.id)
      expect(delivered).toMatchObject({ mail: 'delivered', state: 'open' })
      const lifeMs = (delivered?.expiresAt.getTime() ?? 0) - Date.now()
      expect(lifeMs).toBeGreaterThan(9 * MINUTE_MS)
      expect(lifeMs).toBeLessThanOrEqual(10 * MINUTE_MS)
    })

    it('never lives longer than 60 minutes from the request', async () => {
      const { pending } = await refused(await someAdmin())
      const asked = new Date(Date.now() - 55 * MINUTE_MS)
      await requestLink(pending, asked)
      await markMailSent(await claimed(pending.id), LINK_LIFETIME_MS)
      expect((await findLinkProgress(pending.id))?.expiresAt).toEqual(
        new Date(asked.getTime() + 60 * MINUTE_MS),
      )
    })

    it('is delayed while the mail server is away, failed when it refused', async () => {
      const { pending } = await refused(await someAdmin())
      await requestLink(pending)
      const mail = await claimed(pending.id)
      await postponeMail(mail, 'connect ECONNREFUSED', 2_000)
      expect((await findLinkProgress(pending.id))?.mail).toBe('delayed')
      await giveUpMail(mail, '550 no such user')
      expect((await findLinkProgress(pending.id))?.mail).toBe('failed')
    })

    it('tells that an earlier link is still good after the latest was killed', async () => {
      const { pending, token } = await withLink(await someAdmin())
      const later = new Date(Date.now() + MINUTE_MS)
      const second = await mailedLink(pending, later)
      const code = codeOf(pending.id) === '000000' ? '000001' : '000000'
      const wrong = { code, pendingToken: null, keep: 'forever', clicker: null } as const
      for (let miss = 0; miss < 5; miss++) await consumeLink({ ...wrong, token: second }, later)
      const progress = () => findLinkProgress(pending.id, later)
      expect(await progress()).toMatchObject({ state: 'guessed', hasOpenLink: true })
      for (let miss = 0; miss < 5; miss++) await consumeLink({ ...wrong, token }, later)
      expect(await progress()).toMatchObject({ state: 'guessed', hasOpenLink: false })
    })

    it('tells that a link was used', async () => {
      const admin = await someAdmin()
      await behindOffice(admin)
      const { pending, cookie, token } = await withLink(admin)
      await consumeLink({ token, code: null, pendingToken: cookie, keep: 'forever', clicker: null })
      expect(await findLinkProgress(pending.id)).toMatchObject({ hasOpenLink: false, state: 'used' })
    })
  })
})
