import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import {
  EXPIRING_DAYS,
  RANGES_PER_PAGE,
  type RangeMark,
  type RangeQuery,
  type RangeSort,
  searchedRange,
  UNUSED_DAYS,
} from '../core/allowlist-search'
import { type Actor, requirePermitted } from '../core/permissions'
import { isInForce, type RangeOrigin, type RangeRow } from './allowlist'
import { nameRange } from './allowlist-ranges'
import { containing } from './containing'
import { database } from './database'

/** One line of the list of ranges. */
export interface RangeLine extends RangeRow {
  status: 'active' | 'disabled' | 'expired'
  /** Another range in force that holds all of this one, as people call it. */
  coveredBy: string | null
  /** In force, and nobody came in by it for long. */
  isUnused: boolean
  /** In force, and ends soon. */
  isExpiring: boolean
  /** How often it let somebody in lately, counted up to TIMES_MAX. */
  times: number
}

export interface RangePage {
  ranges: RangeLine[]
  /** How many match the search, on all pages. */
  total: number
  page: number
}

/** Above this length the list is not searched for ranges that lie within others. */
const COVER_SEARCH_MAX_RANGES = 2_000

/**
 * One page of the account's ranges. The search finds descriptions, and ranges around an address or overlapping a block;
 * `all` is the length of the list without it. A page past the end is the last one.
 */
export async function listRanges(
  actor: Actor,
  query: RangeQuery,
  all: number,
  now = new Date(),
): Promise<RangePage> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const matches = Prisma.sql`${matching(actor.accountId, query.search)}${marked(actor.accountId, query.mark, now)}`
  const total = query.search || query.mark ? await countMatches(matches) : all
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / RANGES_PER_PAGE)))
  const rows = await database().$queryRaw<Row[]>`
    SELECT r."id", r."start", r."end", r."description", r."enabled", r."expiresAt", r."origin", r."addedById",
           r."addedByName", r."lastMatchedAt", r."version", r."createdAt"
    FROM "Range" r WHERE ${matches} ORDER BY ${order(query)}
    LIMIT ${RANGES_PER_PAGE} OFFSET ${(page - 1) * RANGES_PER_PAGE}`
  const ranges = rows.map(toRow)
  const isSearched = all <= COVER_SEARCH_MAX_RANGES || query.mark === 'covered'
  const covers = isSearched ? await findCovers(actor.accountId, ranges, now) : new Map()
  const times = await countTimes(ranges, now)
  return {
    ranges: ranges.map((row) => ({
      ...row,
      status: statusOf(row, now),
      coveredBy: covers.get(row.id) ?? null,
      isUnused: isInForce(row, now) && (row.lastMatchedAt ?? row.createdAt) <= daysFrom(now, -UNUSED_DAYS),
      isExpiring:
        isInForce(row, now) && row.expiresAt !== null && row.expiresAt <= daysFrom(now, EXPIRING_DAYS),
      times: times.get(row.id) ?? 0,
    })),
    ...{ total, page },
  }
}

/** The ranges of the account that the search finds. */
function matching(accountId: string, search: string): Prisma.Sql {
  const own = Prisma.sql`r."accountId" = ${accountId}`
  if (!search) return own
  const described = containing(Prisma.sql`r."description"`, search)
  const range = searchedRange(search)
  if (!range) return Prisma.sql`${own} AND ${described}`
  return Prisma.sql`${own} AND (${described} OR (r."start" <= ${range.end} AND r."end" >= ${range.start}))`
}

function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * 24 * 60 * 60 * 1000)
}

/** The condition behind each mark. */
function marked(accountId: string, mark: RangeMark | null, now: Date): Prisma.Sql {
  const inForce = Prisma.sql`r."enabled" AND (r."expiresAt" IS NULL OR r."expiresAt" > ${now})`
  switch (mark) {
    case null:
      return Prisma.empty
    case 'unused':
      return Prisma.sql` AND ${inForce} AND COALESCE(r."lastMatchedAt", r."createdAt") <= ${daysFrom(now, -UNUSED_DAYS)}`
    case 'expiring':
      return Prisma.sql` AND ${inForce} AND r."expiresAt" <= ${daysFrom(now, EXPIRING_DAYS)}`
    case 'covered':
      // By start, and the longer first: one is covered when one before it, in force, reaches to its end or beyond.
      return Prisma.sql` AND r."id" IN (
        SELECT w."id" FROM (
          SELECT o."id", o."end", MAX(CASE WHEN o."enabled" AND (o."expiresAt" IS NULL OR o."expiresAt" > ${now}) THEN o."end" END)
            OVER (ORDER BY o."start", o."end" DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS "reach"
          FROM "Range" o WHERE o."accountId" = ${accountId}) w
        WHERE w."reach" >= w."end")`
    case 'disabled':
      return Prisma.sql` AND NOT r."enabled"`
  }
}

/** Beyond so many the screen says "more than". */
export const TIMES_MAX = 1_000
const TIMES_DAYS = 30

/** How often each of these ranges let somebody in lately. */
async function countTimes(ranges: readonly RangeRow[], now: Date): Promise<Map<string, number>> {
  if (ranges.length === 0) return new Map()
  const rows = await database().$queryRaw<{ id: string; times: number | bigint }[]>`
    SELECT r."id", (SELECT COUNT(*) FROM (
        SELECT 1 FROM "SignInEvent" e WHERE e."rangeId" = r."id" AND e."at" > ${daysFrom(now, -TIMES_DAYS)} LIMIT ${TIMES_MAX}) t
      ) AS "times"
    FROM "Range" r WHERE r."id" IN (${Prisma.join(ranges.map((row) => row.id))})`
  return new Map(rows.map(({ id, times }) => [id, Number(times)]))
}

async function countMatches(matches: Prisma.Sql): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" FROM "Range" r WHERE ${matches}`
  return Number(row?.count ?? 0)
}

const COLUMNS: Record<RangeSort, Prisma.Sql> = {
  added: Prisma.sql`r."createdAt"`,
  start: Prisma.sql`r."start"`,
  end: Prisma.sql`r."end"`,
  description: Prisma.sql`LOWER(r."description")`,
  matched: Prisma.sql`r."lastMatchedAt"`,
}

/** Never matched and not described come last in either direction; ties are broken by the time-ordered id. */
function order({ sort, descending }: RangeQuery): Prisma.Sql {
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`
  const column = COLUMNS[sort]
  const last =
    sort === 'matched'
      ? Prisma.sql`CASE WHEN r."lastMatchedAt" IS NULL THEN 1 ELSE 0 END, `
      : sort === 'description'
        ? Prisma.sql`CASE WHEN r."description" = '' THEN 1 ELSE 0 END, `
        : Prisma.empty
  return Prisma.sql`${last}${column} ${direction}, r."id" ${direction}`
}

type Row = Omit<RangeRow, 'enabled' | 'expiresAt' | 'lastMatchedAt' | 'createdAt' | 'version'> & {
  enabled: boolean | number
  version: number | bigint
  createdAt: string | Date
} & Record<'expiresAt' | 'lastMatchedAt', string | Date | null>

function toRow(row: Row): RangeRow {
  return {
    ...row,
    start: row.start as Address,
    end: row.end as Address,
    origin: row.origin as RangeOrigin,
    enabled: Boolean(row.enabled),
    version: Number(row.version),
    createdAt: new Date(row.createdAt),
    expiresAt: row.expiresAt ? new Date(row.expiresAt) : null,
    lastMatchedAt: row.lastMatchedAt ? new Date(row.lastMatchedAt) : null,
  }
}

function statusOf(row: RangeRow, now: Date): RangeLine['status'] {
  if (!row.enabled) return 'disabled'
  return isInForce(row, now) ? 'active' : 'expired'
}

/** The nearest cover is met first, going back from a range in the order of addresses; from the front it may be a long way. */
async function findCovers(
  accountId: string,
  ranges: readonly RangeRow[],
  now: Date,
): Promise<Map<string, string>> {
  if (ranges.length === 0) return new Map()
  const rows = await database().$queryRaw<{ id: string; start: string; end: string; description: string }[]>`
    SELECT r."id", c."start", c."end", c."description" FROM "Range" r JOIN "Range" c ON c."id" = (
      SELECT o."id" FROM "Range" o
      WHERE o."accountId" = ${accountId} AND o."start" <= r."start" AND o."end" >= r."end" AND o."id" <> r."id"
        AND o."enabled" AND (o."expiresAt" IS NULL OR o."expiresAt" > ${now})
      ORDER BY o."start" DESC, o."end" DESC LIMIT 1)
    WHERE r."id" IN (${Prisma.join(ranges.map((row) => row.id))})`
  return new Map(
    rows.map((row) => [row.id, nameRange({ ...row, start: row.start as Address, end: row.end as Address })]),
  )
}
