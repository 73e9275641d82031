/**
 * One account's allowlist as CONTRACT.md and docs/ tell it, in plain values: what each deed answers, what it leaves behind and
 * what the audit log says. It shares no code with the rules that it judges.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const CONFIRM_WITHIN = 10 * MINUTE
const CLOCKS_APART = MINUTE

/** Where somebody may be; null: at an unknown address. */
export const PLACES = {
  office: '198.51.100.7',
  desk: '198.51.100.200',
  branch: '203.0.113.5',
  hotel: '192.0.2.9',
  six: '2001:db8::1',
  unknown: null,
} as const
export type Place = keyof typeof PLACES

/** What may stand on the list, the narrowest first, and whom it holds. */
export const RANGES = {
  'the office': { text: '198.51.100.7', holds: ['office'] },
  'the branch': { text: '203.0.113.5', holds: ['branch'] },
  'the hotel': { text: '192.0.2.9', holds: ['hotel'] },
  'a floor': { text: '198.51.100.0 - 198.51.100.15', holds: ['office'] },
  'a house': { text: '198.51.100.0/24', holds: ['office', 'desk'] },
  'a town': { text: '203.0.112.0/20', holds: ['branch'] },
  'all of IPv4': { text: '0.0.0.0/0', holds: ['office', 'desk', 'branch', 'hotel'] },
  'a piece of IPv6': { text: '2001:db8::/32', holds: ['six'] },
} satisfies Record<string, { text: string; holds: Place[] }>
export type RangeName = keyof typeof RANGES
const NAMES = Object.keys(RANGES) as RangeName[]
const WHOLE: RangeName = 'all of IPv4'

/** The range that is one place alone. */
function ownRange(at: Place): RangeName | null {
  return NAMES.find((name) => RANGES[name].text === PLACES[at]) ?? null
}

export type Who = 'ada' | 'bea' | 'cem' | 'operator'
export type Surface = 'CONTROL_PANEL' | 'AGENT_CONSOLE' | 'MOBILE' | 'API'

export interface Listed {
  id: number
  name: RangeName
  enabled: boolean
  endsAt: number | null
  /** Another one after each change, whatever the change. */
  state: number
}

type Undo =
  | { kind: 'turn-off'; offUntil: number | null }
  | { kind: 'release' }
  | { kind: 'range'; id: number; state: number | null; before: Listed | null }
  | { kind: 'import'; left: { id: number; state: number }[] }

export interface Held {
  undo: Undo
  madeAt: number
  dueAt: number
}

export interface Session {
  who: Who
  at: Place
  beganAt: number
  isProof: boolean
  ended: boolean
}

export interface World {
  on: boolean
  offUntil: number | null
  mobile: boolean
  everyRequest: boolean
  /** Whether Bea still manages security. Ada is an admin, Cem manages nothing. */
  beaManages: boolean
  list: Listed[]
  held: Held[]
  sessions: Session[]
  audit: string[]
  serial: number
}

export const NEW_WORLD: World = {
  ...{ on: false, offUntil: null, mobile: false, everyRequest: false, beaManages: true },
  ...{ list: [], held: [], sessions: [], audit: [], serial: 0 },
}

export interface Answers {
  consents: string[]
  proven: boolean
  keeps: boolean
}

export interface By {
  who: Who
  at: Place
  answers: Answers
}

/** What is tried, with everything resolved that depends on what went before. */
export type Deed =
  | { do: 'add'; by: By; range: RangeName; endsIn: number | null }
  | { do: 'put'; by: By; range: RangeName }
  | { do: 'add-own'; by: By }
  | { do: 'edit'; by: By; id: number; seen: number; range: RangeName; endsIn: number | null | undefined }
  | { do: 'enable'; by: By; id: number; enabled: boolean }
  | { do: 'delete'; by: By; id: number; seen: number | null }
  | { do: 'import'; by: By; ranges: RangeName[]; endsIn: number | null }
  | { do: 'turn-on'; by: By; endsOutside: boolean }
  | { do: 'turn-off'; by: By; forMs: number | null }
  | { do: 'mobile' | 'every-request'; by: By; on: boolean }
  | { do: 'undo-now'; by: By; held: number | null }
  | { do: 'confirm'; by: By; held: number | null; session: number | null }
  | { do: 'sign-in'; who: Exclude<Who, 'operator'>; at: Place }
  | { do: 'permit-bea'; manages: boolean }
  | { do: 'housekeeping' }
  | { do: 'look' }

/** Whether the list is on at that instant, whoever has noticed that its time off is over. */
export function isOn({ on, offUntil }: World, now: number): boolean {
  return on || (offUntil !== null && (offUntil <= now || offUntil - 24 * HOUR > now + CLOCKS_APART))
}

function isInForce({ enabled, endsAt }: Listed, now: number): boolean {
  return enabled && (endsAt === null || now < endsAt)
}

/** CONTRACT §2, line by line. */
export function verdict(world: World, at: Place, surface: Surface, now: number): string {
  if (!isOn(world, now)) return 'allowlist-off'
  if (surface === 'MOBILE' && !world.mobile) return 'mobile-not-enforced'
  if (world.list.length === 0) return 'list-empty'
  if (PLACES[at] === null) return 'address-unknown'
  const holding = NAMES.filter((name) => (RANGES[name].holds as Place[]).includes(at))
  const inForce = (name: RangeName) => world.list.find((one) => one.name === name && isInForce(one, now))
  const match = holding.map(inForce).find((one) => one !== undefined)
  return match ? `listed by ${match.id}` : 'not-listed'
}

export function isAdmitted(because: string): boolean {
  return because !== 'address-unknown' && because !== 'not-listed'
}

function isOverdue({ madeAt, dueAt }: Held, now: number): boolean {
  return dueAt <= now || madeAt > now + CLOCKS_APART
}

/** What the clock has brought about, before anything else is done or decided. */
function settle(world: World, now: number): void {
  if (!world.on && world.offUntil !== null && isOn(world, now)) {
    world.on = true
    world.offUntil = null
    world.audit.push('allowlist.resumed')
  }
  const overdue = world.held.filter((held) => isOverdue(held, now)).sort((a, b) => b.dueAt - a.dueAt)
  for (const held of overdue) revert(world, held)
}

/** Looking undoes what is overdue, and writes nothing else down. */
function settleToLook(world: World, now: number): void {
  const first = [...world.held].sort((a, b) => a.dueAt - b.dueAt)[0]
  if (first && isOverdue(first, now)) settle(world, now)
}

function revert(world: World, held: Held): 'undone' | 'as-before' | 'impossible' {
  world.held = world.held.filter((one) => one !== held)
  const outcome = apply(world, held.undo)
  world.audit.push(outcome === 'impossible' ? 'change.not_reverted' : 'change.reverted')
  return outcome
}

function apply(world: World, undo: Undo): 'undone' | 'as-before' | 'impossible' {
  switch (undo.kind) {
    case 'turn-off':
      world.on = false
      world.offUntil = undo.offUntil
      return 'undone'
    case 'release':
      world.everyRequest = false
      return 'undone'
    case 'import': {
      const unchanged = undo.left.filter(({ id, state }) =>
        world.list.some((one) => one.id === id && one.state === state),
      )
      for (const { id } of unchanged) remove(world, id)
      if (unchanged.length > 0) return 'undone'
      return undo.left.some(({ id }) => find(world, id)) ? 'impossible' : 'as-before'
    }
    case 'range':
      return applyToRange(world, undo)
  }
}

function applyToRange(world: World, { id, state, before }: Undo & { kind: 'range' }) {
  const row = find(world, id)
  if (!before) {
    if (!row) return 'as-before'
    if (row.state !== state) return 'impossible'
    remove(world, id)
    return 'undone'
  }
  const same = world.list.find((one) => one.name === before.name)
  const isBack = same && same.enabled === before.enabled && same.endsAt === before.endsAt
  if (isBack && (same.id === id || !row)) return 'as-before'
  if (same && same.id !== id) return 'impossible'
  if ((row?.state ?? null) !== state) return 'impossible'
  remove(world, id)
  world.list.push({ ...before, state: ++world.serial })
  return 'undone'
}

function find(world: World, id: number): Listed | undefined {
  return world.list.find((one) => one.id === id)
}

function remove(world: World, id: number): void {
  world.list = world.list.filter((one) => one.id !== id)
}

function insert(world: World, name: RangeName, endsAt: number | null): Listed {
  const added = { id: ++world.serial, name, enabled: true, endsAt, state: ++world.serial }
  world.list.push(added)
  return added
}

interface Effect {
  outcome: string
  /** There is something to be judged about it. */
  impact?: {
    endsAt?: number | null
    changed?: RangeName | null
    isNewlyAsked?: boolean
    undo?: Undo
    afterwards?: () => void
  }
}

/** What came of it, and the questions of which one has to be the answer when there are any. */
export interface Expected {
  outcome: string
  questions: string[]
  world: World
}

/** What is to come of a deed. The given world stays as it is. */
export function expectedOf(before: World, deed: Deed, now: number): Expected {
  const world = structuredClone(before)
  switch (deed.do) {
    case 'look':
      settleToLook(world, now)
      return { outcome: 'looked', questions: [], world }
    case 'housekeeping': {
      const first = [...world.held].sort((a, b) => a.dueAt - b.dueAt)[0]
      if (isOn(world, now) !== world.on || (first && isOverdue(first, now))) settle(world, now)
      return { outcome: 'kept', questions: [], world }
    }
    case 'permit-bea':
      world.beaManages = deed.manages
      world.audit.push('agent.edited')
      return { outcome: 'permitted', questions: [], world }
    case 'sign-in': {
      settleToLook(world, now)
      const because = verdict(world, deed.at, 'CONTROL_PANEL', now)
      if (isAdmitted(because)) {
        const { who, at } = deed
        world.sessions.push({ who, at, beganAt: now, isProof: because !== 'allowlist-off', ended: false })
      }
      return { outcome: because, questions: [], world }
    }
    case 'confirm':
      return confirmed(world, before, deed, now)
    default:
      return changed(world, before, deed, now)
  }
}

function isPermitted(world: World, who: Who): boolean {
  return who === 'ada' || who === 'operator' || (who === 'bea' && world.beaManages)
}

function confirmed(world: World, before: World, deed: Deed & { do: 'confirm' }, now: number): Expected {
  const { who } = deed.by
  if (!isPermitted(world, who)) return { outcome: 'not-permitted', questions: [], world: before }
  settle(world, now)
  const answer = (outcome: string) => ({ outcome, questions: [], world })
  // Undone or confirmed changes are not in the list any more.
  const chosen = deed.held === null ? undefined : before.held[deed.held]
  const held = world.held.find((one) => one.madeAt === chosen?.madeAt && one.dueAt === chosen.dueAt)
  if (!held) return answer('gone')
  const session = deed.session === null ? undefined : world.sessions[deed.session]
  if (!session || session.ended || session.who !== who) return answer('older')
  if (session.beganAt <= held.madeAt) return answer('older')
  if (!session.isProof) return answer('list-off')
  world.held = world.held.filter((one) => one !== held)
  world.audit.push('change.confirmed')
  return answer('confirmed')
}

type Changing = Exclude<Deed, { do: 'look' | 'housekeeping' | 'permit-bea' | 'sign-in' | 'confirm' }>

function changed(world: World, untouched: World, deed: Changing, now: number): Expected {
  const { who, at, answers } = deed.by
  if (!isPermitted(world, who)) return { outcome: 'not-permitted', questions: [], world: untouched }
  settle(world, now)
  const before = structuredClone(world)
  const questions: string[] = []
  const ask = (question: string) => {
    if (who === 'operator' && question !== 'covers-everything') return
    const isAnswered = question === 'prove-again' ? answers.proven : answers.consents.includes(question)
    if (!isAnswered) questions.push(question)
  }
  const { outcome, impact } = effectOf(world, untouched, deed, now, ask)
  if (!impact) return { outcome, questions, world: questions.length > 0 ? untouched : world }

  const instants = [now, impact.endsAt ?? now, world.offUntil ?? now]
  const isEverOn = (one: World) => instants.some((instant) => isOn(one, instant))
  if (isEverOn(before) && isEverOn(world) && before.list.length > 0 && world.list.length === 0) {
    ask('prove-again')
    ask('admits-everyone')
  }
  const admits = (one: World, instant: number) => isAdmitted(verdict(one, at, 'CONTROL_PANEL', instant))
  const shutsOut = instants.some(
    (instant) => !admits(world, instant) && (impact.isNewlyAsked || admits(before, instant)),
  )
  if (who !== 'operator' && shutsOut) {
    const own = ownRange(at)
    const isAboutOwn = own !== null && impact.changed === own
    if (answers.consents.includes('add-mine') && PLACES[at] !== null && !isAboutOwn) {
      ask('prove-again')
      const existing = world.list.find(({ name }) => name === own)
      if (!existing && own) insert(world, own, null)
      if (!existing) world.audit.push('range.added')
      else if (!isInForce(existing, now)) {
        Object.assign(existing, { enabled: true, endsAt: null, state: ++world.serial })
        world.audit.push('range.enabled')
      }
    } else if (!answers.consents.includes('anyway'))
      questions.push(isAboutOwn ? 'takes-yours-off' : 'locks-you-out')
    else if (impact.undo && !answers.keeps) hold(world, impact.undo, now)
  }
  impact.afterwards?.()
  return { outcome, questions, world: questions.length > 0 ? untouched : world }
}

/**
 * Two unconfirmed changes of one range, one right after the other, are undone together. What sign-ins were there proves
 * nothing, whatever their clock.
 */
function hold(world: World, latest: Undo, now: number): void {
  let undo = latest
  if (latest.kind === 'range' && latest.before) {
    const { id, before } = latest
    const earlier = world.held.find(
      (one) => one.undo.kind === 'range' && one.undo.id === id && one.undo.state === before.state,
    )
    if (earlier?.undo.kind === 'range') {
      undo = { ...latest, before: earlier.undo.before }
      world.held = world.held.filter((one) => one !== earlier)
    }
    for (const one of world.held) {
      if (one.undo.kind !== 'import') continue
      const left = one.undo.left.filter((range) => range.id !== id || range.state !== before.state)
      if (left.length === one.undo.left.length) continue
      one.undo = { kind: 'import', left }
      undo = { ...latest, before: null }
    }
    world.held = world.held.filter((one) => one.undo.kind !== 'import' || one.undo.left.length > 0)
  }
  world.held.push({ undo, madeAt: now, dueAt: now + CONFIRM_WITHIN })
  const first = Math.min(...world.held.map(({ madeAt }) => madeAt))
  for (const session of world.sessions) if (session.beganAt > now) session.beganAt = first
  world.audit.push('change.held')
}

function effectOf(
  world: World,
  untouched: World,
  deed: Changing,
  now: number,
  ask: (question: string) => void,
): Effect {
  const askAbout = (name: RangeName, before: RangeName | null = null) => {
    if (name !== before) ask('prove-again')
    if (name === WHOLE && before !== WHOLE) ask('covers-everything')
  }
  const sameAs = (name: RangeName) => world.list.find((one) => one.name === name)
  const undoOf = (before: Listed | null, after: Listed | null): Undo => ({
    ...{ kind: 'range', id: (before ?? after)?.id ?? 0, state: after?.state ?? null },
    before: before && { ...before },
  })
  /** Exactly this range in force, for good. */
  const bring = (name: RangeName): { outcome: string; undo: Undo } => {
    const existing = sameAs(name)
    if (existing && isInForce(existing, now))
      return { outcome: 'already', undo: undoOf({ ...existing }, existing) }
    if (!existing) {
      const added = insert(world, name, null)
      world.audit.push('range.added')
      return { outcome: 'added', undo: undoOf(null, added) }
    }
    const before = { ...existing }
    Object.assign(existing, { enabled: true, endsAt: null, state: ++world.serial })
    world.audit.push('range.enabled')
    return { outcome: 'enabled-again', undo: undoOf(before, existing) }
  }
  switch (deed.do) {
    case 'add': {
      const endsAt = deed.endsIn === null ? null : now + deed.endsIn
      if (sameAs(deed.range)) return { outcome: 'duplicate' }
      if (endsAt !== null && endsAt <= now) return { outcome: 'expiry-past' }
      askAbout(deed.range)
      const added = insert(world, deed.range, endsAt)
      world.audit.push('range.added')
      return { outcome: 'added', impact: { endsAt, changed: deed.range, undo: undoOf(null, added) } }
    }
    case 'put': {
      askAbout(deed.range)
      const { outcome, undo } = bring(deed.range)
      return { outcome, impact: { undo } }
    }
    case 'add-own': {
      const own = deed.by.who === 'operator' ? null : ownRange(deed.by.at)
      if (!own) return { outcome: 'address-unknown' }
      askAbout(own)
      return { outcome: bring(own).outcome, impact: {} }
    }
    case 'edit': {
      const row = find(world, deed.id)
      if (!row) return { outcome: 'gone' }
      if (row.state !== deed.seen) return { outcome: 'overtaken' }
      const same = sameAs(deed.range)
      if (same && same !== row) return { outcome: 'duplicate' }
      const { endsIn } = deed
      const endsAt = endsIn === undefined ? row.endsAt : endsIn === null ? null : now + endsIn
      const isNewEnd = endsAt !== row.endsAt
      if (isNewEnd && endsAt !== null && endsAt <= now) return { outcome: 'expiry-past' }
      if (isNewEnd) ask('prove-again')
      const before = { ...row }
      const comesBack = isInForce({ ...row, endsAt }, now) && !isInForce(row, now)
      askAbout(deed.range, comesBack ? null : row.name)
      Object.assign(row, { name: deed.range, endsAt, state: ++world.serial })
      world.audit.push('range.edited')
      const impact = { endsAt: isNewEnd ? endsAt : null, changed: deed.range, undo: undoOf(before, row) }
      return { outcome: 'edited', impact }
    }
    case 'enable': {
      const row = find(world, deed.id)
      if (!row) return { outcome: 'gone' }
      if (row.enabled === deed.enabled) return { outcome: 'unchanged' }
      if (deed.enabled) askAbout(row.name)
      const before = { ...row }
      Object.assign(row, { enabled: deed.enabled, state: ++world.serial })
      world.audit.push(deed.enabled ? 'range.enabled' : 'range.disabled')
      const impact = { changed: row.name, undo: undoOf(before, row) }
      return { outcome: deed.enabled ? 'enabled' : 'disabled', impact }
    }
    case 'delete': {
      const row = find(world, deed.id)
      if (!row) return { outcome: 'gone' }
      if (deed.seen !== null && row.state !== deed.seen) return { outcome: 'overtaken' }
      remove(world, row.id)
      world.audit.push('range.deleted')
      return { outcome: 'deleted', impact: { changed: row.name, undo: undoOf(row, null) } }
    }
    case 'import': {
      const endsAt = deed.endsIn === null ? null : now + deed.endsIn
      const isPast = endsAt !== null && endsAt <= now
      const fresh = isPast ? [] : deed.ranges.filter((name) => !sameAs(name))
      if (fresh.length === 0) return { outcome: 'nothing-new' }
      for (const name of fresh) askAbout(name)
      const left = fresh.map((name) => insert(world, name, endsAt)).map(({ id, state }) => ({ id, state }))
      world.audit.push('range.imported')
      const changed = fresh.find((name) => name === ownRange(deed.by.at)) ?? null
      return { outcome: 'imported', impact: { endsAt, changed, undo: { kind: 'import', left } } }
    }
    case 'turn-on': {
      const afterwards = () => {
        const outside = world.sessions.filter(
          ({ ended, beganAt, at }) =>
            !ended && now - beganAt < 12 * HOUR && !isAdmitted(verdict(world, at, 'CONTROL_PANEL', now)),
        )
        for (const session of deed.endsOutside ? outside : []) {
          session.ended = true
          world.audit.push('session.ended')
        }
      }
      if (world.on) {
        if (deed.by.who !== 'operator') return { outcome: 'unchanged' }
        // What the operator turns on stays on, and who is outside of it has to go, also where it was on before.
        const confirms = world.held.some(({ undo }) => undo.kind === 'turn-off')
        if (confirms) setSwitch(world, {}, 'turn-off', 'change.confirmed')
        return { outcome: 'unchanged', impact: { afterwards } }
      }
      const undo: Undo = { kind: 'turn-off', offUntil: world.offUntil }
      setSwitch(world, { on: true, offUntil: null }, 'turn-off', 'allowlist.turned_on')
      return { outcome: 'turned-on', impact: { undo, afterwards } }
    }
    case 'turn-off': {
      if (!world.on && world.offUntil === null) return { outcome: 'unchanged' }
      ask('prove-again')
      const offUntil = deed.forMs === null ? null : now + deed.forMs
      setSwitch(world, { on: false, offUntil }, 'turn-off', 'allowlist.turned_off')
      return { outcome: 'turned-off', impact: {} }
    }
    case 'mobile':
      if (world.mobile === deed.on) return { outcome: 'unchanged' }
      if (!deed.on) ask('prove-again')
      setSwitch(
        world,
        { mobile: deed.on },
        null,
        deed.on ? 'allowlist.mobile_enforced' : 'allowlist.mobile_released',
      )
      return { outcome: 'switched', impact: {} }
    case 'every-request': {
      if (world.everyRequest === deed.on) return { outcome: 'unchanged' }
      const action = deed.on ? 'allowlist.every_request_checked' : 'allowlist.every_request_released'
      setSwitch(world, { everyRequest: deed.on }, 'release', action)
      return { outcome: 'switched', impact: { isNewlyAsked: deed.on, undo: { kind: 'release' } } }
    }
    case 'undo-now': {
      const chosen = deed.held === null ? undefined : untouched.held[deed.held]
      const held = world.held.find((one) => one.madeAt === chosen?.madeAt && one.dueAt === chosen.dueAt)
      if (!held) return { outcome: 'gone' }
      ask('prove-again')
      return { outcome: revert(world, held), impact: {} }
    }
  }
}

/** Whoever sets a switch on purpose decides: nothing about it is left to be confirmed. */
function setSwitch(world: World, to: Partial<World>, settled: Undo['kind'] | null, action: string): void {
  Object.assign(world, to)
  world.held = world.held.filter(({ undo }) => undo.kind !== settled)
  world.audit.push(action)
}
