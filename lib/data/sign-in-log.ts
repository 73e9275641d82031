import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import type { LogPart } from '../core/log-page'
import { daysBetween, formatDay, type LogTime } from '../core/log-time'
import { type Actor, requirePermitted } from '../core/permissions'
import { parseEvidence, type SignInEvidence } from '../core/sign-in-evidence'
import { SIGN_IN_OUTCOMES, type SignInFilter, type SignInOutcome } from '../core/sign-in-listing'
import { maskTried } from '../core/sign-in-words'
import { database } from './database'
import { findPeople, isWithin, type LogPage, readLogPage, readWholeLog } from './log-rows'

/** One attempt to sign in, as the log shows it. */
export interface SignInLine {
  id: string
  at: Date
  /** Whose account it was; none for an e-mail that belongs to nobody. */
  agentId: string | null
  name: string | null
  /** Masked where it belongs to nobody, in rows from before such a one was written down nowhere. */
  email: string
  surface: Surface
  address: Address | null
  outcome: SignInOutcome
  because: string
  rangeText: string | null
  device: string
}

/** One page of the account's attempts, latest first; null where a person is named that more than twenty people may be. */
export async function listSignIns(
  actor: Actor,
  filter: SignInFilter,
  part: LogPart,
): Promise<LogPage<SignInLine> | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const select = await statement(actor.accountId, filter)
  if (!select) return null
  const page = await readLogPage<Row>(part, select)
  return { ...page, rows: page.rows.map(toLine) }
}

/** All attempts that the filter lets through, latest first, some at a time; null where `listSignIns` answers null. */
export async function readSignIns(
  actor: Actor,
  filter: SignInFilter,
): Promise<AsyncIterable<SignInLine[]> | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const select = await statement(actor.accountId, filter)
  return select && readAll(select)
}

async function* readAll(select: Select): AsyncIterable<SignInLine[]> {
  for await (const rows of readWholeLog<Row>(select)) yield rows.map(toLine)
}

/** One attempt with everything it is explained by, or null. */
export async function findSignIn(
  actor: Actor,
  id: string,
): Promise<(SignInLine & { evidence: SignInEvidence | null; isDisabledNow: boolean }) | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  const [found] = await database().$queryRaw<
    (Row & { evidence: string | null; enabled: boolean | number | null })[]
  >`
    SELECT ${COLUMNS}, e."evidence", g."enabled" FROM "SignInEvent" e LEFT JOIN "Agent" g ON g."id" = e."agentId"
    WHERE e."id" = ${id} AND e."accountId" = ${actor.accountId}`
  if (!found) return null
  const { evidence, enabled, ...row } = found
  const isDisabledNow = enabled !== null && !enabled
  return { ...toLine(row), evidence: parseEvidence(evidence), isDisabledNow }
}

type Row = Omit<SignInLine, 'at' | 'email' | 'address'> & {
  at: string | Date
  emailTried: string
  address: string | null
}

const COLUMNS = Prisma.sql`e."id", e."at", e."agentId", g."name", e."emailTried", e."surface", e."address", e."outcome",
  e."because", e."rangeText", e."device"`

function toLine({ emailTried, ...row }: Row): SignInLine {
  return {
    ...row,
    at: new Date(row.at),
    email: row.agentId ? emailTried : maskTried(emailTried),
    address: row.address as Address | null,
  }
}

type Select = Parameters<typeof readLogPage>[1]

/**
 * Each branch reads one index in the order of time and stops at the limit; only the rows of the page are then fetched
 * whole. Null where the filter names too many people.
 */
async function statement(accountId: string, filter: SignInFilter): Promise<Select | null> {
  const branches = await branchesOf(accountId, filter)
  if (!branches) return null
  const source = await sourceOf(accountId, filter)
  const conditions = Prisma.sql`e."accountId" = ${accountId} AND ${isWithin(filter.time)}${rest(filter, source.isFew)}`
  return (condition, order, limit) => {
    const parts = branches.map(
      (branch, at) => Prisma.sql`SELECT * FROM (
        SELECT e."id", e."at" FROM ${source.table} WHERE ${conditions} AND ${branch} AND ${condition}
        ORDER BY ${order} LIMIT ${limit}) ${Prisma.raw(`b${at}`)}`,
    )
    return Prisma.sql`
      SELECT ${COLUMNS}
      FROM (SELECT e."id" FROM (${Prisma.join(parts, ' UNION ALL ')}) e ORDER BY ${order} LIMIT ${limit}) found
      JOIN "SignInEvent" e ON e."id" = found."id" LEFT JOIN "Agent" g ON g."id" = e."agentId"
      ORDER BY ${order}`
  }
}

/**
 * One for each person who is meant (what was typed for nobody is written down nowhere), else one for each verdict on a
 * surface, which has an index for both together.
 */
async function branchesOf(
  accountId: string,
  { person, surface, outcome }: SignInFilter,
): Promise<Prisma.Sql[] | null> {
  if (!person && surface && !outcome)
    return SIGN_IN_OUTCOMES.map((verdict) => Prisma.sql`e."outcome" = ${verdict}`)
  if (!person) return [Prisma.sql`1 = 1`]
  const people = await findPeople(accountId, person)
  if (people?.length === 0) return [Prisma.sql`1 = 0`]
  return people ? people.map((id) => Prisma.sql`e."agentId" = ${id}`) : null
}

/** So few attempts of a range are read by address and then put in order; more are met soon enough in the order of time. */
const FEW = 2_000

async function sourceOf(
  accountId: string,
  { range }: SignInFilter,
): Promise<{ table: Prisma.Sql; isFew: boolean }> {
  if (!range) return { table: Prisma.sql`"SignInEvent" e`, isFew: false }
  const within = Prisma.sql`s."accountId" = ${accountId} AND s."address" >= ${range.start} AND s."address" <= ${range.end}`
  const [row] = await database().$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" FROM (SELECT 1 FROM "SignInEvent" s WHERE ${within} LIMIT ${FEW + 1}) few`
  const isFew = Number(row?.count ?? 0) <= FEW
  // The limit keeps the planner from reading this in any other way.
  const few = Prisma.sql`(SELECT * FROM "SignInEvent" s WHERE ${within} LIMIT ${FEW}) e`
  return { table: isFew ? few : Prisma.sql`"SignInEvent" e`, isFew }
}

/** Surface names come out of a closed list; PostgreSQL would not compare its own type with a text parameter. */
function rest({ person, surface, outcome, range }: SignInFilter, isFew: boolean): Prisma.Sql {
  // Joined with nothing where another index is the better way: the one of a person, or the one in the order of time.
  const verdict = person ? Prisma.sql`e."outcome" || ''` : Prisma.sql`e."outcome"`
  const parts = [
    ...(surface ? [Prisma.sql`e."surface" = ${Prisma.raw(`'${surface}'`)}`] : []),
    ...(outcome ? [Prisma.sql`${verdict} = ${outcome}`] : []),
    ...(range && !isFew
      ? [Prisma.sql`e."address" || '' >= ${range.start}`, Prisma.sql`e."address" || '' <= ${range.end}`]
      : []),
  ]
  return parts.length === 0 ? Prisma.empty : Prisma.sql` AND ${Prisma.join(parts, ' AND ')}`
}

const DAY_MS = 24 * 60 * 60 * 1000
/** The most days that a chart shows, and the fewest where the filter names no first one. */
export const CHART_DAYS_MAX = 92
export const CHART_DAYS_MIN = 30

export interface SignInDay extends Record<SignInOutcome, number> {
  /** "2026-11-24", in UTC. */
  day: string
}

/** How many attempts there were on each day of a time, of whatever person, address and surface; today is the last day. */
export async function countSignInsByDay(actor: Actor, time: LogTime, now: Date): Promise<SignInDay[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { accountId } = actor
  const last = time.until && time.until <= now ? new Date(time.until.getTime() - 1) : now
  const first = time.from ?? (await findBegin(accountId, last))
  const days = daysBetween(first, last, CHART_DAYS_MAX)
  if (days.length === 0) return []
  const counted: SignInDay[] = []
  // Day by day: each count reads its stretch of one index and nothing else, and sign-ins get their turn in between. As one
  // statement it is so long that PostgreSQL compiles it to machine code, for seconds (its setting "jit").
  for (const day of days) {
    const next = new Date(day.getTime() + DAY_MS)
    const count = (outcome: SignInOutcome) => Prisma.sql`(SELECT COUNT(*) FROM "SignInEvent" e
      WHERE e."accountId" = ${accountId} AND e."outcome" = ${outcome} AND e."at" >= ${day} AND e."at" < ${next})`
    const [row] = await database().$queryRaw<Record<SignInOutcome, number | bigint>[]>(
      Prisma.sql`SELECT ${count('admitted')} AS "admitted", ${count('refused')} AS "refused", ${count('failed')} AS "failed"`,
    )
    const { admitted = 0, refused = 0, failed = 0 } = row ?? {}
    counted.push({
      day: formatDay(day),
      admitted: Number(admitted),
      refused: Number(refused),
      failed: Number(failed),
    })
  }
  return counted
}

/** The first attempt that is kept; at least so far back that a young account has a chart, too. */
async function findBegin(accountId: string, last: Date): Promise<Date> {
  const row = await database().signInEvent.findFirst({
    where: { accountId },
    orderBy: { at: 'asc' },
    select: { at: true },
  })
  const atLeast = new Date(last.getTime() - (CHART_DAYS_MIN - 1) * DAY_MS)
  return row && row.at < atLeast ? row.at : atLeast
}
