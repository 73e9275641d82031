import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { AuditRecord } from '../core/audit-chain'
import { type AuditFilter, actionsOf } from '../core/audit-listing'
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
  const page = await readLogPage<Row>(part, selectAudit(actor.accountId, filter))
  return { ...page, rows: page.rows.map(toLine) }
}

/** All changes that the filter lets through, latest first, some at a time. */
export async function* readAudit(actor: Actor, filter: AuditFilter): AsyncIterable<AuditLine[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  for await (const rows of readWholeLog<Row>(selectAudit(actor.accountId, filter))) yield rows.map(toLine)
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

/**
 * Each branch reads one index in the order of time and stops at the limit: this log only grows, and a change that is rare may
 * be years back. Only the rows of the page are then fetched whole.
 */
export function selectAudit(accountId: string, filter: AuditFilter): Parameters<typeof readLogPage>[1] {
  const conditions = [
    Prisma.sql`e."accountId" = ${accountId}`,
    isWithin(filter.time),
    ...(filter.person ? [isBy(accountId, filter.person)] : []),
  ]
  const branches = filter.action
    ? actionsOf(filter.action).map((action) => Prisma.sql`e."action" = ${action}`)
    : [Prisma.sql`1 = 1`]
  return (condition, order, limit) => {
    const parts = branches.map(
      (branch, at) => Prisma.sql`SELECT * FROM (
        SELECT e."id", e."at" FROM "AuditEvent" e
        WHERE ${Prisma.join(conditions, ' AND ')} AND ${branch} AND ${condition}
        ORDER BY ${order} LIMIT ${limit}) ${Prisma.raw(`b${at}`)}`,
    )
    return Prisma.sql`
      SELECT e."id", e."sequence", e."at", e."action", e."actorId", e."actorName", e."via", e."subjectType", e."subjectId",
             e."subjectName", e."before", e."after", e."address", e."previousHash", e."hash"
      FROM (SELECT e."id" FROM (${Prisma.join(parts, ' UNION ALL ')}) e ORDER BY ${order} LIMIT ${limit}) found
      JOIN "AuditEvent" e ON e."id" = found."id" ORDER BY ${order}`
  }
}

/** By the name that they had then, or the name and e-mail address that they have now. */
function isBy(accountId: string, person: string): Prisma.Sql {
  const named = containing(Prisma.sql`e."actorName"`, person)
  return Prisma.sql`(${named} OR e."actorId" IN (${peopleWith(accountId, person)}))`
}
