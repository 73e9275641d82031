/**
 * Who may do what to whom, and what becomes of sessions, refused sign-ins and mailed links meanwhile, as CONTRACT.md and docs/
 * tell it: in plain values, without any code of the rules that it judges. The list is on, with one office on it.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export type Who = 'ada' | 'bea' | 'ben' | 'cem'
export const PEOPLE: Who[] = ['ada', 'bea', 'ben', 'cem']
/** Where people are refused. */
export const SPOTS = ['198.51.100.7', '192.0.2.9'] as const

export interface Rights {
  isAdmin: boolean
  security: boolean
  agents: boolean
}

interface Person extends Rights {
  enabled: boolean
  version: number
  /** Another one with each new password. */
  password: number
  deniedForPassword: number | null
  /** When the password was reset by nothing but the mailbox. */
  resetAt: number | null
}

export interface Refused {
  who: Who
  spot: number
  endsAt: number
  password: number
  over: boolean
  approval: 'waiting' | 'approved' | 'refused' | null
}

export interface Link {
  pending: number
  requestedAt: number
  endsAt: number
  mail: 'waiting' | 'sent' | 'given-up'
  fate: 'used' | 'denied' | 'ended' | null
  misses: number
}

export interface Session {
  who: Who
  beganAt: number
  seenAt: number
  ended: boolean
}

export interface World {
  people: Record<Who, Person>
  pending: Refused[]
  links: Link[]
  sessions: Session[]
  /** The ends of the single addresses that links have put on the list, by spot. */
  listed: Record<number, number | null>
  audit: string[]
}

const somebody = { enabled: true, version: 1, password: 0, deniedForPassword: null, resetAt: null }
export const NEW_WORLD: World = {
  people: {
    ada: { ...somebody, isAdmin: true, security: false, agents: false },
    bea: { ...somebody, isAdmin: true, security: false, agents: false },
    ben: { ...somebody, isAdmin: false, security: false, agents: true },
    cem: { ...somebody, isAdmin: false, security: false, agents: false },
  },
  ...{ pending: [], links: [], sessions: [], listed: {}, audit: [] },
}

export type Deed =
  | { do: 'sign-in'; who: Who }
  | { do: 'be-refused'; who: Who; spot: number }
  | { do: 'continue'; pending: number }
  | { do: 'use-session'; session: number }
  | { do: 'request'; pending: number }
  | { do: 'deliver'; link: number }
  | { do: 'use'; link: number; how: 'same-browser' | 'code' | 'wrong-code' | 'no-code'; day: boolean }
  | { do: 'deny'; link: number }
  | { do: 'note-reset'; who: Who }
  | { do: 'ask-approval'; pending: number }
  | { do: 'decide'; by: Who; pending: number; approve: boolean; proven: boolean }
  | { do: 'change'; by: Who; who: Who; rights: Rights; isStale: boolean }
  | { do: 'enable'; by: Who; who: Who; enabled: boolean }
  | { do: 'reset-password' | 'end-sessions'; by: Who; who: Who }
  | { do: 'new-password'; session: number }
  | { do: 'end-others'; session: number }
  | { do: 'sign-out'; session: number }

/** What it answers, and whatever it leaves behind in `world`. */
export function act(world: World, deed: Deed, now: number): string {
  switch (deed.do) {
    case 'sign-in':
      if (!world.people[deed.who].enabled) return 'wrong'
      world.sessions.push({ who: deed.who, beganAt: now, seenAt: now, ended: false })
      return 'entered'
    case 'be-refused': {
      const { who, spot } = deed
      const { password } = world.people[who]
      world.pending.push({ who, spot, endsAt: now + HOUR, password, over: false, approval: null })
      return 'refused'
    }
    case 'continue': {
      const pending = living(world, deed.pending, now)
      if (!pending) return 'over'
      if (!isListed(world, pending.spot, now)) return 'refused'
      pending.over = true
      world.sessions.push({ who: pending.who, beganAt: now, seenAt: now, ended: false })
      return 'entered'
    }
    case 'use-session':
      return useSession(world, deed.session, now) ? 'somebody' : 'nobody'
    case 'request':
      return request(world, deed.pending, now)
    case 'deliver': {
      const link = world.links[deed.link]
      if (link?.mail !== 'waiting') return 'nothing'
      link.mail = 'sent'
      link.endsAt = Math.min(link.endsAt, now + 10 * MINUTE)
      return 'delivered'
    }
    case 'use':
      return use(world, deed, now)
    case 'deny':
      return deny(world, deed.link, now)
    case 'note-reset':
      world.people[deed.who].resetAt = now
      return 'noted'
    case 'ask-approval': {
      const pending = living(world, deed.pending, now)
      if (!pending) return 'over'
      if (!world.people[pending.who].isAdmin || !needsApproval(world, pending, now)) return 'not-needed'
      if (pending.approval) return 'asked-already'
      if (activeAdmins(world).every((who) => who === pending.who)) return 'nobody'
      pending.approval = 'waiting'
      world.audit.push('approval.requested')
      return 'asked'
    }
    case 'decide': {
      const { by, approve, proven } = deed
      if (!world.people[by].enabled || !world.people[by].isAdmin) return 'not-permitted'
      const pending = world.pending[deed.pending]
      if (pending?.approval !== 'waiting' || pending.over || pending.endsAt <= now) return 'gone'
      if (pending.who === by) return 'own'
      if (approve && !proven) return 'prove-again'
      pending.approval = approve ? 'approved' : 'refused'
      world.audit.push(approve ? 'approval.granted' : 'approval.refused')
      return pending.approval
    }
    case 'new-password': {
      const session = useSession(world, deed.session, now)
      if (!session) return 'nobody'
      giveNewPassword(world, session.who)
      endEverything(world, session.who, session)
      world.audit.push('agent.password_changed')
      return 'changed'
    }
    case 'end-others': {
      const session = useSession(world, deed.session, now)
      if (!session) return 'nobody'
      if (endEverything(world, session.who, session) > 0) world.audit.push('session.ended')
      return 'ended'
    }
    case 'sign-out': {
      const session = world.sessions[deed.session]
      if (!session || session.ended) return 'nobody'
      session.ended = true
      world.audit.push('session.ended')
      return 'ended'
    }
    default:
      return manage(world, deed)
  }
}

function living(world: World, at: number, now: number): Refused | null {
  const pending = world.pending[at]
  if (!pending || pending.over || pending.endsAt <= now) return null
  const { enabled, password } = world.people[pending.who]
  return enabled && password === pending.password ? pending : null
}

function isListed(world: World, spot: number, now: number): boolean {
  const endsAt = world.listed[spot]
  return endsAt !== undefined && (endsAt === null || now < endsAt)
}

function useSession(world: World, at: number, now: number): Session | null {
  const session = world.sessions[at]
  if (!session || !isLive(world, session, now)) return null
  if (now - session.seenAt >= MINUTE) session.seenAt = now
  return session
}

export function isLive(world: World, { who, beganAt, seenAt, ended }: Session, now: number): boolean {
  return !ended && world.people[who].enabled && now - seenAt < 12 * HOUR && now - beganAt < 7 * 24 * HOUR
}

function activeAdmins(world: World): Who[] {
  return PEOPLE.filter((who) => world.people[who].isAdmin && world.people[who].enabled)
}

/** For a day after a reset by mail the mailbox alone is not enough. */
function needsApproval(world: World, { who, approval }: Refused, now: number): boolean {
  const { resetAt } = world.people[who]
  return approval !== 'approved' && resetAt !== null && now - resetAt < 24 * HOUR
}

function request(world: World, at: number, now: number): string {
  const pending = living(world, at, now)
  if (!pending) return 'over'
  const person = world.people[pending.who]
  if (!person.isAdmin) return 'not-an-admin'
  if (person.deniedForPassword === person.password) return 'barred'
  if (needsApproval(world, pending, now)) return 'needs-approval'
  const lastHour = world.links
    .filter((link) => world.pending[link.pending]?.who === pending.who)
    .map(({ requestedAt }) => requestedAt)
    // Those of a clock that has gone back since don't count.
    .filter((requestedAt) => now - requestedAt < HOUR && requestedAt <= now + MINUTE)
  if (lastHour.length >= 5) return 'too-many'
  if (lastHour.some((requestedAt) => now - requestedAt < MINUTE)) return 'too-soon'
  world.links.push({
    ...{ pending: at, requestedAt: now, endsAt: now + HOUR, mail: 'waiting', fate: null, misses: 0 },
  })
  world.audit.push('link.requested')
  return 'queued'
}

/** What a link is good for now. */
export function stateOf(world: World, link: Link, now: number): string {
  if (link.fate === 'used' || link.fate === 'denied') return link.fate
  if (link.misses >= 5) return 'guessed'
  const { isAdmin, enabled } = ownerOf(world, link)
  if (!isAdmin || !enabled) return 'not-entitled'
  return link.fate === null && now < link.endsAt ? 'open' : 'expired'
}

function ownerOf(world: World, link: Link): Person {
  return world.people[world.pending[link.pending]?.who ?? 'cem']
}

function use(world: World, { link: at, how, day }: Deed & { do: 'use' }, now: number): string {
  const link = world.links[at]
  const pending = link && world.pending[link.pending]
  if (!link || !pending) return 'unknown'
  const state = stateOf(world, link, now)
  if (state !== 'open') return state
  if (how === 'no-code') return 'code-missing'
  if (how === 'wrong-code') {
    link.misses++
    if (link.misses < 5) return 'wrong-code'
    world.audit.push('link.killed')
    return 'guessed'
  }
  if (isListed(world, pending.spot, now)) return 'admitted-already'
  if (needsApproval(world, pending, now)) return 'needs-approval'
  link.fate = 'used'
  world.audit.push(world.listed[pending.spot] === undefined ? 'range.added' : 'range.enabled')
  world.listed[pending.spot] = day ? now + 24 * HOUR : null
  return 'authorized'
}

function deny(world: World, at: number, now: number): string {
  const link = world.links[at]
  if (!link) return 'unknown'
  const state = stateOf(world, link, now)
  if (state !== 'open' && state !== 'expired' && state !== 'guessed') return state
  const who = world.pending[link.pending]?.who
  for (const other of world.links.filter(({ pending }) => world.pending[pending]?.who === who)) {
    if (other.mail === 'waiting') other.mail = 'given-up'
    if (other.fate !== 'used') other.fate = 'denied'
  }
  for (const pending of world.pending) if (pending.who === who) pending.over = true
  const owner = ownerOf(world, link)
  owner.deniedForPassword = owner.password
  world.audit.push('link.denied')
  return 'denied'
}

function giveNewPassword(world: World, who: Who): void {
  world.people[who].password++
  world.people[who].deniedForPassword = null
}

/** Answers how many sessions that was. */
function endEverything(world: World, who: Who, except?: Session): number {
  const sessions = world.sessions.filter((one) => one.who === who && one !== except && !one.ended)
  for (const session of sessions) session.ended = true
  for (const pending of world.pending) if (pending.who === who) pending.over = true
  for (const link of world.links) if (world.pending[link.pending]?.who === who) link.fate ??= 'ended'
  return sessions.length
}

type Managing = Extract<Deed, { by: Who; who: Who }>

/** docs/agents.md, "deed | who". */
function manage(world: World, deed: Managing): string {
  const [by, person] = [world.people[deed.by], world.people[deed.who]]
  if (!by.enabled || !(by.isAdmin || by.agents)) return 'not-permitted'
  const holdsAllOf = ({ isAdmin, security, agents }: Rights) =>
    by.isAdmin || (!isAdmin && (!security || by.security) && (!agents || by.agents))
  const isLastAdmin = activeAdmins(world).every((who) => who === deed.who) && activeAdmins(world).length > 0
  switch (deed.do) {
    case 'change': {
      const { isAdmin } = deed.rights
      const after = {
        isAdmin,
        security: !isAdmin && deed.rights.security,
        agents: !isAdmin && deed.rights.agents,
      }
      const granted = {
        ...{ isAdmin, security: after.security && !person.security, agents: after.agents && !person.agents },
      }
      if ((person.isAdmin && !by.isAdmin) || !holdsAllOf(granted)) return 'beyond-rights'
      if (deed.isStale) return 'overtaken'
      if (isLastAdmin && !isAdmin) return 'last-admin'
      const isOtherRole = person.isAdmin !== isAdmin
      Object.assign(person, after)
      person.version++
      if (isOtherRole) endEverything(world, deed.who)
      world.audit.push('agent.edited')
      return 'done'
    }
    case 'enable':
      if (deed.enabled ? !holdsAllOf(person) : person.isAdmin && !by.isAdmin) return 'beyond-rights'
      if (!deed.enabled && isLastAdmin) return 'last-admin'
      if (person.enabled === deed.enabled) return 'done'
      person.enabled = deed.enabled
      person.version++
      if (!deed.enabled) endEverything(world, deed.who)
      world.audit.push(deed.enabled ? 'agent.enabled' : 'agent.disabled')
      return 'done'
    case 'reset-password':
      if (!holdsAllOf(person)) return 'beyond-rights'
      giveNewPassword(world, deed.who)
      endEverything(world, deed.who)
      world.audit.push('agent.password_reset')
      return 'done'
    case 'end-sessions':
      if (person.isAdmin && !by.isAdmin) return 'beyond-rights'
      endEverything(world, deed.who)
      world.audit.push('session.ended')
      return 'done'
  }
}
