import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { type AgentListing, parseAgentListing } from '../core/agent-listing'
import { type Actor, NotPermitted } from '../core/permissions'
import { createAccount, operatorOf } from './accounts'
import { listAgents } from './agent-list'
import { transact } from './database'

const FIRST: AgentListing = parseAgentListing({})
const DAY_MS = 86_400_000

let serial = 0

async function accountWith(agents: readonly { name: string; email?: string }[]): Promise<Actor> {
  const email = `zoe${++serial}@example.com`
  const made = await createAccount({
    accountName: 'Example',
    name: 'Zoe',
    email,
    password: 'correct horse battery',
  })
  if (typeof made === 'string') throw new Error(made)
  const { accountId } = made
  const rows = agents.map(({ name, email: own }) => ({
    accountId,
    name,
    email: own ?? `someone${++serial}@example.com`,
    passwordHash: '',
  }))
  await transact((tx) => tx.agent.createMany({ data: rows }))
  return { ...operatorOf(accountId), agentId: made.agentId }
}

async function namesOf(actor: Actor, query: Record<string, string>): Promise<string[]> {
  return (await listAgents(actor, parseAgentListing(query))).agents.map(({ name }) => name)
}

describe.each(TEST_DATABASES)('listAgents on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('needs Manage Agents and shows no other account', async () => {
    const actor = await accountWith([{ name: 'Ana' }])
    await accountWith([{ name: 'Foreign' }])
    expect(await namesOf(actor, {})).toEqual(['Ana', 'Zoe'])
    const plain = { ...actor, role: 'AGENT' as const, managesAgents: false }
    await expect(listAgents(plain, FIRST)).rejects.toThrow(NotPermitted)
  })

  it('pages by 25, and a page past the end is the last one', async () => {
    const names = Array.from({ length: 59 }, (_, at) => `Agent ${String(at).padStart(2, '0')}`)
    const actor = await accountWith(names.map((name) => ({ name })))
    expect(await listAgents(actor, FIRST)).toMatchObject({ total: 60, activeAdmins: 1, page: 1, pages: 3 })
    expect(await namesOf(actor, { page: '2' })).toEqual(names.slice(25, 50))
    const last = await listAgents(actor, { ...FIRST, page: 99 })
    expect(last.page).toBe(3)
    expect(last.agents.map(({ name }) => name)).toEqual([...names.slice(50), 'Zoe'])
  })

  it('knows whether there is one active admin, or more', async () => {
    const actor = await accountWith([{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cleo' }])
    await accountWith([{ name: 'Foreign' }])
    const ids = (await listAgents(actor, FIRST)).agents.slice(0, 2).map(({ id }) => id)
    const change = (data: { role?: 'ADMIN'; enabled?: boolean }) =>
      transact((tx) => tx.agent.updateMany({ where: { id: { in: ids } }, data }))
    expect(await listAgents(actor, FIRST)).toMatchObject({ activeAdmins: 1 })
    await change({ role: 'ADMIN', enabled: false })
    expect(await listAgents(actor, FIRST)).toMatchObject({ activeAdmins: 1 })
    await change({ enabled: true })
    expect(await listAgents(actor, FIRST)).toMatchObject({ activeAdmins: 2 })
  })

  it('finds by name and e-mail whatever the case, and takes % and _ literally', async () => {
    const tag = `tag${++serial}`
    const actor = await accountWith([
      { name: 'Ana Lima', email: `first_${tag}@example.com` },
      { name: 'Anatol', email: `firstx${tag}@example.com` },
      { name: '100% Ben', email: `second${tag}@example.com` },
      { name: 'Élodie' },
    ])
    expect(await namesOf(actor, { q: 'aNA' })).toEqual(['Ana Lima', 'Anatol'])
    expect(await namesOf(actor, { q: 'Élo' })).toEqual(['Élodie'])
    expect(await namesOf(actor, { q: `FIRST_${tag}` })).toEqual(['Ana Lima'])
    expect(await namesOf(actor, { q: '0%' })).toEqual(['100% Ben'])
    expect(await namesOf(actor, { q: '\\' })).toEqual([])
    expect(await namesOf(actor, { q: "' OR 1=1 --" })).toEqual([])
    expect(await listAgents(actor, parseAgentListing({ q: 'aNA' }))).toMatchObject({ total: 2 })
  })

  it('sorts by each column, both ways', async () => {
    const actor = await accountWith([{ name: 'ana' }, { name: 'Ben' }])
    const id = async (name: string) =>
      (await listAgents(actor, FIRST)).agents.find((agent) => agent.name === name)?.id ?? ''
    const [ana, ben] = [await id('ana'), await id('Ben')]
    await transact(async (tx) => {
      await tx.agent.update({
        where: { id: ana },
        data: { enabled: false, lastSignInAt: new Date(2 * DAY_MS) },
      })
      await tx.agent.update({ where: { id: ben }, data: { lastSignInAt: new Date(DAY_MS) } })
    })
    expect(await namesOf(actor, {})).toEqual(['ana', 'Ben', 'Zoe'])
    expect(await namesOf(actor, { sort: '-name' })).toEqual(['Zoe', 'Ben', 'ana'])
    expect(await namesOf(actor, { sort: 'role' })).toEqual(['Zoe', 'ana', 'Ben'])
    expect(await namesOf(actor, { sort: '-role' })).toEqual(['ana', 'Ben', 'Zoe'])
    expect(await namesOf(actor, { sort: 'status' })).toEqual(['Ben', 'Zoe', 'ana'])
    expect(await namesOf(actor, { sort: '-status' })).toEqual(['ana', 'Ben', 'Zoe'])
    expect(await namesOf(actor, { sort: 'last-sign-in' })).toEqual(['Zoe', 'Ben', 'ana'])
    expect(await namesOf(actor, { sort: '-last-sign-in' })).toEqual(['ana', 'Ben', 'Zoe'])
  })

  it('lists the invited until they accept, and filters by status and role', async () => {
    const actor = await accountWith([{ name: 'Ana' }, { name: 'Ben' }])
    const ben = (await listAgents(actor, FIRST)).agents[1]?.id ?? ''
    await transact((tx) => tx.agent.update({ where: { id: ben }, data: { enabled: false } }))
    const row = { accountId: actor.accountId, invitedByName: 'Zoe', expiresAt: new Date(DAY_MS) }
    const invited = (name: string, rest: object = {}) =>
      transact((tx) =>
        tx.invitation.create({
          data: { ...row, name, email: `i${++serial}@example.com`, tokenHash: `${++serial}`, ...rest },
        }),
      )
    await invited('Cleo', { role: 'ADMIN' })
    await invited('Dan', { temporaryHash: 'x' })
    await invited('Eve', { closedAt: new Date() })
    await invited('Foreign', { accountId: (await accountWith([])).accountId })
    expect(await namesOf(actor, {})).toEqual(['Ana', 'Ben', 'Cleo', 'Dan', 'Zoe'])
    expect(await namesOf(actor, { sort: 'status' })).toEqual(['Ana', 'Zoe', 'Cleo', 'Dan', 'Ben'])
    expect(await namesOf(actor, { sort: '-status' })).toEqual(['Ben', 'Cleo', 'Dan', 'Ana', 'Zoe'])
    expect(await namesOf(actor, { sort: '-last-sign-in' })).toHaveLength(5)
    expect(await namesOf(actor, { status: 'active' })).toEqual(['Ana', 'Zoe'])
    expect(await namesOf(actor, { status: 'disabled' })).toEqual(['Ben'])
    expect(await namesOf(actor, { status: 'invited' })).toEqual(['Cleo', 'Dan'])
    expect(await namesOf(actor, { role: 'admin' })).toEqual(['Cleo', 'Zoe'])
    expect(await namesOf(actor, { role: 'agent', status: 'invited', q: 'DA' })).toEqual(['Dan'])
    const { agents, total } = await listAgents(actor, parseAgentListing({ status: 'invited' }))
    expect(total).toBe(2)
    expect(agents[0]).toMatchObject({
      ...{ status: 'invited', invitedUntil: new Date(DAY_MS), passwordTemporary: false, lastSignIn: null },
    })
    expect(agents[1]).toMatchObject({ passwordTemporary: true, role: 'AGENT' })
  })

  it('shows who has a second factor in force, and filters by it', async () => {
    const actor = await accountWith([{ name: 'Ana' }, { name: 'Ben' }, { name: 'Cleo' }])
    const { accountId } = actor
    const [ana, ben, cleo] = (await listAgents(actor, FIRST)).agents.map(({ id }) => id)
    const owner = (agentId = '') => ({ accountId, agentId })
    await transact(async (tx) => {
      await tx.totpFactor.create({ data: { ...owner(ana), sealedSecret: 'x', confirmedAt: new Date() } })
      await tx.totpFactor.create({ data: { ...owner(ben), sealedSecret: 'x' } })
      await tx.recoveryCode.create({ data: { ...owner(ben), salt: 'x', codeHash: 'x' } })
      const key = { credentialId: `key${++serial}`, publicKey: 'x', name: 'Blue key' }
      await tx.passkey.create({ data: { ...owner(cleo), ...key } })
      const invited = { name: 'Dan', email: `i${++serial}@example.com`, tokenHash: `${++serial}` }
      const expiresAt = new Date(Date.now() + DAY_MS)
      await tx.invitation.create({ data: { accountId, invitedByName: 'Zoe', expiresAt, ...invited } })
    })
    const { agents } = await listAgents(actor, FIRST)
    expect(agents.map(({ name, hasFactor }) => [name, hasFactor])).toEqual([
      ...[
        ['Ana', true],
        ['Ben', false],
        ['Cleo', true],
        ['Dan', false],
        ['Zoe', false],
      ],
    ])
    expect(await namesOf(actor, { factor: 'with' })).toEqual(['Ana', 'Cleo'])
    expect(await namesOf(actor, { factor: 'without' })).toEqual(['Ben', 'Zoe'])
    expect(await namesOf(actor, { factor: 'without', role: 'admin', status: 'active' })).toEqual(['Zoe'])
    expect(await namesOf(actor, { factor: 'without', status: 'invited' })).toEqual([])
    expect(await namesOf(actor, { factor: 'with', status: 'invited' })).toEqual([])
    expect(await listAgents(actor, parseAgentListing({ factor: 'with' }))).toMatchObject({ total: 2 })
  })

  it('names the last sign-in that was admitted, when and from where', async () => {
    const actor = await accountWith([{ name: 'Ana' }])
    const ana = (await listAgents(actor, FIRST)).agents[0]
    expect(ana?.lastSignIn).toBeNull()
    const event = (dayOfYear: number, outcome: string, address: string) => ({
      accountId: actor.accountId,
      agentId: ana?.id,
      emailTried: 'ana@example.com',
      surface: 'MOBILE' as const,
      address,
      outcome,
      because: 'listed',
      device: 'Phone',
      at: new Date(dayOfYear * DAY_MS),
    })
    await transact((tx) =>
      tx.signInEvent.createMany({
        data: [
          event(2, 'admitted', '4c6336402'),
          event(3, 'admitted', '4c6336403'),
          event(4, 'refused', '4c6336404'),
          event(5, 'failed', '4c6336405'),
        ],
      }),
    )
    expect((await listAgents(actor, FIRST)).agents[0]?.lastSignIn).toEqual({
      at: new Date(3 * DAY_MS),
      surface: 'MOBILE',
      address: '4c6336403',
      device: 'Phone',
    })
  })
})
