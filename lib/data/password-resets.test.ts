import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { latestMail, PASSWORD } from '@/scripts/testing/sign-ins'
import { RESET_LIFETIME_MS } from '../core/password-reset'
import type { Actor } from '../core/permissions'
import { changeOwnPassword } from './agent-passwords'
import { setAgentEnabled } from './agents'
import { database, transact } from './database'
import { verifyIdentity } from './identities'
import { isKnownDevice, rememberDevice } from './known-devices'
import { dropOver, OVER_KEPT_MS } from './over'
import { consumeReset, requestReset, viewReset } from './password-resets'
import { newToken } from './secrets'

const NEW = 'four words of mine'
const FROM = { address: address('198.51.100.7'), device: 'Firefox on Windows' }
const CLICKER = address('203.0.113.9')
const MINUTE_MS = 60_000
type Person = Actor & { agentId: string; email: string }

async function somebody(): Promise<Person> {
  const admin = await someAdmin()
  return { ...admin, email: (await rowOf(admin)).email }
}

const rowOf = ({ agentId }: { agentId: string }) =>
  database().agent.findUniqueOrThrow({ where: { id: agentId } })

const resetsOf = ({ agentId }: Person) => database().passwordReset.count({ where: { agentId } })

async function kindsOf({ accountId }: Actor): Promise<string[]> {
  const rows = await database().outboxMail.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
  return rows.map(({ kind }) => kind)
}

async function auditOf({ accountId }: Actor) {
  const rows = await database().auditEvent.findMany({
    where: { accountId, action: { startsWith: 'agent.' } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ action, via, address: at }) => [action, via, at])
}

/** Asks for a link and takes its token out of the mail. */
async function mailed({ email }: Person, now = new Date()): Promise<string> {
  await requestReset(email, FROM, now)
  const token = /\/reset-password\/([\w-]{43})\s/.exec((await latestMail()).text)?.[1]
  if (!token) throw new Error('There is no link in the mail.')
  return token
}

describe.each(TEST_DATABASES)('resets by mail on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('mail a link to the agent alone, whose token is stored nowhere', async () => {
    const ada = await somebody()
    const token = await mailed(ada)
    const { to, subject, text } = await latestMail()
    expect({ to, subject }).toEqual({ to: ada.email, subject: 'Choose a new password' })
    for (const part of ['198.51.100.7', 'Firefox on Windows']) expect(text).toContain(part)
    const rows = await database().passwordReset.findMany({ where: { agentId: ada.agentId } })
    expect(JSON.stringify([rows, await auditOf(ada)])).not.toContain(token)
    expect(await auditOf(ada)).toContainEqual(['agent.reset_requested', 'link', FROM.address])
    expect(await viewReset(token)).toEqual({ state: 'open', email: ada.email })
    expect(await verifyIdentity(ada.email, PASSWORD)).not.toBeNull()
  })

  it('nothing is mailed to a stranger or somebody disabled', async () => {
    const ada = await somebody()
    const ben = await someColleague(ada, {})
    await setAgentEnabled(ada, ben.agentId, false)
    for (const email of ['nobody@example.com', ben.email]) await requestReset(email, FROM)
    expect(await kindsOf(ada)).toEqual([])
    expect(await database().passwordReset.count({ where: { accountId: ada.accountId } })).toBe(0)
  })

  it('are mailed 60 seconds apart and five an hour, of many at once one', async () => {
    const ada = await somebody()
    const start = Date.now()
    const ask = (ms: number) => requestReset(ada.email, FROM, new Date(start + ms))
    await Promise.all(Array.from({ length: 10 }, () => ask(0)))
    expect(await resetsOf(ada)).toBe(1)
    await ask(MINUTE_MS - 1)
    expect(await resetsOf(ada)).toBe(1)
    for (let at = 1; at < 8; at++) await ask(at * MINUTE_MS)
    expect(await resetsOf(ada)).toBe(5)
    await ask(60 * MINUTE_MS)
    expect(await resetsOf(ada)).toBe(6)
  })

  it('change the password, end everything, make each browser a stranger, and tell the person', async () => {
    const ada = await somebody()
    const { accountId, agentId } = ada
    const device = newToken()
    await transact(async (tx) => {
      const seen = { accountId, agentId, surface: 'CONTROL_PANEL', ...FROM } as const
      await rememberDevice(tx, { ...seen, token: device })
      await tx.session.create({ data: { ...seen } })
      await tx.mobileDevice.create({ data: { accountId, agentId, name: 'Phone' } })
      const pending = await tx.pendingSignIn.create({
        data: {
          ...{ ...seen, tokenHash: newToken(), destination: '/', passwordChangedAt: new Date() },
          expiresAt: new Date(Date.now() + MINUTE_MS),
        },
      })
      await tx.authorizationLink.create({
        data: {
          ...{ accountId, agentId, ...FROM, address: FROM.address ?? '', tokenHash: newToken() },
          ...{ pendingSignInId: pending.id, expiresAt: new Date(Date.now() + MINUTE_MS) },
        },
      })
      await tx.agent.update({ where: { id: agentId }, data: { passwordTemporary: true } })
    })
    const token = await mailed(ada)
    expect((await rowOf(ada)).passwordResetAt).toBeNull()
    const now = new Date()
    expect(await consumeReset(token, NEW, CLICKER, now)).toBe('changed')
    expect(await verifyIdentity(ada.email, PASSWORD)).toBeNull()
    expect(await verifyIdentity(ada.email, NEW)).not.toBeNull()
    expect(await rowOf(ada)).toMatchObject({
      ...{ passwordTemporary: false, passwordChangedAt: now, passwordResetAt: now },
    })
    const live = { where: { agentId, endedAt: null } }
    expect([await database().session.count(live), await database().mobileDevice.count(live)]).toEqual([0, 0])
    expect(await database().pendingSignIn.count({ where: { agentId, consumedAt: null } })).toBe(0)
    expect(
      await database().authorizationLink.count({ where: { agentId, expiresAt: { gt: new Date() } } }),
    ).toBe(0)
    expect(await isKnownDevice(device, { id: agentId })).toBe(false)
    expect(await kindsOf(ada)).toEqual(['password-reset', 'password-changed'])
    const { to, text } = await latestMail()
    expect(to).toBe(ada.email)
    for (const part of ['203.0.113.9', 'with the link in a mail to you']) expect(text).toContain(part)
    expect((await auditOf(ada)).at(-1)).toEqual(['agent.password_changed', 'link', CLICKER])
  })

  it('work once, of ten at the same moment', async () => {
    const ada = await somebody()
    const token = await mailed(ada)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => consumeReset(token, `${NEW} ${at}`, CLICKER)),
    )
    expect(answers.filter((answer) => answer === 'changed')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'used')).toHaveLength(9)
    expect(await viewReset(token)).toMatchObject({ state: 'used' })
    expect(await kindsOf(ada)).toEqual(['password-reset', 'password-changed'])
  })

  it('a refused password leaves the link open and the old password as it is', async () => {
    const ada = await somebody()
    const token = await mailed(ada)
    expect(await consumeReset(token, 'password2026', CLICKER)).toBe('password-common')
    expect(await consumeReset(token, ada.email, CLICKER)).toBe('password-personal')
    expect(await verifyIdentity(ada.email, PASSWORD)).not.toBeNull()
    expect(await consumeReset(token, NEW, CLICKER)).toBe('changed')
  })

  it('are over after 30 minutes, once the password was changed otherwise, and for somebody disabled', async () => {
    const ada = await somebody()
    const start = Date.now()
    const token = await mailed(ada, new Date(start))
    const end = new Date(start + RESET_LIFETIME_MS)
    expect(await viewReset(token, end)).toMatchObject({ state: 'expired' })
    expect(await consumeReset(token, NEW, CLICKER, end)).toBe('expired')
    await changeOwnPassword(ada, {
      sessionId: '',
      currentPassword: PASSWORD,
      newPassword: 'some other words',
    })
    expect(await consumeReset(token, NEW, CLICKER)).toBe('expired')

    const ben = await someColleague(ada, {})
    const his = await mailed(ben)
    await setAgentEnabled(ada, ben.agentId, false)
    expect(await consumeReset(his, NEW, CLICKER)).toBe('expired')
    await setAgentEnabled(ada, ben.agentId, true)
    expect(await verifyIdentity(ben.email, PASSWORD)).not.toBeNull()
  })

  it('work, and end with a new password, whichever way the clock was set in between', async () => {
    const later = () => new Date(Date.now() + 60 * MINUTE_MS)
    const ada = await somebody()
    const passwordChangedAt = later()
    await transact((tx) => tx.agent.update({ where: { id: ada.agentId }, data: { passwordChangedAt } }))
    expect(await consumeReset(await mailed(ada), NEW, CLICKER)).toBe('changed')

    const ben = await somebody()
    const token = await mailed(ben, later())
    await changeOwnPassword(ben, { sessionId: '', currentPassword: PASSWORD, newPassword: NEW })
    expect(await consumeReset(token, 'some other words', CLICKER)).toBe('expired')

    const cem = await somebody()
    const his = await mailed(cem)
    await changeOwnPassword(cem, { sessionId: '', currentPassword: PASSWORD, newPassword: NEW })
    expect(await consumeReset(his, 'some other words', CLICKER, new Date(Date.now() - MINUTE_MS))).toBe(
      'expired',
    )
  })

  it('a second link dies with the use of the first', async () => {
    const ada = await somebody()
    const start = Date.now()
    const first = await mailed(ada, new Date(start))
    const second = await mailed(ada, new Date(start + MINUTE_MS))
    const then = new Date(start + 2 * MINUTE_MS)
    expect(await consumeReset(first, NEW, CLICKER, then)).toBe('changed')
    expect(await consumeReset(second, 'yet another password', CLICKER, then)).toBe('expired')
  })

  it('an unknown link is unknown', async () => {
    for (const token of ['', 'x', newToken()]) {
      expect(await viewReset(token)).toBeNull()
      expect(await consumeReset(token, NEW, CLICKER)).toBe('unknown')
    }
  })

  it('say for ninety days what became of them', async () => {
    const ada = await somebody()
    const start = Date.now()
    const token = await mailed(ada, new Date(start))
    expect(await consumeReset(token, NEW, CLICKER)).toBe('changed')
    await dropOver('PasswordReset', new Date(start + RESET_LIFETIME_MS + OVER_KEPT_MS))
    expect((await viewReset(token))?.state).toBe('used')
    await dropOver('PasswordReset', new Date(start + RESET_LIFETIME_MS + OVER_KEPT_MS + 1))
    expect(await viewReset(token)).toBeNull()
  })
})
