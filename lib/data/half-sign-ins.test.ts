import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { someSession, withTotp } from '@/scripts/testing/factors'
import { behindOffice, DEVICE, halfwayIn, identityOf, refused, withLink } from '@/scripts/testing/sign-ins'
import { HALF_SIGN_IN_LIFETIME_MS } from '../core/second-factor'
import { endSessionsOf } from './agent-endings'
import { resetPassword } from './agent-passwords'
import { setAgentEnabled } from './agents'
import { database, transact } from './database'
import { startDevice } from './devices'
import { removeOwnFactor, resetFactors } from './factor-changes'
import { isFactorRequired } from './factors'
import {
  consumeHalfSignIn,
  endSpentHalfSignIn,
  findHalfSignIn,
  recordUnanswered,
  takeTry,
} from './half-sign-ins'
import { viewLink } from './link-decisions'
import { ATTEMPTS_KEPT_MS, dropOver } from './over'
import { endOwnOthers } from './own-access'
import { findPendingSignIn } from './pending-sign-ins'
import { hashToken } from './secrets'
import { startSession } from './sessions'

const MINUTE_MS = 60_000

describe.each(TEST_DATABASES)('half sign-ins on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function half() {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const token = await halfwayIn(agent, '/agent-console')
    const found = await findHalfSignIn(token)
    if (!found) throw new Error('It is not there.')
    return { admin, agent, token, id: found.id, createdAt: found.createdAt }
  }

  it('know who proved the password and where to, and keep of the token a hash', async () => {
    const { agent, token, id } = await half()
    expect(await findHalfSignIn(token)).toMatchObject({
      agent: { id: agent.agentId },
      destination: '/agent-console',
    })
    const row = await database().halfSignIn.findUniqueOrThrow({ where: { id } })
    expect(row.tokenHash).toBe(hashToken(token))
    expect(JSON.stringify(row)).not.toContain(token)
  })

  it.each([null, undefined, '', 'unknown'])('token %j finds nobody', async (token) => {
    expect(await findHalfSignIn(token)).toBeNull()
  })

  it('live for five minutes', async () => {
    const { token, id, createdAt } = await half()
    const at = (minutes: number) => new Date(createdAt.getTime() + minutes * MINUTE_MS)
    expect(await findHalfSignIn(token, at(4.9))).not.toBeNull()
    expect(await findHalfSignIn(token, at(5.1))).toBeNull()
    expect(await takeTry(id, at(5.1))).toBe(false)
    expect(await transact((tx) => consumeHalfSignIn(tx, id, at(5.1)))).toBe(false)
    expect(await transact((tx) => consumeHalfSignIn(tx, id, at(4.9)))).toBe(true)
  })

  it('give five tries, of any number at once', async () => {
    const { token, id } = await half()
    const tries = await Promise.all(Array.from({ length: 20 }, () => takeTry(id, new Date())))
    expect(tries.filter(Boolean)).toHaveLength(5)
    expect(await findHalfSignIn(token)).toBeNull()
  })

  it('end when the fifth try was wrong, told to one of twenty, and not before', async () => {
    const { id } = await half()
    const end = () => endSpentHalfSignIn(id, new Date())
    for (let at = 0; at < 5; at++) {
      expect(await end()).toBe(false)
      await takeTry(id, new Date())
    }
    const ended = await Promise.all(Array.from({ length: 20 }, end))
    expect(ended.filter(Boolean)).toHaveLength(1)
    expect(await transact((tx) => consumeHalfSignIn(tx, id))).toBe(false)
  })

  it('do not end by wrong tries once the right one has spent them', async () => {
    const { id } = await half()
    for (let at = 0; at < 5; at++) await takeTry(id, new Date())
    expect(await transact((tx) => consumeHalfSignIn(tx, id))).toBe(true)
    expect(await endSpentHalfSignIn(id, new Date())).toBe(false)
  })

  it('are spent once, by one of twenty, and then give no try', async () => {
    const { token, id } = await half()
    const spent = await Promise.all(
      Array.from({ length: 20 }, () => transact((tx) => consumeHalfSignIn(tx, id))),
    )
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await findHalfSignIn(token)).toBeNull()
    expect(await takeTry(id, new Date())).toBe(false)
  })

  it.each([
    ['a new password', ({ admin, agent }: Who) => resetPassword(admin, agent.agentId)],
    ['disabling', ({ admin, agent }: Who) => setAgentEnabled(admin, agent.agentId, false)],
    ['signing the person out', ({ admin, agent }: Who) => endSessionsOf(admin, agent.agentId)],
    ['signing out everywhere else', ({ agent }: Who) => endOwnOthers(agent, 'another')],
  ])('end with %s', async (_claim, end) => {
    const { token, ...who } = await half()
    await end(who)
    expect(await findHalfSignIn(token)).toBeNull()
  })

  it.each([
    ['a new password', { passwordChangedAt: new Date(Date.now() + MINUTE_MS) }],
    ['disabling', { enabled: false }],
  ])('are dead from the start behind %s since the password was proven', async (_claim, data) => {
    const { agent, token } = await half()
    // As if it had begun a moment later.
    await transact((tx) => tx.agent.update({ where: { id: agent.agentId }, data }))
    expect(await findHalfSignIn(token)).toBeNull()
  })

  it('are in the Sign-in Log when nobody answered: once, as of the password, and not before they are over', async () => {
    const { admin, agent, id, createdAt } = await half()
    const at = (minutes: number) => new Date(createdAt.getTime() + minutes * MINUTE_MS)
    const log = () => database().signInEvent.findMany({ where: { accountId: admin.accountId } })
    await recordUnanswered(at(4.9))
    expect(await log()).toEqual([])
    expect(await database().halfSignIn.count({ where: { id } })).toBe(1)
    await Promise.all(Array.from({ length: 5 }, () => recordUnanswered(at(5.1))))
    expect(await log()).toMatchObject([
      {
        ...{ outcome: 'failed', because: 'second-factor-not-given', at: createdAt },
        ...{ agentId: agent.agentId, emailTried: (await identityOf(agent)).email },
        ...{ surface: 'AGENT_CONSOLE', address: address('198.51.100.7'), device: DEVICE },
        evidence: expect.stringContaining('peer-is-client'),
      },
    ])
  })

  it.each([
    ['ended without an answer', 1, ({ admin, agent }: Half) => resetPassword(admin, agent.agentId)],
    ['answered wrongly', 0, ({ id }: Half) => takeTry(id, new Date())],
    [
      'completed',
      0,
      async ({ id }: Half) => {
        await takeTry(id, new Date())
        await transact((tx) => consumeHalfSignIn(tx, id))
      },
    ],
  ])('that were %s leave %i such rows', async (_claim, rows, end) => {
    const begun = await half()
    await end(begun)
    const soon = new Date(begun.createdAt.getTime() + (rows ? 1 : 6) * MINUTE_MS)
    await recordUnanswered(soon)
    const { accountId } = begun.admin
    expect(await database().signInEvent.count({ where: { accountId } })).toBe(rows)
  })

  it('are forgotten when they are over', async () => {
    const { id, createdAt } = await half()
    const endsAt = createdAt.getTime() + HALF_SIGN_IN_LIFETIME_MS
    await dropOver('HalfSignIn', new Date(endsAt + ATTEMPTS_KEPT_MS - MINUTE_MS))
    expect(await database().halfSignIn.count({ where: { id } })).toBe(1)
    await dropOver('HalfSignIn', new Date(endsAt + ATTEMPTS_KEPT_MS + MINUTE_MS))
    expect(await database().halfSignIn.count({ where: { id } })).toBe(0)
  })
})

type Who = Record<'admin' | 'agent', Awaited<ReturnType<typeof someAdmin>>>
type Half = Who & { id: string }

describe.each(TEST_DATABASES)('a second factor on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function start(actor: Awaited<ReturnType<typeof someAdmin>>, factorProven: boolean) {
    const { passwordChangedAt } = await identityOf(actor)
    const { accountId, agentId, address } = actor
    return transact((tx) =>
      startSession(tx, {
        ...{ accountId, agentId, address, passwordChangedAt, factorProven, provenAt: new Date() },
        ...{ surface: 'CONTROL_PANEL', device: 'Firefox' },
      }),
    )
  }
  const startPhone = async (actor: Who['admin'], factorProven: boolean) => {
    const identity = await identityOf(actor)
    const phone = { name: 'Pixel 9', address: null, factorProven }
    return transact((tx) => startDevice(tx, identity, phone, new Date()))
  }
  const requireFactors = (accountId: string) =>
    transact((tx) => tx.account.update({ where: { id: accountId }, data: { adminsNeedFactor: true } }))

  it('is needed for every session and device of who has one', async () => {
    const actor = await someAdmin()
    expect(await start(actor, false)).not.toBeNull()
    await withTotp(actor)
    expect(await start(actor, false)).toBeNull()
    expect(await start(actor, true)).not.toBeNull()
    expect(await startPhone(actor, false)).toBeNull()
    expect(await startPhone(actor, true)).not.toBeNull()
  })

  it('is needed for what a refused person is remembered by', async () => {
    const actor = await someAdmin()
    await behindOffice(actor)
    await withTotp(actor)
    await expect(refused(actor)).rejects.toThrow('not there')
    const { cookie } = await refused(actor, '198.51.100.7', true)
    expect(await findPendingSignIn(cookie)).toMatchObject({ factorProven: true })
  })

  it('the first one ends what the password alone had opened', async () => {
    const actor = await someAdmin()
    await behindOffice(actor)
    const { cookie, token } = await withLink(actor)
    const half = await halfwayIn(actor)
    await withTotp(actor)
    expect(await findPendingSignIn(cookie)).toBeNull()
    expect(await findHalfSignIn(half)).toBeNull()
    expect(await viewLink(token, null, new Date(Date.now() + 1))).toMatchObject({ state: 'expired' })
  })

  it('an admin who needs one and has none gets a session for enrolling, and no device', async () => {
    const actor = await someAdmin()
    const agent = await someColleague(actor, { managesSecurity: true })
    await requireFactors(actor.accountId)
    const mustEnrol = async (who: typeof actor) => {
      const session = await start(who, false)
      return (await database().session.findUniqueOrThrow({ where: { id: session?.id ?? '' } })).mustEnrol
    }
    expect(await mustEnrol(actor)).toBe(true)
    expect(await mustEnrol(agent)).toBe(false)
    expect(await startPhone(actor, false)).toBeNull()
    expect(await startPhone(agent, false)).not.toBeNull()
    expect(await isFactorRequired(actor)).toBe(true)
    expect(await isFactorRequired(agent)).toBe(false)
    await withTotp(actor)
    const session = await start(actor, true)
    const row = await database().session.findUniqueOrThrow({ where: { id: session?.id ?? '' } })
    expect(row.mustEnrol).toBe(false)
  })

  it('is removed with its recovery codes, but for the last one of who needs it', async () => {
    const actor = await someAdmin()
    await withTotp(actor)
    await requireFactors(actor.accountId)
    expect(await removeOwnFactor(actor, { kind: 'totp' })).toBe('required')
    await transact((tx) =>
      tx.account.update({ where: { id: actor.accountId }, data: { adminsNeedFactor: false } }),
    )
    expect(await removeOwnFactor(actor, { kind: 'passkey', id: 'unknown' })).toBe('gone')
    expect(await removeOwnFactor(actor, { kind: 'totp' })).toBe('removed')
    expect(await removeOwnFactor(actor, { kind: 'totp' })).toBe('gone')
    expect(await database().recoveryCode.count({ where: { agentId: actor.agentId } })).toBe(0)
    const audit = await database().auditEvent.findMany({
      where: { accountId: actor.accountId, action: 'factor.removed' },
    })
    expect(audit).toHaveLength(1)
    expect(await start(actor, false)).not.toBeNull()
  })

  it('is reset by another who holds all that the person holds, who is signed out and told', async () => {
    const admin = await someAdmin()
    const agent = await someColleague(admin, { managesSecurity: true })
    await withTotp(agent)
    await someSession(agent).catch(() => null)
    const session = await start(agent, true)
    const reset = await resetFactors(admin, agent.agentId)
    expect(reset).toMatchObject({ name: 'Ben', ended: { sessions: 1 } })
    const row = await database().session.findUniqueOrThrow({ where: { id: session?.id ?? '' } })
    expect(row).toMatchObject({ endedBecause: 'factor-reset' })
    expect(await start(agent, false)).not.toBeNull()
    expect(await resetFactors(admin, agent.agentId)).toBe('no-factor')
    const mails = await database().outboxMail.findMany({
      where: { accountId: admin.accountId, kind: 'factor-changed' },
    })
    expect(mails).toHaveLength(2)
    const audit = await database().auditEvent.findMany({
      where: { accountId: admin.accountId, action: 'factor.reset' },
    })
    expect(audit).toMatchObject([{ actorId: admin.agentId, subjectId: agent.agentId }])
  })

  it('is not reset by oneself, by who holds less, or from another account', async () => {
    const admin = await someAdmin()
    const stranger = await someAdmin()
    const manager = await someColleague(admin, { managesAgents: true })
    const agent = await someColleague(admin, { managesSecurity: true })
    await withTotp(admin)
    await withTotp(agent)
    expect(await resetFactors(admin, admin.agentId)).toBe('own')
    expect(await resetFactors(manager, admin.agentId)).toBe('beyond-rights')
    expect(await resetFactors(manager, agent.agentId)).toBe('beyond-rights')
    expect(await resetFactors(stranger, agent.agentId)).toBe('gone')
    await expect(resetFactors(agent, manager.agentId)).rejects.toThrow('MANAGE_AGENTS')
    expect(await start(agent, false)).toBeNull()
  })
})
