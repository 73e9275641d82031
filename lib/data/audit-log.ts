import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { AuditRecord } from '../core/audit-chain'
import type { AuditFilter } from '../core/audit-listing'
import type { LogPart } from '../core/log-page'
import { type Actor, requirePermitted } from '../core/permissions'
import { containing } from './containing'
import { isWithin, type LogPage, peopleWith, readLogPage, readWholeLog } from './log-rows'

/** One change, as the log shows it. `before` and `after` are JSON. */
export interface AuditLine extends Omit<AuditRecord, 'accountId' | 'at' | 'address'> {
  /** Its number in the account's chain; none from before there was one. */
  sequence: number | null
  at: Date
  address: Address | null
  previousHash: string | null
  hash: string | null
}

/** One page of the account's changes, latest first. */
export async function listAudit(
  actor: Actor,
  filter: AuditFilter,
  part: LogPart,
): Promise<LogPage<AuditLine>> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const page = await readLogPage<Row>(part, statement(actor.accountId, filter))
  return { ...page, rows: page.rows.map(toLine) }
}

/** All changes that the filter lets through, latest first, some at a time. */
export async function* readAudit(actor: Actor, filter: AuditFilter): AsyncIterable<AuditLine[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  for await (const rows of readWholeLog<Row>(statement(actor.accountId, filter))) yield rows.map(toLine)
}

type Row = Omit<AuditLine, 'at' | 'address' | 'sequence'> & {
  at: string | Date
  address: string | null
  sequence: number | bigint | null
}

function toLine(row: Row): AuditLine {
  return {
    ...row,
    at: new Date(row.at),
    address: row.address as Address | null,
    sequence: row.sequence === null ? null : Number(row.sequence),
  }
}

function statement(accountId: string, filter: AuditFilter): Parameters<typeof readLogPage>[1] {
  const { action } = filter
  const parts = [
    Prisma.sql`e."accountId" = ${accountId}`,
    isWithin(filter.time),
    ...(action
      ? [
          action.includes('.')
            ? Prisma.sql`e."action" = ${action}`
            : Prisma.sql`e."action" LIKE ${`${action}.%`}`,
        ]
      : []),
    ...(filter.person ? [isBy(accountId, filter.person)] : []),
  ]
  return (condition, order, limit) => Prisma.sql`
    SELECT e."id", e."sequence", e."at", e."action", e."actorId", e."actorName", e."via", e."subjectType", e."subjectId",
           e."subjectName", e."before", e."after", e."address", e."previousHash", e."hash"
    FROM "AuditEvent" e WHERE ${Prisma.join(parts, ' AND ')} AND ${condition} ORDER BY ${order} LIMIT ${limit}`
}

/** By the name that they had then, or the name and e-mail address that they have now. */
function isBy(accountId: string, person: string): Prisma.Sql {
  const named = containing(Prisma.sql`e."actorName"`, person)
  return Prisma.sql`(${named} OR e."actorId" IN (${peopleWith(accountId, person)}))`
}
