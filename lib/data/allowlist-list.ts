import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { RANGES_PER_PAGE, type RangeQuery, type RangeSort, searchedRange } from '../core/allowlist-search'
import { type Actor, requirePermitted } from '../core/permissions'
import { isInForce, type RangeOrigin, type RangeRow } from './allowlist'
import { nameRange } from './allowlist-ranges'
import { database } from './database'

/** One line of the list of ranges. */
export interface RangeLine extends RangeRow {
  status: 'active' | 'disabled' | 'expired'
  /** Another range in force that holds all of this one, as people call it. */
  coveredBy: string | null
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
  const matches = matching(actor.accountId, query.search)
  const total = query.search ? await countMatches(matches) : all
  const page = Math.min(query.page, Math.max(1, Math.ceil(total / RANGES_PER_PAGE)))
  const rows = await database().$queryRaw<Row[]>`
    SELECT r."id", r."start", r."end", r."description", r."enabled", r."expiresAt", r."origin", r."addedById",
           r."addedByName", r."lastMatchedAt", r."version", r."createdAt"
    FROM "Range" r WHERE ${matches} ORDER BY ${order(query)}
    LIMIT ${RANGES_PER_PAGE} OFFSET ${(page - 1) * RANGES_PER_PAGE}`
  const ranges = rows.map(toRow)
  const covers = all <= COVER_SEARCH_MAX_RANGES ? await findCovers(actor.accountId, ranges, now) : new Map()
  return {
    ranges: ranges.map((row) => ({
      ...row,
      status: statusOf(row, now),
      coveredBy: covers.get(row.id) ?? null,
    })),
    ...{ total, page },
  }
}

/** LIKE with its wildcards taken literally; ASCII letters match whatever their case, on both databases. */
function matching(accountId: string, search: string): Prisma.Sql {
  const own = Prisma.sql`r."accountId" = ${accountId}`
  if (!search) return own
  const escaped = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const described = Prisma.sql`LOWER(r."description") LIKE ${escaped.toLowerCase()} ESCAPE '\\' OR r."description" LIKE ${escaped} ESCAPE '\\'`
  const range = searchedRange(search)
  if (!range) return Prisma.sql`${own} AND (${described})`
  return Prisma.sql`${own} AND (${described} OR (r."start" <= ${range.end} AND r."end" >= ${range.start}))`
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
      LIMIT 1)
    WHERE r."id" IN (${Prisma.join(ranges.map((row) => row.id))})`
  return new Map(
    rows.map((row) => [row.id, nameRange({ ...row, start: row.start as Address, end: row.end as Address })]),
  )
}
