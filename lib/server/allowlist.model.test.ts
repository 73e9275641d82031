import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type By,
  type Deed,
  expectedOf,
  isAdmitted,
  isOn,
  type Listed,
  NEW_WORLD,
  PLACES,
  type Place,
  RANGES,
  type RangeName,
  type Surface,
  verdict,
  type Who,
  type World,
} from '@/scripts/testing/allowlist-model'
import { address, newRange, plantRanges, range, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { identityOf, PLAIN_WAY } from '@/scripts/testing/sign-ins'
import type { Asked, Consent } from '../core/allowlist-change'
import { type Actor, NotPermitted } from '../core/permissions'
import { operatorOf } from '../data/accounts'
import { changeAgent } from '../data/agents'
import {
  addOwnAddress,
  addRange,
  deleteRange,
  editRange,
  putOnList,
  setRangeEnabled,
} from '../data/allowlist-ranges'
import { judge, readSwitches } from '../data/allowlist-reading'
import { setCheckEveryRequest, setMobileEnforced, turnOff, turnOn } from '../data/allowlist-switches'
import { verifyAudit } from '../data/audit-verify'
import { database } from '../data/database'
import { importRanges } from '../data/range-import'
import { startSession } from '../data/sessions'
import { settleAccounts } from '../data/settling'
import { confirmChange, revertNow } from '../data/unconfirmed-changes'
import { admit, admitRequest } from './admit'

vi.stubEnv('LOG_LEVEL', 'silent')

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const SURFACES: Surface[] = ['CONTROL_PANEL', 'AGENT_CONSOLE', 'MOBILE', 'API']
const NOWHERE = 'no such row'

/** A step of a story; `pick` and `seen` count from the latest, as far as there are so many. */
type Step =
  | (Extract<Deed, { do: 'add' | 'put' | 'add-own' | 'import' | 'turn-on' | 'turn-off' }> & { pick?: never })
  | Extract<Deed, { do: 'mobile' | 'every-request' | 'sign-in' | 'permit-bea' | 'housekeeping' | 'look' }>
  | { do: 'edit'; by: By; pick: number; seen: number; range: RangeName; endsIn: number | null | undefined }
  | { do: 'enable'; by: By; pick: number; enabled: boolean }
  | { do: 'delete'; by: By; pick: number; seen: number | null }
  | { do: 'undo-now'; by: By; held: number }
  | { do: 'confirm'; by: By; held: number; session: number }
  | { do: 'wait'; ms: number }
  | { do: 'both'; steps: [Step, Step] }

const places = fc.constantFrom(...(Object.keys(PLACES) as Place[]))
const ranges = fc.constantFrom(...(Object.keys(RANGES) as RangeName[]))
const people = fc.constantFrom<Who>('ada', 'ada', 'ada', 'bea', 'bea', 'cem', 'operator')
const by: fc.Arbitrary<By> = fc.record({
  who: people,
  at: fc.constantFrom<Place>('office', 'office', 'branch', 'hotel', 'unknown'),
  answers: fc.record({
    consents: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string[]>(['anyway', 'admits-everyone', 'covers-everything']) },
      {
        weight: 2,
        arbitrary: fc.subarray(['add-mine', 'anyway', 'admits-everyone', 'covers-everything'] as string[]),
      },
    ),
    proven: fc.constantFrom(true, true, true, true, false),
    keeps: fc.constantFrom(false, false, false, true),
  }),
})
const ends = fc.constantFrom(null, null, null, 5 * MINUTE, HOUR, -MINUTE)
const pick = fc.nat(3)
const single: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('add' as const), by, range: ranges, endsIn: ends }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('put' as const), by, range: ranges }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add-own' as const), by }) },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('edit' as const), by, pick, seen: fc.constantFrom(0, 0, 0, 1, 2), range: ranges },
      endsIn: fc.oneof(fc.constant(undefined), ends),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('enable' as const), by, pick, enabled: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ do: fc.constant('delete' as const), by, pick, seen: fc.constantFrom(null, 0, 0, 1) },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ do: fc.constant('import' as const), by, endsIn: ends },
      ranges: fc.uniqueArray(ranges, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('turn-on' as const), by, endsOutside: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{
        do: fc.constant('turn-off' as const),
        by,
        forMs: fc.constantFrom(null, 5 * MINUTE, HOUR, 24 * HOUR),
      },
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('mobile' as const), by, on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('every-request' as const), by, on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo-now' as const), by, held: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('confirm' as const), by, held: fc.nat(1), session: fc.nat(2) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ do: fc.constant('sign-in' as const), at: places },
      who: fc.constantFrom<'ada' | 'bea' | 'cem'>('ada', 'bea', 'cem'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('permit-bea' as const), manages: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('housekeeping' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
)
const waits = fc.constantFrom(
  MINUTE,
  5 * MINUTE,
  10 * MINUTE - SECOND,
  10 * MINUTE,
  HOUR,
  -30 * SECOND,
  -20 * MINUTE,
)
const step = fc.oneof(
  { weight: 8, arbitrary: single },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: waits }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('both' as const), steps: fc.tuple(single, single) }),
  },
) as fc.Arbitrary<Step>

/** A change that shuts its maker out and is left alone, which chance would hardly ever put together. */
const SURE = { consents: ['anyway', 'admits-everyone', 'covers-everything'], proven: true, keeps: false }
const unconfirmed = fc
  .record({ pick, turnsOn: fc.boolean(), waits: fc.boolean(), forMs: fc.constantFrom(null, 20 * MINUTE) })
  .map(({ pick: row, turnsOn, waits: isLeft, forMs }): Step[] => {
    const operator: By = { who: 'operator', at: 'office', answers: SURE }
    const ada: By = { ...operator, who: 'ada' }
    const on: Step = { do: 'turn-on', by: turnsOn ? ada : operator, endsOutside: false }
    const disable: Step = { do: 'enable', by: ada, pick: row, enabled: false }
    const off: Step = { do: 'turn-off', by: operator, forMs }
    const left: Step[] = isLeft ? [{ do: 'wait', ms: 10 * MINUTE }] : []
    return turnsOn ? [off, on, ...left] : [on, disable, ...left]
  })
const story = fc
  .array(
    fc.oneof({ weight: 6, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: unconfirmed }),
    { minLength: 18, maxLength: 32, size: 'max' },
  )
  .map((parts) => parts.flat())

/** The same stories each time, unless RUNS asks for so many of others; a failure tells its seed, to be given as SEED. */
const { RUNS, SEED = RUNS ? undefined : '1' } = process.env

describe.each(TEST_DATABASES)(
  'an allowlist does what its rules say, whatever happens to it, on %s',
  (kind) => {
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
        const before = await rowsOf(neighbour.accountId)
        await fc.assert(
          fc.asyncProperty(story, async (steps) => {
            const scene = await Scene.open(neighbour)
            for (const step of steps) await scene.play(step)
            await scene.finish()
          }),
          {
            numRuns: Number(RUNS ?? (kind === 'sqlite' ? 8 : 3)),
            ...(SEED ? { seed: Number(SEED) } : {}),
          },
        )
        expect(await rowsOf(neighbour.accountId)).toEqual(before)
      },
      RUNS ? 3_600_000 : 300_000,
    )
  },
)

/** An account in which nothing happens, with a list of the same addresses. */
async function someNeighbour() {
  const eve = await someAdmin()
  const ids = await plantRanges(eve, ...Object.values(RANGES).map(({ text }) => newRange(text)))
  return { ...eve, ids }
}

/** Everything that a change of an account's list leaves behind. */
async function rowsOf(accountId: string) {
  const where = { accountId }
  return {
    account: await database().account.findUniqueOrThrow({ where: { id: accountId } }),
    ranges: await database().range.findMany({ where, orderBy: { start: 'asc' } }),
    held: await database().unconfirmedChange.findMany({ where, orderBy: { id: 'asc' } }),
    audit: await database().auditEvent.findMany({
      where,
      orderBy: { sequence: 'asc' },
      select: { action: true },
    }),
    sessions: await database().session.findMany({ where, orderBy: { id: 'asc' } }),
  }
}

type Person = Actor & { agentId: string }
type Neighbour = Awaited<ReturnType<typeof someNeighbour>>

/** One account and what the model says of it, side by side. */
class Scene {
  private world: World = { ...NEW_WORLD }
  /** Rows by the number that the model gives them; a list of what has been seen of each, the latest last. */
  private rows = new Map<number, { id: string; seen: { state: number; version: number }[] }>()
  private readonly sessionIds: string[] = []
  private readonly firstAudit: Promise<number>

  private constructor(
    private readonly people: Record<'ada' | 'bea' | 'cem', Person>,
    private readonly neighbour: Neighbour,
  ) {
    this.firstAudit = database().auditEvent.count({ where: { accountId: this.accountId } })
  }

  static async open(neighbour: Neighbour): Promise<Scene> {
    vi.setSystemTime(new Date('2026-03-01T12:00:00Z'))
    const ada = await someAdmin()
    const bea = await someColleague(ada, { managesSecurity: true }, 'Bea')
    const cem = await someColleague(ada, { managesAgents: true }, 'Cem')
    const scene = new Scene({ ada, bea, cem }, neighbour)
    await scene.firstAudit
    return scene
  }

  private get accountId(): string {
    return this.people.ada.accountId
  }

  async play(step: Step): Promise<void> {
    if (step.do === 'wait') {
      vi.setSystemTime(Date.now() + step.ms)
      return this.compare(step)
    }
    vi.setSystemTime(Date.now() + 1001)
    if (step.do === 'both') return this.playBoth(step)
    const deed = this.resolve(step)
    const expected = expectedOf(this.world, deed, Date.now())
    const outcome = await this.deed(deed)
    if (expected.questions.length > 0) expect(expected.questions, JSON.stringify(step)).toContain(outcome)
    else expect(outcome, JSON.stringify(step)).toBe(expected.outcome)
    this.world = expected.world
    await this.compare(step)
  }

  /** Two at the same moment: one after the other, in either order. */
  private async playBoth(both: Step & { do: 'both' }): Promise<void> {
    const deeds = both.steps.map((step) => this.resolve(step)) as [Deed, Deed]
    const outcomes = await Promise.all(deeds.map((deed) => this.deed(deed)))
    const [before, rows] = [this.world, this.rows]
    const errors: unknown[] = []
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      try {
        this.world = before
        // What the wrong order has learned of the rows doesn't hold in the right one.
        this.rows = structuredClone(rows)
        for (const at of order) {
          const { questions, outcome, world } = expectedOf(this.world, deeds[at], Date.now())
          const answers = questions.length > 0 ? questions : [this.asSeen(outcome)]
          expect(answers, JSON.stringify(both)).toContain(outcomes[at])
          this.world = world
        }
        await this.compare(both)
        return
      } catch (error) {
        errors.push(error)
      }
    }
    throw errors[0]
  }

  /** A range that was added at the same moment was let in by before anybody knew its number. */
  private asSeen(outcome: string): string {
    const [, number] = /^listed by (\d+)$/.exec(outcome) ?? []
    return number && !this.rows.has(Number(number)) ? 'listed by undefined' : outcome
  }

  private resolve(step: Step): Deed {
    switch (step.do) {
      case 'edit': {
        const { id, seen } = this.pick(step.pick, step.seen)
        return { ...step, id, seen }
      }
      case 'enable':
        return { ...step, ...{ id: this.pick(step.pick, 0).id } }
      case 'delete': {
        const { id, seen } = this.pick(step.pick, step.seen ?? 0)
        return { ...step, id, seen: step.seen === null ? null : seen }
      }
      case 'undo-now':
        return { ...step, held: step.held < this.world.held.length ? step.held : null }
      case 'confirm': {
        const last = this.world.sessions.length - 1
        return {
          ...step,
          held: step.held < this.world.held.length ? step.held : null,
          session: step.session <= last ? last - step.session : null,
        }
      }
      case 'wait':
      case 'both':
        throw new Error('Not a deed.')
      default:
        return step
    }
  }

  private pick(back: number, seenBack: number): { id: number; seen: number } {
    const ids = [...this.rows.keys()]
    const id = ids.at(-1 - (back % Math.max(1, ids.length))) ?? -1
    const seen = this.rows.get(id)?.seen ?? []
    return { id, seen: (seen.at(-1 - seenBack) ?? seen[0])?.state ?? -1 }
  }

  private actor({ who, at }: Pick<By, 'who' | 'at'>): Actor {
    if (who === 'operator') return operatorOf(this.accountId)
    const text = PLACES[at]
    return { ...this.people[who], address: text === null ? null : address(text) }
  }

  /** What it answers, as the model calls it. */
  private async deed(deed: Deed): Promise<string> {
    try {
      return await this.attempt(deed)
    } catch (error) {
      if (error instanceof NotPermitted) return 'not-permitted'
      throw error
    }
  }

  private async attempt(deed: Deed): Promise<string> {
    switch (deed.do) {
      case 'look':
        await readSwitches(this.accountId)
        return 'looked'
      case 'housekeeping':
        await settleAccounts()
        return 'kept'
      case 'permit-bea':
        return this.permitBea(deed.manages)
      case 'sign-in':
        return this.signIn(deed)
      case 'confirm': {
        const id = await this.heldId(deed.held)
        const sessionId = deed.session === null ? NOWHERE : (this.sessionIds[deed.session] ?? NOWHERE)
        return confirmChange(this.actor(deed.by), { id, sessionId })
      }
      default:
        return (await this.change(deed)).outcome
    }
  }

  private async change(
    deed: Exclude<Deed, { do: 'look' | 'housekeeping' | 'permit-bea' | 'sign-in' | 'confirm' }>,
  ): Promise<{ outcome: string }> {
    const actor = this.actor(deed.by)
    const { consents, proven, keeps } = deed.by.answers
    const asked: Asked = {
      ...{ consents: consents as Consent[], undeclaredProxy: null, keepsUnconfirmed: keeps },
      provenAt: new Date(Date.now() - (proven ? 14 : 15) * MINUTE),
    }
    const until = (ms: number | null) => (ms === null ? null : new Date(Date.now() + ms))
    switch (deed.do) {
      case 'add':
        return addRange(actor, newRange(RANGES[deed.range].text, { expiresAt: until(deed.endsIn) }), asked)
      case 'put':
        return putOnList(actor, { range: range(RANGES[deed.range].text), description: '' }, asked)
      case 'add-own':
        return addOwnAddress(actor, asked)
      case 'edit': {
        const row = this.rows.get(deed.id)
        const version = row?.seen.find(({ state }) => state === deed.seen)?.version ?? 0
        const endsAt = deed.endsIn === undefined ? undefined : until(deed.endsIn)
        const edit = { version, range: range(RANGES[deed.range].text), description: '', expiresAt: endsAt }
        return editRange(actor, { id: row?.id ?? this.neighbour.ids[0] ?? '', ...edit }, asked)
      }
      case 'enable': {
        const id = this.rows.get(deed.id)?.id ?? this.neighbour.ids[0] ?? ''
        return setRangeEnabled(actor, { id, enabled: deed.enabled }, asked)
      }
      case 'delete': {
        const row = this.rows.get(deed.id)
        const version = row?.seen.find(({ state }) => state === deed.seen)?.version
        const id = row?.id ?? this.neighbour.ids[0] ?? ''
        return deleteRange(actor, { id, ...(version === undefined ? {} : { version }) }, asked)
      }
      case 'import': {
        const list = deed.ranges.map((name) => {
          const { origin: _, ...one } = newRange(RANGES[name].text, { expiresAt: until(deed.endsIn) })
          return one
        })
        return importRanges(actor, list, asked)
      }
      case 'turn-on':
        return turnOn(actor, { endSessionsOutside: deed.endsOutside, exceptSessionId: null }, asked)
      case 'turn-off': {
        const end = until(deed.forMs)
        return turnOff(actor, asked, end && { until: end, reason: 'Because' })
      }
      case 'mobile':
        return setMobileEnforced(actor, deed.on, asked)
      case 'every-request':
        return setCheckEveryRequest(actor, deed.on, asked)
      case 'undo-now':
        return revertNow(actor, await this.heldId(deed.held), asked)
    }
  }

  private async permitBea(managesSecurity: boolean): Promise<string> {
    const { agentId } = this.people.bea
    const { version } = await database().agent.findUniqueOrThrow({ where: { id: agentId } })
    const rights = { role: 'AGENT', managesSecurity, managesAgents: false } as const
    const done = await changeAgent(operatorOf(this.accountId), { agentId, version, name: 'Bea', ...rights })
    // By the same deed at the same moment.
    if (done === 'overtaken') return this.permitBea(managesSecurity)
    expect(done).toEqual({ sessions: 0, devices: 0 })
    return 'permitted'
  }

  private async signIn({ who, at }: Deed & { do: 'sign-in' }): Promise<string> {
    const agent = await identityOf(this.people[who])
    const { accountId } = this
    const text = PLACES[at]
    const place = { surface: 'CONTROL_PANEL', address: text && address(text), device: 'Firefox' } as const
    const start = {
      ...{ accountId, agentId: agent.id, passwordChangedAt: agent.passwordChangedAt },
      ...{ ...place, provenAt: new Date(), factorProven: false },
    }
    const entrant = { ...PLAIN_WAY, accountId, agentId: agent.id, email: agent.email, ...place }
    const admission = await admit(entrant, (tx) => startSession(tx, start))
    if (!admission.admit) return admission.because
    this.sessionIds.push(admission.begun?.id ?? '')
    const event = await database().signInEvent.findFirstOrThrow({
      where: { agentId: agent.id, outcome: 'admitted' },
      orderBy: { id: 'desc' },
    })
    if (event.because !== 'listed') return event.because
    await this.learn()
    return `listed by ${this.numberOf(event.rangeId)}`
  }

  private async heldId(at: number | null): Promise<string> {
    const held = at === null ? undefined : this.world.held[at]
    if (!held) return NOWHERE
    const where = {
      accountId: this.accountId,
      madeAt: new Date(held.madeAt),
      dueAt: new Date(held.dueAt),
    }
    const row = await database().unconfirmedChange.findFirst({ where })
    return row?.id ?? NOWHERE
  }

  private numberOf(id: string | null): number | undefined {
    return [...this.rows].find(([, row]) => row.id === id)?.[0]
  }

  /** Which row each range of the model is, and in which version it has come to its state. */
  private async learn(world = this.world): Promise<void> {
    const stored = await database().range.findMany({ where: { accountId: this.accountId } })
    for (const one of world.list) {
      const { start, end } = range(RANGES[one.name].text)
      const row = stored.find((two) => two.start === start && two.end === end)
      if (!row) continue
      const known = this.rows.get(one.id) ?? { id: row.id, seen: [] }
      this.rows.set(one.id, known)
      if (known.seen.at(-1)?.state !== one.state) known.seen.push({ state: one.state, version: row.version })
    }
  }

  private async compare(step: Step): Promise<void> {
    const now = Date.now()
    const said = JSON.stringify(step)
    const { account, ranges, held, audit, sessions } = await rowsOf(this.accountId)
    await this.learn()
    const { list } = this.world
    expect(
      ranges.map(({ id, enabled, expiresAt, start, end }) => ({
        id,
        start,
        end,
        enabled,
        endsAt: expiresAt?.getTime() ?? null,
      })),
      said,
    ).toEqual(
      list
        .map((one: Listed) => ({
          ...{ id: this.rows.get(one.id)?.id, ...range(RANGES[one.name].text) },
          ...{ enabled: one.enabled, endsAt: one.endsAt },
        }))
        .sort((a, b) => (a.start < b.start || (a.start === b.start && a.end < b.end) ? -1 : 1)),
    )
    expect(
      audit.slice(await this.firstAudit).map(({ action }) => action),
      said,
    ).toEqual(this.world.audit)
    const due = this.world.held.map(({ dueAt }) => dueAt).sort((a, b) => a - b)
    expect(
      held.map(({ dueAt }) => dueAt.getTime()).sort((a, b) => a - b),
      said,
    ).toEqual(due)
    expect(
      {
        on: account.allowlistEnabled,
        offUntil: account.offUntil?.getTime() ?? null,
        mobile: account.mobileEnforced,
        everyRequest: account.checkEveryRequest,
        revertAt: account.revertAt?.getTime() ?? null,
      },
      said,
    ).toEqual({
      on: this.world.on,
      offUntil: this.world.offUntil,
      mobile: this.world.mobile,
      everyRequest: this.world.everyRequest,
      revertAt: due[0] ?? null,
    })
    const ended = (id: string | undefined) => sessions.find((one) => one.id === id)?.endedAt !== null
    expect(
      this.sessionIds.map((id) => ended(id)),
      said,
    ).toEqual(this.world.sessions.map((one) => one.ended))
    await this.compareVerdicts(now, said)
  }

  /** Of the compiled list, which is asked at each sign-in. Looking may undo what is overdue. */
  private async compareVerdicts(now: number, said: string): Promise<void> {
    const switches = await readSwitches(this.accountId)
    if (!switches) throw new Error('No account.')
    this.world = expectedOf(this.world, { do: 'look' }, now).world
    await this.learn()
    expect(switches.allowlistEnabled, said).toBe(isOn(this.world, now))
    const [found, expected]: [string[], string[]] = [[], []]
    for (const at of Object.keys(PLACES) as Place[])
      for (const surface of SURFACES) {
        const text = PLACES[at]
        const question = { surface, address: text === null ? null : address(text), nowMs: now }
        const decided = await judge(switches, question)
        const because = verdict(this.world, at, surface, now)
        const name =
          decided.because === 'listed' ? `listed by ${this.numberOf(decided.rangeId)}` : decided.because
        found.push(`${at} ${surface}: ${decided.admit} ${name}`)
        expected.push(`${at} ${surface}: ${isAdmitted(because)} ${because}`)
        const goesOn = await admitRequest(switches, question)
        found.push(`goes on: ${goesOn}`)
        expected.push(`goes on: ${!this.world.everyRequest || isAdmitted(because)}`)
      }
    expect(found, said).toEqual(expected)
  }

  async finish(): Promise<void> {
    expect((await verifyAudit(operatorOf(this.accountId))).problems).toEqual([])
  }
}
