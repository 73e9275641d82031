import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import type { RecentSignIn } from '../core/impact'
import { type Actor, requirePermitted } from '../core/permissions'
import { database } from './database'

/** How far back a look at recent sign-ins goes. */
export const RECENT_DAYS = 30
const RECENT_MS = RECENT_DAYS * 24 * 60 * 60 * 1000
/**
 * So many rows of the log are read at most, the latest ones: to group a million takes SQLite two seconds, and still half of
 * one with an index made for it, which each sign-in would have to keep.
 */
export const RECENT_ROWS_MAX = 20_000
/** Where that is not all: also the last sign-in of so many people, each looked for in so many of their attempts. */
const PEOPLE_MAX = 1_000
const ATTEMPTS_MAX = 20

export interface RecentSignIns {
  /** The latest of each person, surface and address. Who was disabled since is left out. */
  signIns: RecentSignIn[]
  /** There were more than were read. */
  isSample: boolean
}

/** Who was let in lately, and from where. Reads a bounded number of rows, however long the log is. */
export async function readRecentSignIns(
  actor: Actor,
  now = new Date(),
  rowsMax = RECENT_ROWS_MAX,
): Promise<RecentSignIns> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { accountId } = actor
  const since = new Date(now.getTime() - RECENT_MS)
  const latest = await database().$queryRaw<Row[]>`
    SELECT g.*, a."name", a."enabled" FROM (
      SELECT e."agentId", e."surface", e."address", MAX(e."at") AS "at", COUNT(*) AS "times"
      FROM (SELECT s."agentId", s."surface", s."address", s."at" FROM "SignInEvent" s
            WHERE s."accountId" = ${accountId} AND s."outcome" = 'admitted' AND s."at" > ${since}
            ORDER BY s."at" DESC LIMIT ${rowsMax + 1}) e
      GROUP BY e."agentId", e."surface", e."address") g
    LEFT JOIN "Agent" a ON a."id" = g."agentId"`
  const isSample = latest.reduce((sum, { times }) => sum + Number(times), 0) > rowsMax
  const rows = isSample ? [...(await readLastOfEach(accountId, since)), ...latest] : latest
  return { signIns: rows.filter(({ enabled }) => enabled).map(toSignIn), isSample }
}

/** Everybody's last sign-in. */
function readLastOfEach(accountId: string, since: Date): Promise<Row[]> {
  const lastOf = Prisma.sql`
    SELECT l."id" FROM (SELECT s."id", s."outcome", s."at" FROM "SignInEvent" s
                        WHERE s."accountId" = a."accountId" AND s."agentId" = a."id" AND s."at" > ${since}
                        ORDER BY s."at" DESC LIMIT ${ATTEMPTS_MAX}) l
    WHERE l."outcome" = 'admitted' ORDER BY l."at" DESC LIMIT 1`
  return database().$queryRaw<Row[]>`
    SELECT a."id" AS "agentId", a."name", a."enabled", e."surface", e."address", e."at"
    FROM (SELECT * FROM "Agent" WHERE "accountId" = ${accountId} AND "enabled" AND "lastSignInAt" > ${since}
          ORDER BY "lastSignInAt" DESC LIMIT ${PEOPLE_MAX}) a
    JOIN "SignInEvent" e ON e."id" = (${lastOf})`
}

interface Row {
  agentId: string
  name: string
  enabled: boolean | number | null
  surface: Surface
  address: string | null
  at: Date | string
  times?: number | bigint
}

function toSignIn({ agentId, name, surface, address, at }: Row): RecentSignIn {
  return { agentId, name, surface, address: address as Address | null, atMs: new Date(at).getTime() }
}
