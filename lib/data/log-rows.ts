import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { LOG_ROWS_PER_PAGE, type LogPart, type LogPlace } from '../core/log-page'
import type { LogTime } from '../core/log-time'
import { containing } from './containing'
import { database } from './database'

/** One page of a log, latest row first, and where the pages before and after it begin. */
export interface LogPage<Row> {
  rows: Row[]
  newer: LogPlace | null
  older: LogPlace | null
}

type Raw = { id: string; at: string | Date }

/**
 * Reads one part of a log, never counting and never skipping rows: its cost is that of the rows it shows. `select` makes the
 * statement for a condition, an order and a limit on a table called `e`.
 */
export async function readLogPage<R extends Raw>(
  part: LogPart,
  select: (condition: Prisma.Sql, order: Prisma.Sql, limit: number) => Prisma.Sql,
): Promise<LogPage<R>> {
  const size = LOG_ROWS_PER_PAGE
  const { newer, older } = part
  if (newer) {
    const found = await query<R>(select(isBeyond(newer, 'newer'), OLDEST_FIRST, size + 1))
    // The first page is a whole one, even where fewer rows than that have come since.
    if (found.length <= size) return readLogPage({}, select)
    const rows = found.slice(0, size).reverse()
    return { rows, newer: placeOf(rows[0]), older: placeOf(rows.at(-1)) }
  }
  const condition = older ? isBeyond(older, 'older') : Prisma.sql`1 = 1`
  const found = await query<R>(select(condition, LATEST_FIRST, size + 1))
  const rows = found.slice(0, size)
  return {
    rows,
    newer: older ? placeOf(rows[0] ?? { id: older.id, at: older.at }) : null,
    older: found.length > size ? placeOf(rows.at(-1)) : null,
  }
}

/** Goes through a whole log from its latest row on, a thousand at a time. */
export async function* readWholeLog<R extends Raw>(
  select: (condition: Prisma.Sql, order: Prisma.Sql, limit: number) => Prisma.Sql,
): AsyncIterable<R[]> {
  for (let place: LogPlace | null = null; ; ) {
    const condition: Prisma.Sql = place ? isBeyond(place, 'older') : Prisma.sql`1 = 1`
    const rows: R[] = await query<R>(select(condition, LATEST_FIRST, BATCH))
    if (rows.length > 0) yield rows
    if (rows.length < BATCH) return
    place = placeOf(rows.at(-1))
  }
}

const BATCH = 1_000
const LATEST_FIRST = Prisma.sql`e."at" DESC, e."id" DESC`
const OLDEST_FIRST = Prisma.sql`e."at" ASC, e."id" ASC`

function query<R>(statement: Prisma.Sql): Promise<R[]> {
  return database().$queryRaw<R[]>(statement)
}

/** The first comparison lets an index begin at the place; the second one settles rows of the same instant. */
function isBeyond({ at, id }: LogPlace, direction: 'older' | 'newer'): Prisma.Sql {
  return direction === 'older'
    ? Prisma.sql`e."at" <= ${at} AND (e."at" < ${at} OR e."id" < ${id})`
    : Prisma.sql`e."at" >= ${at} AND (e."at" > ${at} OR e."id" > ${id})`
}

function placeOf(row: Raw | undefined): LogPlace | null {
  return row ? { at: new Date(row.at), id: row.id } : null
}

/** Rows of a stretch of time. */
export function isWithin({ from, until }: LogTime): Prisma.Sql {
  const first = from ? Prisma.sql` AND e."at" >= ${from}` : Prisma.empty
  const last = until ? Prisma.sql` AND e."at" < ${until}` : Prisma.empty
  return Prisma.sql`1 = 1${first}${last}`
}

/** Up to this many people are told apart by a filter. */
const PEOPLE_MAX = 20

/** Whom a filter means: the ids of who has this in name or e-mail; null where it is nearly anybody. */
export async function findPeople(accountId: string, text: string): Promise<string[] | null> {
  const rows = await query<{ id: string }>(Prisma.sql`${peopleWith(accountId, text)} LIMIT ${PEOPLE_MAX + 1}`)
  return rows.length > PEOPLE_MAX ? null : rows.map(({ id }) => id)
}

/** The ids of everybody who has this in name or e-mail, however many they are. */
export function peopleWith(accountId: string, text: string): Prisma.Sql {
  return Prisma.sql`
    SELECT g."id" FROM "Agent" g WHERE g."accountId" = ${accountId}
      AND (${containing(Prisma.sql`g."name"`, text)} OR ${containing(Prisma.sql`g."email"`, text)})`
}
