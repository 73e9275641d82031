import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answering, newRange, plantRanges, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { behindOffice, PASSWORD, withLink } from '@/scripts/testing/sign-ins'
import { NOTHING_ASKED } from '../core/allowlist-change'
import type { Actor, Rights } from '../core/permissions'
import { createAccount, operatorOf } from './accounts'
import { addAgent, changeAgent, setAgentEnabled } from './agents'
import { addRange, deleteRange, editRange, setRangeEnabled } from './allowlist-ranges'
import { turnOff, turnOn } from './allowlist-switches'
import { database, transact } from './database'
import { acceptInvitation } from './invitations'
import { invite } from './inviting'
import { consumeLink, denyLink } from './link-decisions'
import { open } from './secrets'

const YES = answering('covers-everything', 'admits-everyone', 'anyway')
const PLAIN = { role: 'AGENT', managesSecurity: false, managesAgents: false } as const

describe.each(TEST_DATABASES)('what the others are told on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(forgetMails)

  async function forgetMails(): Promise<void> {
    await transact(async (tx) => {
      await tx.outboxMail.deleteMany()
      await tx.notice.deleteMany()
      await tx.rateLimit.deleteMany()
    })
  }

  /** Kind, recipient and words of each mail that is queued, but for those that a deed needs by itself. */
  async function told() {
    const rows = await database().outboxMail.findMany({
      where: { kind: { notIn: ['authorization-link', 'invitation'] } },
      orderBy: { id: 'asc' },
    })
    return rows.map(({ kind, sealed }) => ({ kind, ...JSON.parse(open(sealed ?? '') ?? '{}') }))
  }

  const kinds = async () => (await told()).map((mail) => mail.kind)

  async function pair() {
    const ada = await someAdmin()
    const cleo = await someColleague(ada, { role: 'ADMIN' }, 'Cleo')
    await forgetMails()
    return { ada, cleo }
  }

  async function added(actor: Actor, text: string): Promise<string> {
    const outcome = await addRange(actor, newRange(text), YES)
    if (outcome.outcome !== 'added') throw new Error(outcome.outcome)
    return outcome.id
  }

  describe('of the list', () => {
    it('turned on and off', async () => {
      const { ada, cleo } = await pair()
      await turnOn(ada, { endSessionsOutside: false, exceptSessionId: null }, YES)
      expect(await told()).toMatchObject([{ kind: 'allowlist-switched', to: cleo.email }])
      await forgetMails()
      await turnOff(operatorOf(ada.accountId), NOTHING_ASKED)
      const mails = await told()
      expect(mails.map(({ kind }) => kind)).toEqual(['allowlist-switched', 'allowlist-switched'])
      expect(mails[0]?.text).toContain('From: the command line')
    })

    it.each([
      [true, 'empty it holds nobody back'],
      [false, 'The list is off.'],
    ])('emptied, while it is on: %s', async (isOn, words) => {
      const { ada, cleo } = await pair()
      const [first, second] = [await added(ada, '198.51.100.0/24'), await added(ada, '192.0.2.1')]
      if (isOn) await turnOn(ada, { endSessionsOutside: false, exceptSessionId: null }, YES)
      await forgetMails()
      await deleteRange(ada, { id: second }, YES)
      expect(await told()).toEqual([])
      await deleteRange(ada, { id: first }, YES)
      expect(await told()).toMatchObject([{ kind: 'allowlist-emptied', to: cleo.email }])
      expect((await told())[0]?.text).toContain(words)
    })

    it('not emptied by disabling the last range, which holds back more than before', async () => {
      const { ada } = await pair()
      await setRangeEnabled(ada, { id: await added(ada, '192.0.2.1'), enabled: false }, YES)
      expect(await told()).toEqual([])
    })

    it('opened by one range, whoever adds it', async () => {
      const { ada, cleo } = await pair()
      await added(ada, '0.0.0.0/0')
      const [mail, ...more] = await told()
      expect(more).toEqual([])
      expect(mail).toMatchObject({ kind: 'allowlist-opened', to: cleo.email })
      expect(mail?.subject).toMatch(/holds every IPv4 address$/)
      await forgetMails()
      await added(operatorOf(ada.accountId), '::/0')
      expect((await told())[0]?.subject).toMatch(/holds every IPv6 address$/)
    })

    it('opened by several ranges together, and only by the last of them', async () => {
      const { ada } = await pair()
      await added(ada, '0.0.0.0/1')
      await added(ada, '128.0.0.0 - 255.255.255.254')
      expect(await told()).toEqual([])
      await added(ada, '255.255.255.255')
      expect(await kinds()).toEqual(['allowlist-opened'])
    })

    it('opened by an edit, or by enabling; not again by what comes after', async () => {
      const { ada } = await pair()
      const id = await added(ada, '0.0.0.0/1')
      const whole = { id, version: 1, range: newRange('0.0.0.0/0').range, description: '', expiresAt: null }
      expect((await editRange(ada, whole, YES)).outcome).toBe('edited')
      expect(await kinds()).toEqual(['allowlist-opened'])
      await forgetMails()
      await added(ada, '192.0.2.1')
      await setRangeEnabled(ada, { id, enabled: false }, YES)
      expect(await told()).toEqual([])
      await setRangeEnabled(ada, { id, enabled: true }, YES)
      expect(await kinds()).toEqual(['allowlist-opened'])
    })

    it('not opened by ranges that are disabled, or over, or of another account', async () => {
      const { ada } = await pair()
      const stranger = await someAdmin()
      await plantRanges(stranger, newRange('0.0.0.0/0'))
      await plantRanges(
        ada,
        newRange('0.0.0.0/1', { expiresAt: new Date(0) }),
        newRange('0.0.0.0/2', { description: 'in force' }),
      )
      await added(ada, '128.0.0.0/1')
      const id = await added(ada, '64.0.0.0/3')
      await setRangeEnabled(ada, { id, enabled: false }, YES)
      await added(ada, '96.0.0.0/3')
      expect(await told()).toEqual([])
    })
  })

  describe('of a link', () => {
    it('used: which address, for how long', async () => {
      const { ada, cleo } = await pair()
      await behindOffice(ada)
      const { token, cookie } = await withLink(ada)
      const use = { token, code: null, pendingToken: cookie, keep: 'day', clicker: null } as const
      expect((await consumeLink(use)).outcome).toBe('authorized')
      const [mail, ...more] = await told()
      expect(more).toEqual([])
      expect(mail).toMatchObject({ kind: 'link-used', to: cleo.email })
      expect(mail?.subject).toBe('Ada authorized 198.51.100.7 to sign in')
      expect(mail?.text).toMatch(/Kept: until \d{4}-/)
      expect((await consumeLink(use)).outcome).toBe('used')
      expect(await told()).toHaveLength(1)
    })

    it('denied', async () => {
      const { ada, cleo } = await pair()
      await behindOffice(ada)
      await denyLink((await withLink(ada)).token, null)
      expect(await told()).toMatchObject([{ kind: 'link-denied', to: cleo.email }])
    })
  })

  describe('of people', () => {
    const MANAGER: Rights = { ...PLAIN, managesSecurity: true }
    let serial = 0
    const someone = (rights: Rights) => ({
      name: 'Nina',
      email: `nina${kind}${++serial}@example.com`,
      ...rights,
    })

    it.each([
      ['a manager of security', MANAGER, 1],
      ['an admin', { ...PLAIN, role: 'ADMIN' } as Rights, 1],
      ['a manager of agents', { ...PLAIN, managesAgents: true }, 0],
    ])('created as %s', async (_, rights, mails) => {
      const { ada, cleo } = await pair()
      await addAgent(ada, someone(rights), PASSWORD)
      expect((await told()).map(({ to }) => to)).toEqual([cleo.email].slice(0, mails))
      if (mails > 0) expect((await told())[0]?.text).toContain('Ada added Nina')
    })

    it('invited and accepted: the inviter is told, too', async () => {
      const { ada, cleo } = await pair()
      await invite(ada, someone(MANAGER), 'mail')
      expect(await told()).toEqual([])
      const [invitation] = await database().outboxMail.findMany({ where: { kind: 'invitation' } })
      const { text } = JSON.parse(open(invitation?.sealed ?? '') ?? '{}')
      const token = /\/([\w-]{43})\s/.exec(text)?.[1] ?? ''
      await acceptInvitation(token, { name: 'Nina', password: 'four words of mine' }, null)
      const { email } = await database().agent.findUniqueOrThrow({ where: { id: ada.agentId } })
      expect((await told()).map(({ to }) => to)).toEqual([email, cleo.email])
      expect((await told())[0]?.text).toContain('Nina accepted an invitation from Ada')
    })

    it('granted it, and enabled with it; not when they had it already, nor when they lose it', async () => {
      const { ada, cleo } = await pair()
      const { agentId } = await someColleague(ada, {}, 'Nina')
      const give = (version: number, rights: Rights) =>
        changeAgent(ada, { agentId, version, name: 'Nina', ...rights })
      await give(1, MANAGER)
      expect(await told()).toMatchObject([{ kind: 'manager-added', to: cleo.email }])
      await forgetMails()
      await give(2, { ...MANAGER, role: 'ADMIN' })
      await give(3, MANAGER)
      await setAgentEnabled(ada, agentId, false)
      expect(await told()).toEqual([])
      await setAgentEnabled(ada, agentId, true)
      expect((await told())[0]?.text).toContain('Ada enabled Nina again')
      await forgetMails()
      await give(6, PLAIN)
      expect(await told()).toEqual([])
    })

    it('nobody of the first admin of an account', async () => {
      await createAccount({ accountName: 'New', ...someone(PLAIN), password: PASSWORD })
      expect(await told()).toEqual([])
    })
  })
})
