import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  address,
  newRange,
  plantRanges,
  plantSwitches,
  range,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { someSession } from '@/scripts/testing/factors'
import {
  act,
  type Deed,
  isLive,
  NEW_WORLD,
  PEOPLE,
  SPOTS,
  stateOf,
  type Who,
  type World,
} from '@/scripts/testing/people-model'
import {
  DEVICE,
  identityOf,
  latestMail,
  PASSWORD,
  PLAIN_WAY,
  refused,
  tokenIn,
  withLink,
} from '@/scripts/testing/sign-ins'
import { LINK_LIFETIME_MS } from '../core/authorization-link'
import { type Actor, NotPermitted } from '../core/permissions'
import { operatorOf } from '../data/accounts'
import { endSessionsOf } from '../data/agent-endings'
import { changeOwnPassword, resetPassword } from '../data/agent-passwords'
import { changeAgent, setAgentEnabled } from '../data/agents'
import { decideApproval, requestApproval } from '../data/approvals'
import { verifyAudit } from '../data/audit-verify'
import { requestLink } from '../data/authorization-links'
import { database, transact } from '../data/database'
import { consumeLink, denyLink, viewLink } from '../data/link-decisions'
import { markMailSent } from '../data/outbox'
import { endOwnOthers } from '../data/own-access'
import { consumePendingSignIn, findPendingSignIn } from '../data/pending-sign-ins'
import { codeOf } from '../data/secrets'
import { endOwnSession, findLiveSession, startSession } from '../data/sessions'
import { admit } from './admit'

vi.stubEnv('LOG_LEVEL', 'silent')

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const OFFICE = '203.0.113.9'

type Person = Actor & { agentId: string }
type Step = Deed | { do: 'wait'; ms: number }

const who = fc.constantFrom(...PEOPLE)
const admins = fc.constantFrom<Who>('ada', 'ada', 'bea', 'ben')
const back = fc.nat(5)
const one = <D extends string, R extends object>(name: D, rest: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ do: fc.constant(name), ...rest } as never) as fc.Arbitrary<{ do: D } & R>
const rights = fc.record({ isAdmin: fc.boolean(), security: fc.boolean(), agents: fc.boolean() })
const how = fc.constantFrom('same-browser', 'code', 'wrong-code', 'wrong-code', 'wrong-code', 'no-code')
const weigh = (weight: number, arbitrary: fc.Arbitrary<unknown>) => ({
  weight,
  arbitrary: arbitrary as fc.Arbitrary<Step>,
})
const single = fc.oneof(
  weigh(3, one('sign-in', { who })),
  weigh(4, one('be-refused', { who: admins, spot: fc.nat(1) })),
  weigh(3, one('continue', { pending: back })),
  weigh(2, one('use-session', { session: back })),
  weigh(7, one('request', { pending: back })),
  weigh(4, one('deliver', { link: back })),
  weigh(9, one('use', { link: back, how, day: fc.boolean() })),
  weigh(2, one('deny', { link: back })),
  weigh(1, one('note-reset', { who: admins })),
  weigh(2, one('ask-approval', { pending: back })),
  weigh(
    2,
    one('decide', {
      by: admins,
      pending: back,
      approve: fc.constantFrom(true, true, false),
      proven: fc.constantFrom(true, true, false),
    }),
  ),
  weigh(4, one('change', { by: who, who, rights, isStale: fc.constantFrom(false, false, false, true) })),
  weigh(4, one('enable', { by: who, who, enabled: fc.boolean() })),
  weigh(2, one('reset-password', { by: who, who })),
  weigh(1, one('end-sessions', { by: who, who })),
  weigh(1, one('new-password', { session: back })),
  weigh(1, one('end-others', { session: back })),
  weigh(1, one('sign-out', { session: back })),
  weigh(
    7,
    one('wait', {
      ms: fc.constantFrom(
        MINUTE,
        MINUTE,
        9 * MINUTE,
        10 * MINUTE,
        HOUR,
        12 * HOUR,
        3 * 24 * HOUR,
        -5 * MINUTE,
        -2 * HOUR,
      ),
    }),
  ),
)

/** What people do one thing after the other; alone, chance would hardly ever put it together. */
const habit = fc
  .record({ who: admins, spot: fc.nat(1), link: back })
  .chain(({ who: name, spot, link }): fc.Arbitrary<Step[]> => {
    const request: Step[] = [
      { do: 'be-refused', who: name, spot },
      { do: 'request', pending: 0 },
      { do: 'deliver', link: 0 },
    ]
    const guess: Step = { do: 'use', link, how: 'wrong-code', day: false }
    const again: Step[] = [
      { do: 'wait', ms: MINUTE },
      { do: 'request', pending: 0 },
    ]
    return fc.constantFrom(
      request,
      [...request, { do: 'deny', link: 0 }] satisfies Step[],
      [guess, guess, guess, guess, guess],
      [...request, ...again, ...again, ...again, ...again, ...again],
    )
  })
const story = fc
  .array(fc.oneof({ weight: 6, arbitrary: single.map((step) => [step]) }, { weight: 1, arbitrary: habit }), {
    minLength: 20,
    maxLength: 36,
    size: 'max',
  })
  .map((parts) => parts.flat())

/** The same stories each time, unless RUNS asks for so many of others; a failure tells its seed, to be given as SEED. */
const { RUNS, SEED = RUNS ? undefined : '1' } = process.env

describe.each(TEST_DATABASES)('people come, go and are let back in as the rules say, on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it(
    'in stories made at random',
    async () => {
      const neighbour = await someNeighbour()
      const before = await rowsOf(neighbour)
      await fc.assert(
        fc.asyncProperty(story, async (steps) => {
          const scene = await Scene.open()
          for (const step of steps) await scene.play(step)
          await scene.finish()
        }),
        {
          numRuns: Number(RUNS ?? (kind === 'sqlite' ? 8 : 3)),
          ...(SEED ? { seed: Number(SEED) } : {}),
        },
      )
      expect(await rowsOf(neighbour)).toEqual(before)
    },
    RUNS ? 3_600_000 : 300_000,
  )
})

/** An account in which nothing happens, with a session, somebody who was refused, and a link. */
async function someNeighbour(): Promise<Person> {
  const eve = await someAdmin()
  await someSession(eve)
  await withLink(eve)
  return eve
}

/** Everything that changes of people leave behind. */
async function rowsOf({ accountId }: Person) {
  const where = { accountId }
  return {
    agents: await database().agent.findMany({ where }),
    sessions: await database().session.findMany({ where }),
    pending: await database().pendingSignIn.findMany({ where }),
    links: await database().authorizationLink.findMany({ where }),
    audit: await database().auditEvent.count({ where }),
  }
}

/** One account and what the model says of it, side by side. */
class Scene {
  private readonly world: World = structuredClone(NEW_WORLD)
  private readonly pending: { id: string; cookie: string }[] = []
  private readonly links: { id: string; token: string }[] = []
  private readonly sessionIds: string[] = []
  private readonly passwords: Partial<Record<Who, string>> = {}

  private constructor(
    private readonly people: Record<Who, Person>,
    private readonly auditedBefore: number,
  ) {}

  static async open(): Promise<Scene> {
    vi.setSystemTime(new Date('2026-03-01T12:00:00Z'))
    const ada = await someAdmin(OFFICE)
    await plantRanges(ada, newRange('203.0.113.0/24'))
    await plantSwitches(ada, { allowlistEnabled: true })
    const bea = await someColleague(ada, { role: 'ADMIN' }, 'Bea')
    const ben = await someColleague(ada, { managesAgents: true }, 'Ben')
    const cem = await someColleague(ada, {}, 'Cem')
    const audited = await database().auditEvent.count({ where: { accountId: ada.accountId } })
    return new Scene({ ada, bea, ben, cem }, audited)
  }

  private get accountId(): string {
    return this.people.ada.accountId
  }

  async play(step: Step): Promise<void> {
    vi.setSystemTime(Date.now() + (step.do === 'wait' ? step.ms : 1001))
    const said = JSON.stringify(step)
    if (step.do !== 'wait') {
      const deed = this.resolve(step)
      const outcome = await this.attempt(deed).catch((error) => {
        if (error instanceof NotPermitted) return 'not-permitted'
        throw error
      })
      expect(outcome, said).toBe(act(this.world, deed, Date.now()))
    }
    await this.compare(said)
  }

  /** From "so many back", in turn, to a place in the list. */
  private resolve(step: Deed): Deed {
    const place = (list: unknown[], at: number) => list.length - 1 - (at % Math.max(1, list.length))
    const deed = { ...step }
    if ('pending' in deed) deed.pending = place(this.pending, deed.pending)
    if ('link' in deed) deed.link = place(this.links, deed.link)
    if ('session' in deed) deed.session = place(this.sessionIds, deed.session)
    return deed
  }

  private async attempt(deed: Deed): Promise<string> {
    const { accountId } = this
    switch (deed.do) {
      case 'sign-in': {
        const agent = await identityOf(this.people[deed.who])
        return this.enter(agent, OFFICE)
      }
      case 'be-refused': {
        const agent = this.people[deed.who]
        const enabled = this.world.people[deed.who].enabled
        if (enabled) {
          const { pending, cookie } = await refused(agent, SPOTS[deed.spot])
          this.pending.push({ id: pending.id, cookie })
        } else {
          await expect(refused(agent, SPOTS[deed.spot])).rejects.toThrow('not there')
          const row = await database().pendingSignIn.findFirstOrThrow({
            where: { agentId: agent.agentId },
            orderBy: { id: 'desc' },
          })
          this.pending.push({ id: row.id, cookie: '' })
        }
        return 'refused'
      }
      case 'continue': {
        const { cookie = '' } = this.pending[deed.pending] ?? {}
        const pending = await findPendingSignIn(cookie)
        if (!pending?.address) return 'over'
        return this.enter(
          pending.agent,
          SPOTS.find((spot) => address(spot) === pending.address) ?? '',
          pending.id,
        )
      }
      case 'use-session':
        return (await this.live(deed.session)) ? 'somebody' : 'nobody'
      case 'request': {
        const pending = await findPendingSignIn(this.pending[deed.pending]?.cookie)
        if (!pending) return 'over'
        const { outcome } = await requestLink(pending)
        if (outcome !== 'queued') return outcome
        const { id } = await database().authorizationLink.findFirstOrThrow({
          where: { accountId },
          orderBy: { id: 'desc' },
        })
        this.links.push({ id, token: tokenIn((await latestMail()).text) })
        return outcome
      }
      case 'deliver': {
        const linkId = this.links[deed.link]?.id ?? ''
        const mail = await database().outboxMail.findFirst({
          where: { linkId, sentAt: null, failedAt: null },
        })
        if (!mail) return 'nothing'
        const letter = { to: '', subject: '', text: '', html: '' }
        await markMailSent({ id: mail.id, kind: mail.kind, linkId, attempts: 0, letter }, LINK_LIFETIME_MS)
        return 'delivered'
      }
      case 'use':
        return this.use(deed)
      case 'deny':
        return denyLink(this.links[deed.link]?.token ?? '', null)
      case 'note-reset': {
        const where = { id: this.people[deed.who].agentId }
        await transact((tx) => tx.agent.update({ where, data: { passwordResetAt: new Date() } }))
        return 'noted'
      }
      case 'ask-approval': {
        const pending = await findPendingSignIn(this.pending[deed.pending]?.cookie)
        return pending ? requestApproval(pending) : 'over'
      }
      case 'decide': {
        const { id: pendingSignInId = '' } = this.pending[deed.pending] ?? {}
        const row = await database().approval.findUnique({ where: { pendingSignInId } })
        const provenAt = new Date(Date.now() - (deed.proven ? 14 : 15) * MINUTE)
        return decideApproval(this.people[deed.by], { id: row?.id ?? '', approve: deed.approve, provenAt })
      }
      case 'new-password': {
        const session = await this.live(deed.session)
        if (!session) return 'nobody'
        const person = PEOPLE.find((name) => this.people[name].agentId === session.agent.id) ?? 'cem'
        const newPassword = `some other words ${Date.now()}`
        const change = {
          sessionId: session.id,
          currentPassword: this.passwords[person] ?? PASSWORD,
          newPassword,
        }
        this.passwords[person] = newPassword
        return changeOwnPassword(this.people[person], change)
      }
      case 'end-others':
      case 'sign-out': {
        const session = this.world.sessions[deed.session]
        if (!session) return 'nobody'
        const id = this.sessionIds[deed.session] ?? ''
        const actor = this.people[session.who]
        if (deed.do === 'sign-out') return (await endOwnSession(actor, id, 'signed-out')) ? 'ended' : 'nobody'
        if (!(await this.live(deed.session))) return 'nobody'
        await endOwnOthers(actor, id)
        return 'ended'
      }
      default:
        return this.manage(deed)
    }
  }

  private async live(at: number) {
    return findLiveSession(this.sessionIds[at] ?? '', Date.now(), null)
  }

  /** As next-auth begins a session of somebody who has proven the password. */
  private async enter(
    agent: Awaited<ReturnType<typeof identityOf>>,
    at: string,
    pendingId?: string,
  ): Promise<string> {
    const { accountId, id: agentId, email, passwordChangedAt } = agent
    const place = { surface: 'CONTROL_PANEL', address: address(at), device: DEVICE } as const
    const proven = { accountId, agentId, passwordChangedAt, provenAt: new Date(), factorProven: false }
    const admission = await admit({ ...PLAIN_WAY, ...place, accountId, agentId, email }, async (tx) => {
      if (pendingId && !(await consumePendingSignIn(tx, pendingId))) return null
      return startSession(tx, { ...proven, ...place })
    })
    if (!admission.admit) return 'refused'
    if (!admission.begun) return 'wrong'
    this.sessionIds.push(admission.begun.id)
    return 'entered'
  }

  private async use({ link: at, how, day }: Deed & { do: 'use' }): Promise<string> {
    const link = this.links[at]
    const known = this.world.links[at]
    const pending = known && this.pending[known.pending]
    const right = codeOf(pending?.id ?? '')
    const wrong = right === '000000' ? '000001' : '000000'
    const code = how === 'code' ? right : how === 'wrong-code' ? wrong : null
    const pendingToken = how === 'same-browser' ? (pending?.cookie ?? null) : null
    const keep = day ? 'day' : 'forever'
    return (await consumeLink({ token: link?.token ?? '', code, pendingToken, keep, clicker: null })).outcome
  }

  private async manage(deed: Extract<Deed, { by: Who; who: Who }>): Promise<string> {
    const actor = this.people[deed.by]
    const { agentId, name } = this.people[deed.who]
    const answer = (done: unknown) => (typeof done === 'string' ? done : 'done')
    // Whatever the request began with, the rights of this moment count.
    const stale = { ...actor, managesAgents: true }
    switch (deed.do) {
      case 'change': {
        const { isAdmin, security: managesSecurity, agents: managesAgents } = deed.rights
        const role = isAdmin ? 'ADMIN' : 'AGENT'
        const version = this.world.people[deed.who].version - (deed.isStale ? 1 : 0)
        return answer(
          await changeAgent(stale, { agentId, version, name, role, managesSecurity, managesAgents }),
        )
      }
      case 'enable':
        return answer(await setAgentEnabled(stale, agentId, deed.enabled))
      case 'reset-password': {
        const done = await resetPassword(stale, agentId)
        if (typeof done !== 'string') this.passwords[deed.who] = done.password
        return answer(done)
      }
      case 'end-sessions':
        return answer(await endSessionsOf(stale, agentId))
    }
  }

  private async compare(said: string): Promise<void> {
    const now = Date.now()
    const { accountId, world } = this
    const agents = await database().agent.findMany({ where: { accountId } })
    expect(
      PEOPLE.map((name) => agents.find(({ id }) => id === this.people[name].agentId)).map((row) => ({
        ...{ isAdmin: row?.role === 'ADMIN', security: row?.managesSecurity, agents: row?.managesAgents },
        enabled: row?.enabled,
      })),
      said,
    ).toEqual(
      PEOPLE.map((name) => world.people[name]).map(({ isAdmin, security, agents, enabled }) => ({
        ...{ isAdmin, security, agents, enabled },
      })),
    )
    expect(
      agents.some(({ role, enabled }) => role === 'ADMIN' && enabled),
      said,
    ).toBe(true)
    const audit = await database().auditEvent.findMany({ where: { accountId }, orderBy: { sequence: 'asc' } })
    expect(
      audit.slice(this.auditedBefore).map(({ action }) => action),
      said,
    ).toEqual(world.audit)
    const states: string[] = []
    for (const { token } of this.links) states.push((await viewLink(token, null))?.state ?? 'unknown')
    expect(states, said).toEqual(world.links.map((link) => stateOf(world, link, now)))
    const sessions = await database().session.findMany({ where: { accountId } })
    const rows = this.sessionIds.map((id) => sessions.find((row) => row.id === id))
    expect(
      rows.map((row) => ({ ended: row?.endedAt !== null, seenAt: row?.lastSeenAt.getTime() })),
      said,
    ).toEqual(world.sessions.map(({ ended, seenAt }) => ({ ended, seenAt })))
    const alive: boolean[] = []
    for (const { cookie } of this.pending) alive.push((await findPendingSignIn(cookie)) !== null)
    expect(alive, said).toEqual(
      world.pending.map(({ who: name, over, endsAt, password }) => {
        const { enabled, password: current } = world.people[name]
        return !over && endsAt > now && enabled && password === current
      }),
    )
    const ranges = await database().range.findMany({ where: { accountId, origin: 'EMAIL' } })
    expect(
      Object.fromEntries(
        ranges.map(({ start, end, expiresAt, enabled }) => [
          `${start}-${end} ${enabled}`,
          expiresAt?.getTime() ?? null,
        ]),
      ),
      said,
    ).toEqual(
      Object.fromEntries(
        Object.entries(world.listed).map(([spot, endsAt]) => {
          const { start, end } = range(SPOTS[Number(spot)] ?? '')
          return [`${start}-${end} true`, endsAt]
        }),
      ),
    )
  }

  async finish(): Promise<void> {
    for (const [at, session] of this.world.sessions.entries())
      expect((await this.live(at)) !== null).toBe(isLive(this.world, session, Date.now()))
    expect((await verifyAudit(operatorOf(this.accountId))).problems).toEqual([])
  }
}
