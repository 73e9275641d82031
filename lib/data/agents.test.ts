import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSession } from '@/scripts/testing/sessions'
import { type Actor, NotPermitted, type Rights } from '../core/permissions'
import { createAccount, operatorOf } from './accounts'
import { endSessionsOf } from './agent-endings'
import { changeOwnPassword, resetPassword } from './agent-passwords'
import { addAgent, changeAgent, setAgentEnabled } from './agents'
import { database, transact } from './database'
import { verifyIdentity } from './identities'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

const PASSWORD = 'correct horse battery'
const PLAIN: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }
const ADMIN: Rights = { ...PLAIN, role: 'ADMIN' }
const PEOPLE: Rights = { ...PLAIN, managesAgents: true }
const SECURITY: Rights = { ...PLAIN, managesSecurity: true }

let serial = 0

/** A fresh account; its admin is the actor. */
async function someAccount(): Promise<Actor> {
  const email = `admin${++serial}@example.com`
  const made = await createAccount({
    accountName: `Account ${serial}`,
    name: 'Ada',
    email,
    password: PASSWORD,
  })
  if (typeof made === 'string') throw new Error(made)
  return {
    ...operatorOf(made.accountId),
    agentId: made.agentId,
    name: 'Ada',
    via: 'web',
    managesSecurity: false,
  }
}

/** One more agent of the actor's account, as an actor. */
async function someAgent(actor: Actor, rights: Rights): Promise<Actor & { agentId: string; email: string }> {
  const email = `agent${++serial}@example.com`
  const added = await addAgent(operatorOf(actor.accountId), { name: 'Ben', email, ...rights }, PASSWORD)
  if (typeof added === 'string') throw new Error(added)
  return { ...actor, ...rights, name: 'Ben', agentId: added.agentId, email }
}

async function rowOf(agentId: string | null) {
  return database().agent.findUniqueOrThrow({ where: { id: agentId ?? '' } })
}

async function editOf(agentId: string, change: Partial<Rights & { name: string }>) {
  const { version, name, role, managesSecurity, managesAgents } = await rowOf(agentId)
  return { agentId, version, name, role, managesSecurity, managesAgents, ...change }
}

async function auditOf(accountId: string, action: string) {
  return database().auditEvent.findMany({ where: { accountId, action } })
}

async function mailsOf(accountId: string): Promise<string[]> {
  const rows = await database().outboxMail.findMany({ where: { accountId } })
  return rows.map(({ kind }) => kind)
}

/** Web session, phone, pending sign-in and link: all that somebody can hold. */
async function giveEverything({
  accountId,
  agentId,
}: Actor & { agentId: string }): Promise<{ sessionId: string }> {
  const soon = new Date(Date.now() + 600_000)
  const where = { accountId, agentId, device: 'Firefox on Linux' }
  return transact(async (tx) => {
    const session = await plantSession(tx, { ...where, surface: 'CONTROL_PANEL', address: null })
    await tx.mobileDevice.create({ data: { accountId, agentId, name: 'Phone' } })
    const pending = await tx.pendingSignIn.create({
      data: {
        ...where,
        tokenHash: `pending ${++serial}`,
        surface: 'CONTROL_PANEL',
        destination: '/control-panel',
        passwordChangedAt: new Date(),
        expiresAt: soon,
      },
    })
    await tx.authorizationLink.create({
      data: {
        ...where,
        tokenHash: `link ${++serial}`,
        pendingSignInId: pending.id,
        address: '4c6336407',
        expiresAt: soon,
      },
    })
    return { sessionId: session.id }
  })
}

/** In a browser that is known from then on. */
async function signInSomewhere({ accountId, agentId }: Actor & { agentId: string }): Promise<void> {
  const data = { accountId, agentId, tokenHash: `known ${++serial}`, device: 'Firefox on Linux' }
  await transact((tx) => tx.knownDevice.create({ data }))
}

function knownDevices({ agentId }: { agentId: string }): Promise<number> {
  return database().knownDevice.count({ where: { agentId } })
}

/** What the agent still holds of that. */
async function holdings(agentId: string) {
  const db = database()
  return {
    sessions: await db.session.count({ where: { agentId, endedAt: null } }),
    devices: await db.mobileDevice.count({ where: { agentId, endedAt: null } }),
    pending: await db.pendingSignIn.count({ where: { agentId, consumedAt: null } }),
    links: await db.authorizationLink.count({
      where: { agentId, consumedAt: null, deniedAt: null, expiresAt: { gt: new Date() } },
    }),
  }
}

const EVERYTHING = { sessions: 1, devices: 1, pending: 1, links: 1 }
const NOTHING = { sessions: 0, devices: 0, pending: 0, links: 0 }

describe.each(TEST_DATABASES)('agents on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  describe('addAgent', () => {
    it('gives a temporary password that signs in, and audits it without the password', async () => {
      const admin = await someAccount()
      const email = `new${++serial}@example.com`
      const added = await addAgent(admin, { name: 'Cleo', email, ...SECURITY })
      if (typeof added === 'string') throw new Error(added)
      expect(added.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
      expect(await verifyIdentity(email, added.password)).toMatchObject({ id: added.agentId, ...SECURITY })
      expect(await rowOf(added.agentId)).toMatchObject({
        passwordTemporary: true,
        accountId: admin.accountId,
      })
      const events = await auditOf(admin.accountId, 'agent.added')
      expect(events.map((event) => event.subjectName)).toEqual(['Ada', 'Cleo'])
      expect(JSON.stringify(events)).not.toContain(added.password)
    })

    it('says so when the e-mail belongs to an agent of any account, and adds nothing', async () => {
      const [one, two] = [await someAccount(), await someAccount()]
      const { email } = await someAgent(one, PLAIN)
      expect(await addAgent(two, { name: 'Copy', email, ...PLAIN })).toBe('email-taken')
      expect(await database().agent.count({ where: { accountId: two.accountId } })).toBe(1)
      expect(await auditOf(two.accountId, 'agent.added')).toHaveLength(1)
    })

    it('of twenty requests with one e-mail adds one', async () => {
      const admin = await someAccount()
      const input = { name: 'Twin', email: `twin${++serial}@example.com`, ...PLAIN }
      const answers = await Promise.all(Array.from({ length: 20 }, () => addAgent(admin, input)))
      expect(answers.filter((answer) => answer === 'email-taken')).toHaveLength(19)
      expect(await auditOf(admin.accountId, 'agent.added')).toHaveLength(2)
    })

    it.each([
      ['an admin', ADMIN],
      ['Manage Security', SECURITY],
    ])('nobody who only manages agents adds %s', async (_claim, rights) => {
      const people = await someAgent(await someAccount(), PEOPLE)
      const email = `raised${++serial}@example.com`
      expect(await addAgent(people, { name: 'Raised', email, ...rights })).toBe('beyond-rights')
      expect(await database().agent.findUnique({ where: { email } })).toBeNull()
    })
  })

  it('every change needs Manage Agents, at this moment and not only when the request began', async () => {
    const admin = await someAccount()
    const target = await someAgent(admin, PLAIN)
    const demoted = { ...(await someAgent(admin, PLAIN)), managesAgents: true }
    const disabled = await someAgent(admin, PEOPLE)
    await setAgentEnabled(admin, disabled.agentId, false)
    const edit = await editOf(target.agentId, { name: 'Changed' })
    for (const actor of [
      await someAgent(admin, PLAIN),
      await someAgent(admin, SECURITY),
      demoted,
      disabled,
    ]) {
      const attempts = [
        () => addAgent(actor, { name: 'X', email: `x${++serial}@example.com`, ...PLAIN }),
        () => changeAgent(actor, edit),
        () => setAgentEnabled(actor, target.agentId, false),
        () => endSessionsOf(actor, target.agentId),
        () => resetPassword(actor, target.agentId),
      ]
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(NotPermitted)
    }
    expect(await rowOf(target.agentId)).toMatchObject({ name: 'Ben', enabled: true, version: 1 })
  })

  it('an agent of another account is neither seen nor touched', async () => {
    const [one, two] = [await someAccount(), await someAccount()]
    const target = await someAgent(one, PLAIN)
    await giveEverything(target)
    expect(await changeAgent(two, await editOf(target.agentId, { name: 'Stolen' }))).toBe('gone')
    expect(await setAgentEnabled(two, target.agentId, false)).toBe('gone')
    expect(await endSessionsOf(two, target.agentId)).toBe('gone')
    expect(await resetPassword(two, target.agentId)).toBe('gone')
    expect(await rowOf(target.agentId)).toMatchObject({ name: 'Ben', enabled: true })
    expect(await holdings(target.agentId)).toEqual(EVERYTHING)
  })

  describe('changeAgent', () => {
    it('a change of role signs out everywhere; a change of name or permissions does not', async () => {
      const admin = await someAccount()
      const target = await someAgent(admin, PLAIN)
      await giveEverything(target)
      const renamed = await changeAgent(admin, await editOf(target.agentId, { name: 'Benno', ...SECURITY }))
      expect(renamed).toEqual({ sessions: 0, devices: 0 })
      expect(await holdings(target.agentId)).toEqual(EVERYTHING)
      const promoted = await changeAgent(admin, await editOf(target.agentId, ADMIN))
      expect(promoted).toEqual({ sessions: 1, devices: 1 })
      expect(await holdings(target.agentId)).toEqual(NOTHING)
      expect(await rowOf(target.agentId)).toMatchObject({ name: 'Benno', ...ADMIN, version: 3 })
      const [first] = await auditOf(admin.accountId, 'agent.edited')
      expect(JSON.parse(first?.before ?? '')).toEqual({ name: 'Ben', ...PLAIN })
      expect(JSON.parse(first?.after ?? '')).toEqual({ name: 'Benno', ...SECURITY })
    })

    it('an edit that somebody overtook changes nothing', async () => {
      const admin = await someAccount()
      const target = await someAgent(admin, PLAIN)
      const stale = await editOf(target.agentId, { name: 'Late' })
      await changeAgent(admin, await editOf(target.agentId, { name: 'Early' }))
      expect(await changeAgent(admin, stale)).toBe('overtaken')
      expect((await rowOf(target.agentId)).name).toBe('Early')
      const before = await editOf(target.agentId, { name: 'Late' })
      await setAgentEnabled(admin, target.agentId, false)
      expect(await changeAgent(admin, before)).toBe('overtaken')
    })

    it('who only manages agents changes no admin, makes none, and does not raise themself', async () => {
      const admin = await someAccount()
      const people = await someAgent(admin, PEOPLE)
      const target = await someAgent(admin, PLAIN)
      const refused = [
        await editOf(admin.agentId ?? '', { name: 'Renamed' }),
        await editOf(target.agentId, ADMIN),
        await editOf(target.agentId, SECURITY),
        await editOf(people.agentId, { managesSecurity: true }),
        await editOf(people.agentId, ADMIN),
      ]
      for (const edit of refused) expect(await changeAgent(people, edit)).toBe('beyond-rights')
      expect(await setAgentEnabled(people, admin.agentId ?? '', false)).toBe('beyond-rights')
      expect(await endSessionsOf(people, admin.agentId ?? '')).toBe('beyond-rights')
      expect(await resetPassword(people, admin.agentId ?? '')).toBe('beyond-rights')
      expect(await auditOf(admin.accountId, 'agent.edited')).toHaveLength(0)
    })

    it('who only manages agents cannot take over or enable somebody with more permissions', async () => {
      const admin = await someAccount()
      const people = await someAgent(admin, PEOPLE)
      const guard = await someAgent(admin, SECURITY)
      expect(await resetPassword(people, guard.agentId)).toBe('beyond-rights')
      expect(await verifyIdentity(guard.email, PASSWORD)).not.toBeNull()
      expect(await setAgentEnabled(people, guard.agentId, false)).toEqual({ sessions: 0, devices: 0 })
      expect(await setAgentEnabled(people, guard.agentId, true)).toBe('beyond-rights')
      expect((await rowOf(guard.agentId)).enabled).toBe(false)
    })
  })

  describe('the last active admin', () => {
    it('is neither demoted nor disabled, not even by themself or the operator', async () => {
      const admin = await someAccount()
      const id = admin.agentId ?? ''
      await setAgentEnabled(admin, (await someAgent(admin, ADMIN)).agentId, false)
      for (const actor of [admin, operatorOf(admin.accountId)]) {
        expect(await changeAgent(actor, await editOf(id, PLAIN))).toBe('last-admin')
        expect(await setAgentEnabled(actor, id, false)).toBe('last-admin')
      }
      expect(await rowOf(id)).toMatchObject({ role: 'ADMIN', enabled: true })
      expect(await changeAgent(admin, await editOf(id, { name: 'Ada L.' }))).toMatchObject({ sessions: 0 })
    })

    it('an admin of another account does not count', async () => {
      const [one] = [await someAccount(), await someAccount()]
      expect(await setAgentEnabled(one, one.agentId ?? '', false)).toBe('last-admin')
    })

    it('survives two admins who disable each other at the same moment', async () => {
      for (let round = 0; round < 8; round++) {
        const one = await someAccount()
        const two = await someAgent(one, ADMIN)
        const outcomes = await Promise.allSettled([
          setAgentEnabled(one, two.agentId, false),
          setAgentEnabled(two, one.agentId ?? '', false),
        ])
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
        expect(await activeAdmins(one.accountId)).toBe(1)
      }
    })

    it('survives two admins who demote themselves at the same moment', async () => {
      for (let round = 0; round < 8; round++) {
        const one = await someAccount()
        const two = await someAgent(one, ADMIN)
        const edits = [await editOf(one.agentId ?? '', PLAIN), await editOf(two.agentId, PLAIN)] as const
        const answers = await Promise.all([changeAgent(one, edits[0]), changeAgent(two, edits[1])])
        expect(answers.filter((answer) => answer === 'last-admin')).toHaveLength(1)
        expect(await activeAdmins(one.accountId)).toBe(1)
      }
    })
  })

  async function activeAdmins(accountId: string): Promise<number> {
    return database().agent.count({ where: { accountId, role: 'ADMIN', enabled: true } })
  }

  it('disabling signs out everywhere and keeps out; enabling lets in again', async () => {
    const admin = await someAccount()
    const target = await someAgent(admin, PLAIN)
    await giveEverything(target)
    await signInSomewhere(target)
    expect(await setAgentEnabled(admin, target.agentId, false)).toEqual({ sessions: 1, devices: 1 })
    expect(await knownDevices(target)).toBe(0)
    expect(await holdings(target.agentId)).toEqual(NOTHING)
    expect(await verifyIdentity(target.email, PASSWORD)).toBeNull()
    expect(await setAgentEnabled(admin, target.agentId, false)).toEqual({ sessions: 0, devices: 0 })
    await signInSomewhere(target)
    await setAgentEnabled(admin, target.agentId, true)
    expect(await knownDevices(target)).toBe(1)
    expect(await verifyIdentity(target.email, PASSWORD)).not.toBeNull()
    expect(await auditOf(admin.accountId, 'agent.disabled')).toHaveLength(1)
    expect(await auditOf(admin.accountId, 'agent.enabled')).toHaveLength(1)
  })

  it('ending sessions signs out everywhere and changes nothing else', async () => {
    const admin = await someAccount()
    const [target, bystander] = [await someAgent(admin, PLAIN), await someAgent(admin, PLAIN)]
    await giveEverything(target)
    await giveEverything(bystander)
    expect(await endSessionsOf(admin, target.agentId)).toEqual({ sessions: 1, devices: 1 })
    expect(await holdings(target.agentId)).toEqual(NOTHING)
    expect(await holdings(bystander.agentId)).toEqual(EVERYTHING)
    expect(await verifyIdentity(target.email, PASSWORD)).not.toBeNull()
  })

  it('a reset gives a new temporary password, ends the old one, and signs out everywhere', async () => {
    const admin = await someAccount()
    const target = await someAgent(admin, PLAIN)
    await giveEverything(target)
    await signInSomewhere(target)
    const before = await rowOf(target.agentId)
    const reset = await resetPassword(admin, target.agentId)
    if (typeof reset === 'string') throw new Error(reset)
    expect(await verifyIdentity(target.email, PASSWORD)).toBeNull()
    expect(await verifyIdentity(target.email, reset.password)).not.toBeNull()
    const after = await rowOf(target.agentId)
    expect(after.passwordTemporary).toBe(true)
    expect(after.passwordChangedAt.getTime()).toBeGreaterThan(before.passwordChangedAt.getTime())
    expect(await holdings(target.agentId)).toEqual(NOTHING)
    expect(await knownDevices(target)).toBe(0)
    expect(await auditOf(admin.accountId, 'agent.password_reset')).toHaveLength(1)
    expect(await mailsOf(admin.accountId)).toEqual(['password-changed'])
  })

  it('a password chosen for somebody else is judged like their own', async () => {
    const admin = await someAccount()
    const target = await someAgent(admin, PLAIN)
    const operator = operatorOf(admin.accountId)
    expect(await resetPassword(operator, target.agentId, 'password2026')).toBe('password-common')
    expect(await verifyIdentity(target.email, PASSWORD)).not.toBeNull()
    const email = `weak${++serial}@example.com`
    const input = { name: 'Cleo Hart', email, ...PLAIN }
    expect(await addAgent(operator, input, 'CleoHart2026')).toBe('password-personal')
    expect(await database().agent.findUnique({ where: { email } })).toBeNull()
  })

  describe('changeOwnPassword', () => {
    const newPassword = 'a better horse battery'

    it('keeps the session at hand and ends all else', async () => {
      const person = await someAgent(await someAccount(), PLAIN)
      const { sessionId } = await giveEverything(person)
      await giveEverything(person)
      const change = { sessionId, currentPassword: PASSWORD, newPassword }
      expect(await changeOwnPassword(person, change)).toBe('changed')
      expect(await holdings(person.agentId)).toEqual({ ...NOTHING, sessions: 1 })
      expect(await database().session.findUnique({ where: { id: sessionId } })).toMatchObject({
        endedAt: null,
      })
      expect(await verifyIdentity(person.email, PASSWORD)).toBeNull()
      expect(await verifyIdentity(person.email, newPassword)).not.toBeNull()
      expect(await auditOf(person.accountId, 'agent.password_changed')).toHaveLength(1)
      expect(await mailsOf(person.accountId)).toEqual(['password-changed'])
    })

    it('makes a temporary password a person own', async () => {
      const admin = await someAccount()
      const person = await someAgent(admin, PLAIN)
      const reset = await resetPassword(admin, person.agentId)
      if (typeof reset === 'string') throw new Error(reset)
      const change = { sessionId: '', currentPassword: reset.password, newPassword }
      expect(await changeOwnPassword(person, change)).toBe('changed')
      expect((await rowOf(person.agentId)).passwordTemporary).toBe(false)
    })

    it.each([
      ['a wrong current password', { currentPassword: 'wrong', newPassword }, 'wrong-password'],
      ['a common one', { currentPassword: PASSWORD, newPassword: 'password2026' }, 'password-common'],
      [
        'one made of the own name',
        { currentPassword: PASSWORD, newPassword: 'Ben-2026!Ben' },
        'password-personal',
      ],
      ['the same password again', { currentPassword: PASSWORD, newPassword: PASSWORD }, 'same-password'],
    ])('%s changes nothing', async (_claim, change, answer) => {
      const person = await someAgent(await someAccount(), PLAIN)
      const { sessionId } = await giveEverything(person)
      expect(await changeOwnPassword(person, { sessionId, ...change })).toBe(answer)
      expect(await holdings(person.agentId)).toEqual(EVERYTHING)
      expect(await verifyIdentity(person.email, PASSWORD)).not.toBeNull()
    })

    it('of two changes at once one holds', async () => {
      const person = await someAgent(await someAccount(), PLAIN)
      const answers = await Promise.all(
        ['first new password', 'second new password'].map((text) =>
          changeOwnPassword(person, { sessionId: '', currentPassword: PASSWORD, newPassword: text }),
        ),
      )
      expect(answers.sort()).toEqual(['changed', 'wrong-password'])
    })
  })
})
