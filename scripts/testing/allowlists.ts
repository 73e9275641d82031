import { type Address, parseAddress } from '@/lib/core/address'
import { type Asked, type Consent, NOTHING_ASKED } from '@/lib/core/allowlist-change'
import type { Actor, Rights } from '@/lib/core/permissions'
import { parseRange, type Range } from '@/lib/core/range'
import { createAccount, operatorOf } from '@/lib/data/accounts'
import { addAgent } from '@/lib/data/agents'
import { type NewRange, RANGES_MAX } from '@/lib/data/allowlist'
import { database, transact } from '@/lib/data/database'

const PASSWORD = 'correct horse battery'
let serial = 0

export function address(text: string): Address {
  const parsed = parseAddress(text)
  if (!parsed) throw new Error(`${text} is no address.`)
  return parsed
}

export function range(text: string): Range {
  const parsed = parseRange({ start: text })
  if (!parsed.ok) throw new Error(`${text} is no range.`)
  return parsed.range
}

export function newRange(text: string, rest: Partial<NewRange> = {}): NewRange {
  return { range: range(text), description: '', origin: 'MANUAL', expiresAt: null, ...rest }
}

/** The answers given so far, by somebody who has just proven the password. */
export function answering(...consents: Consent[]): Asked {
  return { ...NOTHING_ASKED, consents, provenAt: new Date() }
}

/** A fresh account; its admin Ada is the actor, at 198.51.100.7. */
export async function someAdmin(at: string | null = '198.51.100.7'): Promise<Actor & { agentId: string }> {
  const made = await createAccount({
    accountName: `Account ${++serial}`,
    name: 'Ada',
    email: `ada${serial}@example.com`,
    password: PASSWORD,
  })
  if (typeof made === 'string') throw new Error(made)
  return {
    ...operatorOf(made.accountId),
    agentId: made.agentId,
    name: 'Ada',
    via: 'web',
    address: at === null ? null : address(at),
  }
}

/** One more agent of the actor's account, at the actor's address. */
export async function someColleague(
  actor: Actor,
  rights: Partial<Rights>,
  name = 'Ben',
): Promise<Actor & { agentId: string; email: string }> {
  const email = `colleague${++serial}@example.com`
  const all: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false, ...rights }
  const added = await addAgent(operatorOf(actor.accountId), { name, email, ...all }, PASSWORD)
  if (typeof added === 'string') throw new Error(added)
  return { ...actor, ...all, name, agentId: added.agentId, email }
}

/** Rows as a list that was made long ago would have them: no audit, no questions. */
export async function plantRanges(actor: Actor, ...ranges: NewRange[]): Promise<string[]> {
  return transact(async (tx) => {
    const ids: string[] = []
    for (const { range, ...rest } of ranges) {
      const data = { ...range, ...rest, accountId: actor.accountId, addedByName: actor.name }
      ids.push((await tx.range.create({ data, select: { id: true } })).id)
    }
    return ids
  })
}

/** Adds single addresses from 16.0.0.0 on, so many that the account's list has room for `room` more. */
export async function plantLongList(actor: Actor, room: number): Promise<void> {
  const { accountId } = actor
  await transact(async (tx) => {
    const last = RANGES_MAX - room - (await tx.range.count({ where: { accountId } })) - 1
    await tx.$executeRaw`
      INSERT INTO "Range" ("id", "accountId", "start", "end", "origin", "addedByName")
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
      SELECT a."id" || CAST(i AS TEXT), a."id", CAST(410000000 + i AS TEXT), CAST(410000000 + i AS TEXT), 'MANUAL',
             a."name" FROM n, "Account" a WHERE a."id" = ${accountId}`
  })
}

/** Sets switches of the account without any question. */
export async function plantSwitches(
  actor: Actor,
  to: Partial<Record<'allowlistEnabled' | 'mobileEnforced' | 'checkEveryRequest', boolean>>,
): Promise<void> {
  await transact((tx) => tx.account.update({ where: { id: actor.accountId }, data: to }))
}

export async function accountOf(actor: Actor) {
  return database().account.findUniqueOrThrow({ where: { id: actor.accountId } })
}

export async function rangesOf(actor: Actor) {
  return database().range.findMany({ where: { accountId: actor.accountId }, orderBy: { start: 'asc' } })
}

export async function auditOf(actor: Actor) {
  const rows = await database().auditEvent.findMany({
    where: { accountId: actor.accountId },
    orderBy: { id: 'asc' },
  })
  return rows
    .filter((row) => /^(allowlist|range|session)\.|contact/.test(row.action))
    .map((row) => row.action)
}
