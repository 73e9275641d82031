import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { latestMail } from '@/scripts/testing/sign-ins'
import { INVITATION_LIFETIME_MS, INVITATION_RESEND_WAIT_MS } from '../core/invitation'
import { type Actor, NotPermitted, type Rights } from '../core/permissions'
import { changeAgent, setAgentEnabled } from './agents'
import { database } from './database'
import { verifyIdentity } from './identities'
import { acceptInvitation, viewInvitation } from './invitations'
import { invite, resendInvitation, withdrawInvitation } from './inviting'

const PLAIN: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }
const SECURITY: Rights = { ...PLAIN, managesSecurity: true }
const ADMIN: Rights = { ...PLAIN, role: 'ADMIN' }
const CHOSEN = { name: 'Omar H.', password: 'four words of mine' }
const HERE = address('203.0.113.9')

let serial = 0
const newcomer = (rights: Rights = PLAIN) => ({
  name: 'Omar Haddad',
  email: `omar${++serial}@example.com`,
  ...rights,
})

const rowsOf = ({ accountId }: Actor) =>
  database().invitation.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } })

async function idOf(actor: Actor): Promise<string> {
  return (await rowsOf(actor)).at(-1)?.id ?? ''
}

const mailsTo = async (to: string) => {
  const { to: latest, text, subject } = await latestMail()
  if (latest !== to) throw new Error(`The latest mail went to ${latest}.`)
  return { text, subject, token: /\/accept-invite\/([\w-]{43})\s/.exec(text)?.[1] ?? '' }
}

/** Invites somebody by mail and takes the token out of it. */
async function mailed(actor: Actor, who = newcomer(), now = new Date()): Promise<string> {
  const answer = await invite(actor, who, 'mail', now)
  if (typeof answer === 'string') throw new Error(answer)
  return (await mailsTo(who.email)).token
}

async function handed(actor: Actor, who = newcomer(), now = new Date()): Promise<string> {
  const answer = await invite(actor, who, 'temporary-password', now)
  if (typeof answer === 'string' || !answer.password) throw new Error('There is no temporary password.')
  return answer.password
}

async function auditOf({ accountId }: Actor): Promise<string[]> {
  const rows = await database().auditEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
  return rows.map(({ action }) => action).slice(2)
}

describe.each(TEST_DATABASES)('invitations on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const agentWith = (email: string) => database().agent.findUnique({ where: { email } })
  const withPassword = (email: string, password = CHOSEN.password) => verifyIdentity(email, password)

  it('by mail say who invites to what, claim nothing, and keep no token', async () => {
    const [admin, who] = [await someAdmin(), newcomer(SECURITY)]
    const token = await mailed(admin, who)
    const { text } = await mailsTo(who.email)
    for (const part of ['Ada', who.name, 'turn the IP Allowlist on and off', '/accept-invite/'])
      expect(text).toContain(part)
    expect(JSON.stringify(await rowsOf(admin))).not.toContain(token)
    expect(await agentWith(who.email)).toBeNull()
    expect(await viewInvitation(token)).toMatchObject({
      ...{ state: 'open', email: who.email, name: who.name, invitedByName: 'Ada', rights: SECURITY },
    })
    expect(await auditOf(admin)).toEqual(['invitation.sent'])
  })

  it('are accepted once, with name, password and rights, of ten at the same moment', async () => {
    const [admin, who] = [await someAdmin(), newcomer(SECURITY)]
    const token = await mailed(admin, who)
    const answers = await Promise.all(Array.from({ length: 10 }, () => acceptInvitation(token, CHOSEN, HERE)))
    expect(answers.filter((answer) => typeof answer !== 'string')).toEqual([{ email: who.email }])
    expect(answers.filter((answer) => answer === 'accepted')).toHaveLength(9)
    expect(await withPassword(who.email)).toMatchObject({
      accountId: admin.accountId,
      name: 'Omar H.',
      ...SECURITY,
    })
    expect(await agentWith(who.email)).toMatchObject({ passwordTemporary: false, lastSignInAt: null })
    expect(await auditOf(admin)).toEqual(['invitation.sent', 'agent.added'])
    expect(await viewInvitation(token)).toMatchObject({ state: 'accepted' })
  })

  it('a refused password leaves them open', async () => {
    const [admin, who] = [await someAdmin(), newcomer()]
    const token = await mailed(admin, who)
    const weak = (password: string) => acceptInvitation(token, { ...CHOSEN, password }, HERE)
    expect(await weak('password2026')).toBe('password-common')
    expect(await weak(who.email)).toBe('password-personal')
    expect(await agentWith(who.email)).toBeNull()
    expect(await viewInvitation(token)).toMatchObject({ state: 'open' })
  })

  it('with a temporary password are accepted by the first sign-in with it', async () => {
    const [admin, who] = [await someAdmin(), newcomer(SECURITY)]
    const password = await handed(admin, who)
    expect(JSON.stringify(await rowsOf(admin))).not.toContain(password)
    expect(await withPassword(who.email, 'something else')).toBeNull()
    expect(await agentWith(who.email)).toBeNull()
    const both = await Promise.all([withPassword(who.email, password), withPassword(who.email, password)])
    expect(both).toContainEqual(expect.objectContaining({ email: who.email, ...SECURITY }))
    expect(await agentWith(who.email)).toMatchObject({ name: who.name, passwordTemporary: true })
    expect(await withPassword(who.email, password)).not.toBeNull()
    expect(await auditOf(admin)).toEqual(['invitation.sent', 'agent.added'])
  })

  it('the temporary password of one person is none of another’s', async () => {
    const [admin, who, other] = [await someAdmin(), newcomer(), newcomer()]
    const password = await handed(admin, who)
    await handed(admin, other)
    expect(await withPassword(other.email, password)).toBeNull()
    expect(await withPassword('nobody@example.com', password)).toBeNull()
  })

  it('are over after seven days, by either way', async () => {
    const admin = await someAdmin()
    const start = new Date(Date.now() - INVITATION_LIFETIME_MS)
    const token = await mailed(admin, newcomer(), start)
    expect(await acceptInvitation(token, CHOSEN, HERE)).toBe('expired')
    const who = newcomer()
    expect(await withPassword(who.email, await handed(admin, who, start))).toBeNull()
    const later = new Date(start.getTime() + INVITATION_LIFETIME_MS - 1)
    expect(await acceptInvitation(token, CHOSEN, HERE, later)).toHaveProperty('email')
  })

  it('are over once withdrawn, by either way', async () => {
    const [admin, who] = [await someAdmin(), newcomer()]
    const token = await mailed(admin)
    expect(await withdrawInvitation(admin, await idOf(admin))).toBe('withdrawn')
    expect(await withdrawInvitation(admin, await idOf(admin))).toBe('gone')
    expect(await acceptInvitation(token, CHOSEN, HERE)).toBe('withdrawn')
    const password = await handed(admin, who)
    await withdrawInvitation(admin, await idOf(admin))
    expect(await withPassword(who.email, password)).toBeNull()
    expect((await auditOf(admin)).filter((action) => action === 'invitation.withdrawn')).toHaveLength(2)
  })

  it('sent again live for seven more days, and the earlier link is over', async () => {
    const [admin, who] = [await someAdmin(), newcomer()]
    const start = new Date(Date.now() - INVITATION_LIFETIME_MS - 1)
    const first = await mailed(admin, who, start)
    const soon = new Date(start.getTime() + INVITATION_RESEND_WAIT_MS - 1)
    expect(await resendInvitation(admin, await idOf(admin), soon)).toBe('too-soon')
    const hourBefore = new Date(start.getTime() - 60 * 60_000)
    expect(await resendInvitation(admin, await idOf(admin), hourBefore)).toBe('sent')
    expect(await resendInvitation(admin, await idOf(admin))).toBe('sent')
    const { token } = await mailsTo(who.email)
    expect(await acceptInvitation(first, CHOSEN, HERE)).toBe('unknown')
    expect(await acceptInvitation(token, CHOSEN, HERE)).toEqual({ email: who.email })
    expect(await resendInvitation(admin, await idOf(admin))).toBe('gone')
    expect(await auditOf(admin)).toEqual([
      ...['invitation.sent', 'invitation.resent', 'invitation.resent', 'agent.added'],
    ])
  })

  it('an address of another account gets the same answer, and its owner alone is told', async () => {
    const [ours, theirs] = [await someAdmin(), await someAdmin()]
    const { email } = await someColleague(theirs, {})
    const who = { ...newcomer(), email }
    expect(await invite(ours, who, 'mail')).toEqual(await invite(ours, newcomer(), 'mail'))
    expect(await resendInvitation(ours, await idOf(ours), new Date(Date.now() + 120_000))).toBe('sent')
    const [row, other] = await rowsOf(ours)
    expect(Object.keys(row ?? {})).toEqual(Object.keys(other ?? {}))
    await withdrawInvitation(ours, row?.id ?? '')
    const password = await handed(ours, who)
    const { subject, text, token } = await mailsTo(email)
    expect(subject).toMatch(/^Ada invites you to /)
    expect(text).toContain('an address belongs to one place only')
    expect(token).toBe('')
    expect(await verifyIdentity(email, password)).toBeNull()
    expect((await agentWith(email))?.accountId).toBe(theirs.accountId)
  })

  it('an address claimed elsewhere meanwhile is claimed by no second account', async () => {
    const [ours, theirs, who] = [await someAdmin(), await someAdmin(), newcomer()]
    const [first, second] = [await mailed(ours, who), await mailed(theirs, who)]
    const answers = await Promise.all([first, second].map((token) => acceptInvitation(token, CHOSEN, HERE)))
    expect(answers).toContainEqual({ email: who.email })
    expect(answers).toContain('email-taken')
    expect(await database().agent.count({ where: { email: who.email } })).toBe(1)
  })

  it('in the own account an agent or an open invitation is named, and twenty at once make one', async () => {
    const [admin, who] = [await someAdmin(), newcomer()]
    const { email } = await someColleague(admin, {})
    expect(await invite(admin, { ...who, email }, 'mail')).toBe('email-taken')
    const answers = await Promise.all(Array.from({ length: 20 }, () => invite(admin, who, 'mail')))
    expect(answers.filter((answer) => answer === 'invited-already')).toHaveLength(19)
  })

  it('nobody invites, sends again or takes back beyond their rights', async () => {
    const admin = await someAdmin()
    const people = await someColleague(admin, { managesAgents: true })
    for (const rights of [ADMIN, SECURITY])
      expect(await invite(people, newcomer(rights), 'mail')).toBe('beyond-rights')
    await mailed(admin, newcomer(ADMIN))
    const later = new Date(Date.now() + 120_000)
    expect(await resendInvitation(people, await idOf(admin), later)).toBe('beyond-rights')
    expect(await withdrawInvitation(people, await idOf(admin))).toBe('beyond-rights')
    const plain = await someColleague(admin, {})
    for (const attempt of [
      () => invite(plain, newcomer(), 'mail'),
      () => resendInvitation(plain, 'x'),
      () => withdrawInvitation({ ...plain, managesAgents: true }, 'x'),
    ])
      await expect(attempt()).rejects.toThrow(NotPermitted)
    const stranger = await someAdmin()
    expect(await withdrawInvitation(stranger, await idOf(admin))).toBe('gone')
    expect(await resendInvitation(stranger, await idOf(admin), later)).toBe('gone')
  })

  it('give nothing that the one who invited could not give any more', async () => {
    const admin = await someAdmin()
    const second = await someColleague(admin, { role: 'ADMIN' })
    const third = await someColleague(admin, { role: 'ADMIN' })
    const [one, two] = [await mailed(second, newcomer(ADMIN)), await mailed(third)]
    const { version, name } = await database().agent.findUniqueOrThrow({ where: { id: second.agentId } })
    await changeAgent(admin, { agentId: second.agentId, version, name, ...PLAIN, managesAgents: true })
    await setAgentEnabled(admin, third.agentId, false)
    for (const token of [one, two]) expect(await acceptInvitation(token, CHOSEN, HERE)).toBe('expired')
    expect(
      await acceptInvitation(await mailed({ ...second, ...PLAIN, managesAgents: true }), CHOSEN, HERE),
    ).toHaveProperty('email')
  })
})
