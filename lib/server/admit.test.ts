import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { address, plantSwitches, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { behindOffice, identityOf, PLAIN_WAY } from '@/scripts/testing/sign-ins'
import { setAgentEnabled } from '../data/agents'
import { bumpVersion } from '../data/allowlist'
import { database, type Transaction, transact } from '../data/database'
import { startDevice } from '../data/devices'
import { type SessionStart, startSession } from '../data/sessions'
import { admit, type Entrant } from './admit'

vi.stubEnv('LOG_LEVEL', 'silent')

const OFFICE = '203.0.113.9'
const HOTEL = '198.51.100.7'

describe.each(TEST_DATABASES)('the way in on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  /** An agent behind an office's list, and what they begin: a phone. */
  async function agentBehindOffice() {
    const admin = await someAdmin()
    await behindOffice(admin)
    const { accountId, agentId } = await someColleague(admin, {})
    await transact((tx) => tx.agent.update({ where: { id: agentId }, data: { lastSignInAt: new Date(1) } }))
    const agent = await identityOf({ ...admin, agentId })
    const at = (text: string): Entrant => ({
      ...{ accountId, agentId, email: agent.email, surface: 'AGENT_CONSOLE', address: address(text) },
      ...{ ...PLAIN_WAY, device: 'Firefox on Windows' },
    })
    const phone = { name: 'Pixel 9', address: address(OFFICE), factorProven: false }
    const begin = (tx: Transaction) => startDevice(tx, agent, phone, new Date())
    const attempts = async () =>
      (await database().signInEvent.findMany({ where: { agentId } })).map(
        ({ outcome, because, rangeId }) => `${outcome} ${because}${rangeId ? ' by a range' : ''}`,
      )
    const left = async () => ({
      phones: await database().mobileDevice.count({ where: { agentId } }),
      audited: await database().auditEvent.count({ where: { actorId: agentId } }),
      mails: await database().outboxMail.count({ where: { accountId, kind: 'new-device' } }),
    })
    return { admin, agent, at, begin, attempts, left }
  }

  it('records who is admitted together with what they begin', async () => {
    const { at, begin, attempts, left } = await agentBehindOffice()
    expect(await admit(at(OFFICE), begin)).toMatchObject({ admit: true, begun: { name: 'Pixel 9' } })
    expect(await attempts()).toEqual(['admitted listed by a range'])
    expect(await left()).toEqual({ phones: 1, audited: 1, mails: 1 })
  })

  it('records the attempt no later than its session begins, which is how the two are told to belong together', async () => {
    const { agent, at } = await agentBehindOffice()
    const start: SessionStart = {
      ...{ accountId: agent.accountId, agentId: agent.id, passwordChangedAt: agent.passwordChangedAt },
      ...{ provenAt: new Date(), factorProven: false, surface: 'AGENT_CONSOLE', address: null, device: '' },
    }
    const session = await admit(at(OFFICE), (tx) => startSession(tx, start))
    const id = session.admit ? session.begun?.id : ''
    const { createdAt } = await database().session.findUniqueOrThrow({ where: { id } })
    const attempt = await database().signInEvent.findFirstOrThrow({ where: { agentId: agent.id } })
    expect(attempt.at.getTime()).toBeLessThanOrEqual(createdAt.getTime())
  })

  it('records who is refused, and begins nothing', async () => {
    const { at, attempts } = await agentBehindOffice()
    const begin = () => Promise.reject(new Error('It was begun.'))
    expect(await admit(at(HOTEL), begin)).toEqual({ admit: false, because: 'not-listed' })
    expect(await attempts()).toEqual(['refused not-listed'])
  })

  it.each([
    ['admits', OFFICE, 'admitted listed by a range'],
    ['refuses', HOTEL, 'refused not-listed'],
  ])(
    '%s on the list of after a change that comes between verdict and beginning',
    async (_claim, from, recorded) => {
      const { admin, at, begin, attempts, left } = await agentBehindOffice()
      await plantSwitches(admin, { allowlistEnabled: false })
      let judged = () => {}
      const isJudged = new Promise<void>((resolve) => {
        judged = resolve
      })
      let change: Promise<void> | undefined
      await new Promise<void>((isUnderWay) => {
        change = transact(async (tx) => {
          await tx.account.update({ where: { id: admin.accountId }, data: { allowlistEnabled: true } })
          await bumpVersion(tx, admin.accountId)
          isUnderWay()
          await isJudged
        })
      })
      const entrant: Entrant = {
        ...at(from),
        // Read for the record of a verdict.
        get resolved() {
          judged()
          return PLAIN_WAY.resolved
        },
      }
      expect((await admit(entrant, begin)).admit).toBe(from === OFFICE)
      await change
      expect(await attempts()).toEqual([recorded])
      expect((await left()).phones).toBe(from === OFFICE ? 1 : 0)
    },
  )

  it('records a failure, and leaves nothing, for somebody disabled after they proved who they are', async () => {
    const { admin, agent, at, begin, attempts, left } = await agentBehindOffice()
    await setAgentEnabled(admin, agent.id, false)
    expect(await admit(at(OFFICE), begin)).toEqual({ admit: true, begun: null })
    expect(await attempts()).toEqual(['failed wrong-credentials'])
    expect(await left()).toEqual({ phones: 0, audited: 0, mails: 0 })
  })

  it('leaves neither a record nor what was begun when one of them can’t be written', async () => {
    const { at, begin, attempts, left } = await agentBehindOffice()
    const broken = async (tx: Transaction) => {
      await begin(tx)
      throw new Error('No audit row could be written.')
    }
    await expect(admit(at(OFFICE), broken)).rejects.toThrow('No audit row')
    expect(await attempts()).toEqual([])
    expect(await left()).toEqual({ phones: 0, audited: 0, mails: 0 })
  })
})
