import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rangesOf, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { withTotp } from '@/scripts/testing/factors'
import { behindOffice, latestMail, mailedLink, refused, withLink } from '@/scripts/testing/sign-ins'
import { setAgentEnabled } from './agents'
import { decideApproval, listWaitingApprovals, readApprovalStanding, requestApproval } from './approvals'
import { requestLink } from './authorization-links'
import { database, transact } from './database'
import { readFactorRequirement, setFactorRequired } from './factor-requirement'
import { consumeLink } from './link-decisions'
import type { PendingSignIn } from './pending-sign-ins'
import { beginTotp } from './totp'

const HOUR_MS = 3_600_000
type Admin = Awaited<ReturnType<typeof someAdmin>>

describe.each(TEST_DATABASES)('approvals on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** Ada behind an office, and Bea, another admin. */
  async function scene() {
    const ada = await someAdmin()
    await behindOffice(ada)
    const bea = await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    return { ada, bea }
  }

  /** An agent who manages security, and an admin who is disabled. */
  async function nobodyToAsk(ada: Admin) {
    await someColleague(ada, { managesSecurity: true })
    const { agentId } = await someColleague(ada, { role: 'ADMIN' })
    await setAgentEnabled(ada, agentId, false)
  }

  const resetByMail = (actor: Admin, hoursAgo: number) =>
    transact((tx) =>
      tx.agent.update({
        where: { id: actor.agentId },
        data: { passwordResetAt: new Date(Date.now() - hoursAgo * HOUR_MS) },
      }),
    )
  const use = (token: string, pendingToken: string) =>
    consumeLink({ token, code: null, pendingToken, keep: 'forever', clicker: null })
  const idOf = async (pending: PendingSignIn) =>
    (await database().approval.findUniqueOrThrow({ where: { pendingSignInId: pending.id } })).id
  const decide = async (actor: Admin, pending: PendingSignIn, approve = true, minutesAgo = 0) =>
    decideApproval(actor, {
      ...{ id: await idOf(pending), approve },
      provenAt: new Date(Date.now() - minutesAgo * 60_000),
    })

  it('for a day after a reset by mail the mailbox alone gets no link', async () => {
    const { ada } = await scene()
    const { pending } = await refused(ada)
    await resetByMail(ada, 23.9)
    expect(await requestLink(pending)).toEqual({ outcome: 'needs-approval' })
    expect(await database().authorizationLink.count({ where: { agentId: ada.agentId } })).toBe(0)
    await resetByMail(ada, 24.1)
    expect(await requestLink(pending)).toEqual({ outcome: 'queued' })
  })

  it('and a link that has been mailed adds nothing, though it is not spent', async () => {
    const { ada, bea } = await scene()
    const { pending, cookie, token } = await withLink(ada)
    const before = (await rangesOf(ada)).length
    await resetByMail(ada, 1)
    expect(await use(token, cookie)).toEqual({ outcome: 'needs-approval' })
    expect(await rangesOf(ada)).toHaveLength(before)
    expect(await requestApproval(pending)).toBe('asked')
    expect(await decide(bea, pending)).toBe('approved')
    expect(await use(token, cookie)).toMatchObject({ outcome: 'authorized' })
  })

  it('a second factor that was proven in that sign-in is enough', async () => {
    const { ada } = await scene()
    await withTotp(ada)
    await resetByMail(ada, 1)
    const { pending, cookie } = await refused(ada, '198.51.100.7', true)
    expect(await readApprovalStanding(pending)).toEqual({ need: null, request: null })
    expect(await use(await mailedLink(pending), cookie)).toMatchObject({ outcome: 'authorized' })
  })

  it('an admin who needs a second factor and has none is not let in by the mailbox alone', async () => {
    const { ada } = await scene()
    const { pending } = await refused(ada)
    expect(await setFactorRequired(ada, { required: true, provenAt: null })).toBe('changed')
    expect(await readApprovalStanding(pending)).toEqual({ need: 'factor-missing', request: null })
    expect(await requestLink(pending)).toEqual({ outcome: 'needs-approval' })
  })

  it('the other admins are asked by mail, once, and one of them approves', async () => {
    const { ada, bea } = await scene()
    await nobodyToAsk(ada)
    await resetByMail(ada, 1)
    const { pending } = await refused(ada)
    const asked = await Promise.all([requestApproval(pending), requestApproval(pending)])
    expect(asked.sort()).toEqual(['asked', 'asked-already'])
    expect(await latestMail()).toMatchObject({
      to: bea.email,
      subject: 'Ada asks you to approve 198.51.100.7',
    })
    const mails = { accountId: ada.accountId, kind: 'approval-wanted' }
    expect(await database().outboxMail.count({ where: mails })).toBe(1)
    expect(await listWaitingApprovals(bea)).toMatchObject([{ agentName: 'Ada', address: pending.address }])
    expect(await listWaitingApprovals(ada)).toEqual([])
    expect(await decide(bea, pending, true, 16)).toBe('prove-again')
    expect((await readApprovalStanding(pending)).request).toBe('waiting')
    const decided = await Promise.all([decide(bea, pending), decide(bea, pending)])
    expect(decided.sort()).toEqual(['approved', 'gone'])
    expect(await readApprovalStanding(pending)).toEqual({ need: null, request: 'approved' })
    expect(await requestLink(pending)).toEqual({ outcome: 'queued' })
    expect(await listWaitingApprovals(bea)).toEqual([])
    const audit = await database().auditEvent.findMany({
      where: { accountId: ada.accountId, action: { startsWith: 'approval.' } },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['approval.requested', ada.agentId],
      ['approval.granted', bea.agentId],
    ])
    expect(JSON.parse(audit[1]?.after ?? '')).toEqual({ agent: 'Ada' })
  })

  it('a refusal holds for that sign-in, and an approval for no other', async () => {
    const { ada, bea } = await scene()
    await resetByMail(ada, 1)
    const { pending } = await refused(ada)
    await requestApproval(pending)
    expect(await decide(bea, pending, false, 60)).toBe('refused')
    expect(await requestApproval(pending)).toBe('asked-already')
    expect(await requestLink(pending)).toEqual({ outcome: 'needs-approval' })
    const { pending: second } = await refused(ada)
    await requestApproval(second)
    expect(await decide(bea, second)).toBe('approved')
    const { pending: third } = await refused(ada)
    expect(await requestLink(third)).toEqual({ outcome: 'needs-approval' })
  })

  it('nobody decides about oneself, without being an admin, or from another account', async () => {
    const { ada } = await scene()
    const stranger = await someAdmin()
    const manager = await someColleague(ada, { managesSecurity: true })
    await resetByMail(ada, 1)
    const { pending } = await refused(ada)
    await requestApproval(pending)
    expect(await decide(ada, pending)).toBe('own')
    expect(await decide(stranger, pending)).toBe('gone')
    await expect(decide(manager, pending)).rejects.toThrow('MANAGE_SECURITY')
    expect(await listWaitingApprovals(manager)).toEqual([])
    expect(await listWaitingApprovals(stranger)).toEqual([])
    expect((await readApprovalStanding(pending)).request).toBe('waiting')
  })

  it('the only admin has nobody to ask', async () => {
    const ada = await someAdmin()
    await behindOffice(ada)
    await nobodyToAsk(ada)
    await resetByMail(ada, 1)
    const { pending } = await refused(ada)
    expect(await requestApproval(pending)).toBe('nobody')
    expect(await database().approval.count({ where: { agentId: ada.agentId } })).toBe(0)
  })

  it('is nothing for an agent, nor for an address that is not known', async () => {
    const { ada } = await scene()
    const agent = await someColleague(ada, {})
    for (const person of [ada, agent]) await resetByMail(person, 1)
    const asking = [(await refused(ada, null)).pending, (await refused(agent)).pending]
    for (const pending of asking) expect(await requestApproval(pending)).toBe('not-needed')
  })
})

describe.each(TEST_DATABASES)('the demand for second factors on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('is made and ended with an audit row each, and ended only with a recent proof', async () => {
    const ada = await someAdmin()
    const set = (required: boolean, minutesAgo: number) =>
      setFactorRequired(ada, { required, provenAt: new Date(Date.now() - minutesAgo * 60_000) })
    expect(await set(true, 60)).toBe('changed')
    expect(await set(true, 60)).toBe('unchanged')
    expect(await set(false, 60)).toBe('prove-again')
    expect(await set(false, 1)).toBe('changed')
    const audit = await database().auditEvent.findMany({
      where: { accountId: ada.accountId, action: { startsWith: 'account.factor' } },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ action }) => action)).toEqual(['account.factor_required', 'account.factor_released'])
  })

  it('names the active admins without one, and is for who manages security', async () => {
    const ada = await someAdmin()
    const bea = await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    await beginTotp(bea, 'bea@example.com')
    const { accountId, agentId } = await someColleague(ada, { role: 'ADMIN' }, 'Cy')
    const key = { accountId, agentId, credentialId: agentId, publicKey: '', name: 'Key' }
    await transact((tx) => tx.passkey.create({ data: key }))
    const agent = await someColleague(ada, { managesAgents: true })
    await someAdmin()
    await withTotp(ada)
    expect(await readFactorRequirement(ada)).toMatchObject({
      isRequired: false,
      admins: 3,
      without: [{ name: 'Bea' }],
    })
    await expect(readFactorRequirement(agent)).rejects.toThrow('MANAGE_SECURITY')
    await expect(setFactorRequired(agent, { required: true, provenAt: new Date() })).rejects.toThrow(
      'MANAGE_SECURITY',
    )
  })
})
