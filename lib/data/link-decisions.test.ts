import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
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
import { withTotp } from '@/scripts/testing/factors'
import {
  auditCount,
  behindOffice,
  latestMail,
  mailedLink,
  refused,
  withLink,
} from '@/scripts/testing/sign-ins'
import { resetPassword } from './agent-passwords'
import { changeAgent, setAgentEnabled } from './agents'
import { editRange } from './allowlist-ranges'
import { judge, readSwitches } from './allowlist-reading'
import { database, transact } from './database'
import { consumeLink, denyLink, viewLink } from './link-decisions'
import { findPendingSignIn } from './pending-sign-ins'
import { codeOf } from './secrets'

const MINUTE_MS = 60_000
const HERE = '198.51.100.7'

/** An account behind its office, with its admin refused at HERE and a link on its way. */
async function lockedOut() {
  const admin = await someAdmin()
  await behindOffice(admin)
  return { admin, ...(await withLink(admin, HERE)) }
}

type Admin = Awaited<ReturnType<typeof someAdmin>>
type Use = Parameters<typeof consumeLink>[0]

function use(token: string, rest: Partial<Use> = {}): Use {
  return { token, code: null, pendingToken: null, keep: 'forever', clicker: address('192.0.2.44'), ...rest }
}

function wrongCode(pendingId: string): string {
  return codeOf(pendingId) === '000000' ? '000001' : '000000'
}

/** How many wait for a row that somebody else has. */
async function waiting(): Promise<number> {
  const rows = await database().$queryRaw<unknown[]>`
    SELECT 1 AS "one" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return rows.length
}

async function disable(id: string): Promise<void> {
  await transact((tx) => tx.range.update({ where: { id }, data: { enabled: false } }))
}

describe.each(TEST_DATABASES)('decisions on links on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const authorized = async (admin: { accountId: string }) =>
    database().range.findMany({ where: { accountId: admin.accountId, origin: 'EMAIL' } })

  it('looking a hundred times changes nothing', async () => {
    const { admin, token, cookie } = await lockedOut()
    const read = async () => [
      await database().authorizationLink.findMany({ where: { accountId: admin.accountId } }),
      await database().pendingSignIn.findMany({ where: { accountId: admin.accountId } }),
      await rangesOf(admin),
      await auditCount(admin),
    ]
    const before = await read()
    const views = await Promise.all(
      Array.from({ length: 100 }, (_, at) => viewLink(token, at % 2 ? cookie : null)),
    )
    expect(views.filter((view) => view?.state === 'open')).toHaveLength(100)
    expect(views.filter((view) => view?.isSameBrowser)).toHaveLength(50)
    expect(await read()).toEqual(before)
  })

  it('in the browser that asked the button is enough: one address, for good, audited once', async () => {
    const { admin, token, cookie } = await lockedOut()
    const before = await auditCount(admin)
    expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({
      outcome: 'authorized',
      address: address(HERE),
    })
    expect(await authorized(admin)).toMatchObject([
      {
        ...{ start: address(HERE), end: address(HERE), enabled: true, expiresAt: null },
        ...{ description: 'Authorized by e-mail: Ada', addedById: admin.agentId },
      },
    ])
    expect(await auditCount(admin)).toBe(before + 1)
    const [event] = await database().auditEvent.findMany({
      where: { accountId: admin.accountId, action: 'range.added', via: 'link' },
    })
    expect(event).toMatchObject({ actorId: admin.agentId, address: address('192.0.2.44') })
  })

  it('"For 24 hours" ends by itself', async () => {
    const { admin, token, cookie } = await lockedOut()
    const now = new Date()
    await consumeLink(use(token, { pendingToken: cookie, keep: 'day' }), now)
    const [range] = await authorized(admin)
    expect(range?.expiresAt).toEqual(new Date(now.getTime() + 24 * 60 * MINUTE_MS))
  })

  it('of fifty at once exactly one authorizes, adding one range and one audit row', async () => {
    const { admin, token, cookie } = await lockedOut()
    const before = await auditCount(admin)
    const uses = await Promise.all(
      Array.from({ length: 50 }, () => consumeLink(use(token, { pendingToken: cookie }))),
    )
    expect(uses.filter(({ outcome }) => outcome === 'authorized')).toHaveLength(1)
    expect(uses.filter(({ outcome }) => outcome === 'used')).toHaveLength(49)
    expect(await authorized(admin)).toHaveLength(1)
    expect(await auditCount(admin)).toBe(before + 1)
  })

  describe('in any other browser', () => {
    it('the code on the screen that asked is needed, and leaving it out costs nothing', async () => {
      const { admin, pending, token } = await lockedOut()
      for (const code of [null, ''])
        expect(await consumeLink(use(token, { code }))).toEqual({ outcome: 'code-missing' })
      expect(
        await database().authorizationLink.findFirst({ where: { accountId: admin.accountId } }),
      ).toMatchObject({
        misses: 0,
      })
      expect((await consumeLink(use(token, { code: codeOf(pending.id) }))).outcome).toBe('authorized')
    })

    it('the cookie of another sign-in of the same admin does not do instead', async () => {
      const { admin, token } = await lockedOut()
      const { cookie } = await refused(admin, '192.0.2.99')
      expect((await viewLink(token, cookie))?.isSameBrowser).toBe(false)
      expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({ outcome: 'code-missing' })
      expect(await authorized(admin)).toHaveLength(0)
    })

    it('the fifth wrong code kills the link, also for the right code and the right browser', async () => {
      const { admin, pending, token, cookie } = await lockedOut()
      const code = wrongCode(pending.id)
      const outcomes: string[] = []
      for (let at = 0; at < 5; at++) outcomes.push((await consumeLink(use(token, { code }))).outcome)
      expect(outcomes).toEqual(['wrong-code', 'wrong-code', 'wrong-code', 'wrong-code', 'guessed'])
      expect(await consumeLink(use(token, { code: codeOf(pending.id) }))).toEqual({ outcome: 'guessed' })
      expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({ outcome: 'guessed' })
      expect(await authorized(admin)).toHaveLength(0)
    })

    it('thirty wrong codes at once count five, and are audited once', async () => {
      const { admin, pending, token } = await lockedOut()
      const before = await auditCount(admin)
      const code = wrongCode(pending.id)
      const uses = await Promise.all(Array.from({ length: 30 }, () => consumeLink(use(token, { code }))))
      expect(uses.filter(({ outcome }) => outcome === 'wrong-code')).toHaveLength(4)
      expect(uses.filter(({ outcome }) => outcome === 'guessed')).toHaveLength(26)
      const link = await database().authorizationLink.findFirst({ where: { accountId: admin.accountId } })
      expect(link?.misses).toBe(5)
      expect(await auditCount(admin)).toBe(before + 1)
    })

    it('a killed link leaves an earlier one alive', async () => {
      const { pending, token, cookie } = await lockedOut()
      const second = await mailedLink(pending, new Date(Date.now() + 2 * MINUTE_MS))
      const code = wrongCode(pending.id)
      for (let at = 0; at < 5; at++) await consumeLink(use(second, { code }))
      expect((await consumeLink(use(token, { pendingToken: cookie }))).outcome).toBe('authorized')
    })
  })

  describe('a link is refused, and nothing added,', () => {
    it('when it is not known', async () => {
      expect(await viewLink('x'.repeat(43), null)).toBeNull()
      expect(await consumeLink(use('x'.repeat(43)))).toEqual({ outcome: 'unknown' })
      expect(await denyLink('x'.repeat(43), null)).toBe('unknown')
    })

    it('when it was used', async () => {
      const { admin, token, cookie } = await lockedOut()
      await consumeLink(use(token, { pendingToken: cookie }))
      expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({ outcome: 'used' })
      expect(await denyLink(token, null)).toBe('used')
      expect(await authorized(admin)).toHaveLength(1)
    })

    it('when it has expired', async () => {
      const { admin, token, cookie } = await lockedOut()
      const later = new Date(Date.now() + 61 * MINUTE_MS)
      expect((await viewLink(token, cookie, later))?.state).toBe('expired')
      expect(await consumeLink(use(token, { pendingToken: cookie }), later)).toEqual({ outcome: 'expired' })
      expect(await authorized(admin)).toHaveLength(0)
    })

    it.each(['demoted', 'disabled'])('when its admin was %s since', async (how) => {
      const first = await someAdmin()
      await behindOffice(first)
      const admin = await someColleague(first, { role: 'ADMIN' })
      const { token, cookie } = await withLink(admin, HERE)
      if (how === 'disabled') await setAgentEnabled(first, admin.agentId, false)
      else
        await changeAgent(first, {
          ...{ agentId: admin.agentId, version: 1, name: 'Ben', role: 'AGENT' },
          ...{ managesSecurity: true, managesAgents: true },
        })
      expect((await viewLink(token, cookie))?.state).toBe('not-entitled')
      expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({ outcome: 'not-entitled' })
      expect(await authorized(first)).toHaveLength(0)
    })
  })

  describe('whichever way the clock is set after it, is over with', () => {
    const SINCE: [deed: string, end: (by: Admin, admin: Admin) => Promise<unknown>][] = [
      ['a new password', (by, { agentId }) => resetPassword(by, agentId)],
      [
        'having been disabled',
        async (by, { agentId }) => {
          await setAgentEnabled(by, agentId, false)
          await setAgentEnabled(by, agentId, true)
        },
      ],
      ['a first second factor', (_, admin) => withTotp(admin)],
    ]
    it.each(SINCE)('%s', async (_deed, end) => {
      const first = await someAdmin()
      await behindOffice(first)
      const admin = await someColleague(first, { role: 'ADMIN' })
      const { pending } = await refused(admin, HERE)
      const token = await mailedLink(pending)
      const code = codeOf(pending.id)
      await end(first, admin)
      const earlier = new Date(Date.now() - 5 * MINUTE_MS)
      expect((await viewLink(token, null, earlier))?.state).toBe('expired')
      expect(await consumeLink(use(token, { code }), earlier)).toEqual({ outcome: 'expired' })
      expect(await authorized(first)).toHaveLength(0)
    })
  })

  describe('what is admitted already', () => {
    it.each(['a range that holds it', 'the allowlist being off'])('by %s is left as it is', async (why) => {
      const { admin, token, cookie } = await lockedOut()
      if (why === 'the allowlist being off') await plantSwitches(admin, { allowlistEnabled: false })
      else await plantRanges(admin, newRange('198.51.100.0/24'))
      expect((await viewLink(token, cookie))?.isAdmittedAlready).toBe(true)
      expect(await consumeLink(use(token, { pendingToken: cookie }))).toEqual({
        outcome: 'admitted-already',
        address: address(HERE),
      })
      expect(await authorized(admin)).toHaveLength(0)
    })

    it('a disabled or expired range of exactly that address is enabled again', async () => {
      for (const state of ['disabled', 'expired']) {
        const { admin, token, cookie } = await lockedOut()
        const past = state === 'expired' ? new Date(Date.now() - MINUTE_MS) : null
        const [id = ''] = await plantRanges(admin, newRange(HERE, { description: 'Home', expiresAt: past }))
        if (state === 'disabled') await disable(id)
        expect((await consumeLink(use(token, { pendingToken: cookie }))).outcome).toBe('authorized')
        const ranges = (await rangesOf(admin)).filter((range) => range.start === address(HERE))
        expect(ranges).toMatchObject([{ id, enabled: true, expiresAt: null, description: 'Home' }])
      }
    })
  })

  describe('a change that nobody confirmed, undone by the click itself,', () => {
    /** The office was changed to hold HERE alone, which refused its maker, and the time to confirm that is over. */
    async function overdue() {
      const admin = await someAdmin('203.0.113.9')
      await behindOffice(admin)
      const link = await withLink(admin, HERE)
      const [office] = await rangesOf(admin)
      const edit = { id: office?.id ?? '', version: 1, range: range(HERE), description: '', expiresAt: null }
      expect(await editRange(admin, edit, answering('anyway'))).toMatchObject({ outcome: 'edited' })
      const dueAt = new Date(Date.now() - 1)
      const where = { accountId: admin.accountId }
      await transact(async (tx) => {
        await tx.unconfirmedChange.updateMany({ where, data: { dueAt } })
        await tx.account.update({ where: { id: admin.accountId }, data: { revertAt: dueAt } })
      })
      return { admin, ...link }
    }

    it('admits nobody any more: the link is judged on the list as it is again', async () => {
      const { token, cookie } = await overdue()
      expect((await consumeLink(use(token, { pendingToken: cookie }))).outcome).toBe('authorized')
    })

    it('counts for everybody from then on, also where the link adds nothing', async () => {
      const { admin, token, cookie } = await overdue()
      const passwordResetAt = new Date()
      await transact((tx) => tx.agent.update({ where: { id: admin.agentId }, data: { passwordResetAt } }))
      const { outcome } = await consumeLink(use(token, { pendingToken: cookie }))
      const switches = await readSwitches(admin.accountId)
      if (!switches) throw new Error('No account.')
      const verdictAt = (text: string) =>
        judge(switches, { surface: 'CONTROL_PANEL', address: address(text), nowMs: Date.now() })
      expect((await verdictAt('203.0.113.9')).admit).toBe(true)
      expect((await verdictAt(HERE)).admit).toBe(false)
      expect(outcome).toBe('needs-approval')
    })
  })

  describe('"I didn\'t request this"', () => {
    it('kills all links and pending sign-ins of that admin, and those of nobody else', async () => {
      const { admin, pending, token, cookie } = await lockedOut()
      const other = await someColleague(admin, { role: 'ADMIN' })
      const others = await withLink(other, HERE)
      const second = await mailedLink(pending, new Date(Date.now() + 2 * MINUTE_MS))
      const elsewhere = await refused(admin, '192.0.2.1')
      expect(await denyLink(token, address('203.0.113.5'))).toBe('denied')
      for (const dead of [token, second]) {
        expect(await consumeLink(use(dead, { pendingToken: cookie }))).toEqual({ outcome: 'denied' })
      }
      for (const gone of [cookie, elsewhere.cookie]) expect(await findPendingSignIn(gone)).toBeNull()
      expect((await consumeLink(use(others.token, { pendingToken: others.cookie }))).outcome).toBe(
        'authorized',
      )
    })

    it('keeps a link that is still on its way from leaving', async () => {
      const { admin, pending, token } = await lockedOut()
      await mailedLink(pending, new Date(Date.now() + 2 * MINUTE_MS))
      await denyLink(token, null)
      const mails = await database().outboxMail.findMany({
        where: { accountId: admin.accountId, kind: 'authorization-link' },
      })
      expect(mails).toHaveLength(2)
      for (const mail of mails) expect(mail).toMatchObject({ sealed: null, failedAt: expect.any(Date) })
    })

    it('tells the other admins, once, and is audited once, also of twenty at once', async () => {
      const { admin, token } = await lockedOut()
      const other = await someColleague(admin, { role: 'ADMIN' })
      await someColleague(admin, {})
      const before = await auditCount(admin)
      const answers = await Promise.all(Array.from({ length: 20 }, () => denyLink(token, null)))
      expect(new Set(answers)).toEqual(new Set(['denied']))
      expect(await auditCount(admin)).toBe(before + 1)
      const mails = await database().outboxMail.findMany({
        where: { accountId: admin.accountId, kind: 'link-denied' },
      })
      expect(mails).toHaveLength(1)
      const mail = await latestMail()
      expect(mail.to).toBe(other.email)
      expect(mail.text).toContain(HERE)
    })

    it('counts after the link has expired, or was killed, too', async () => {
      for (const [misses, minutes] of [
        [0, 90],
        [5, 0],
      ] as const) {
        const { admin, token } = await lockedOut()
        await transact((tx) =>
          tx.authorizationLink.updateMany({ where: { agentId: admin.agentId }, data: { misses } }),
        )
        expect(await denyLink(token, null, new Date(Date.now() + minutes * MINUTE_MS))).toBe('denied')
        const agent = await database().agent.findUnique({ where: { id: admin.agentId } })
        expect(agent?.linksDeniedAt).not.toBeNull()
      }
    })

    // SQLite has one writer at a time, who waits for nobody.
    if (kind === 'postgresql')
      it('takes sign-ins before their links, as what drops old ones does', async () => {
        const { token, pending } = await lockedOut()
        let denying: Promise<unknown> | undefined
        await transact(async (tx) => {
          await tx.$queryRaw`SELECT 1 AS "one" FROM "PendingSignIn" WHERE "id" = ${pending.id} FOR UPDATE`
          denying = denyLink(token, null)
          await expect.poll(waiting).toBe(1)
          const links = await tx.$queryRaw`
          SELECT 1 AS "one" FROM "AuthorizationLink" WHERE "pendingSignInId" = ${pending.id} FOR UPDATE SKIP LOCKED`
          expect(links).toHaveLength(1)
        })
        expect(await denying).toBe('denied')
      })

    it('in a race with "Authorize IP" one of the two wins, and the other does nothing', async () => {
      const { admin, token, cookie } = await lockedOut()
      const [used, denied] = await Promise.all([
        consumeLink(use(token, { pendingToken: cookie })),
        denyLink(token, null),
      ])
      const isAuthorized = used.outcome === 'authorized'
      expect([used.outcome, denied]).toEqual(isAuthorized ? ['authorized', 'used'] : ['denied', 'denied'])
      expect(await authorized(admin)).toHaveLength(isAuthorized ? 1 : 0)
    })
  })
})
