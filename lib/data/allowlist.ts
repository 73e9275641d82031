import type { Address } from '../core/address'
import { type Actor, requirePermitted } from '../core/permissions'
import { formatRange, type Range } from '../core/range'
import { recordAudit } from './audit'
import type { Transaction } from './database'
import { announceList } from './list-notices'

/**
 * No more ranges than these are added or imported. What keeps somebody from being shut out goes over it: a mailed link,
 * one's own address along with a change, a change that is undone.
 */
export const RANGES_MAX = 100_000

export type RangeOrigin = 'MANUAL' | 'EMAIL' | 'IMPORT' | 'API' | 'CLI'

/** A range to be put on the list. `expiresAt` is the first instant at which it no longer counts. */
export interface NewRange {
  range: Range
  description: string
  origin: RangeOrigin
  expiresAt: Date | null
}

/** A range as it is stored. */
export interface RangeRow {
  id: string
  start: Address
  end: Address
  description: string
  enabled: boolean
  expiresAt: Date | null
  origin: RangeOrigin
  addedById: string | null
  addedByName: string
  lastMatchedAt: Date | null
  version: number
  createdAt: Date
}

/**
 * Sees to it that exactly this range is on the list and in force: adds it, or enables a disabled or expired one of the
 * same addresses again with this expiry. The transaction has begun with lockAccount. Throws NotPermitted.
 */
export async function addRangeInTransaction(
  tx: Transaction,
  actor: Actor,
  input: NewRange,
): Promise<'added' | 'enabled-again' | 'already'> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const existing = await findSameRange(tx, actor.accountId, input.range)
  if (!existing) {
    await insertRange(tx, actor, input)
    return 'added'
  }
  if (isInForce(existing, new Date())) return 'already'
  await tx.range.update({
    where: { id: existing.id },
    data: { enabled: true, expiresAt: input.expiresAt, updatedAt: new Date(), version: { increment: 1 } },
  })
  await recordAudit(tx, actor, {
    action: 'range.enabled',
    subject: subjectOf(existing),
    before: { enabled: existing.enabled, expiresAt: existing.expiresAt },
    after: { enabled: true, expiresAt: input.expiresAt, origin: input.origin },
  })
  await bumpVersion(tx, actor.accountId)
  return 'enabled-again'
}

/** Puts a new range on the list, with its audit row. There is none with the same addresses. */
export async function insertRange(tx: Transaction, actor: Actor, input: NewRange): Promise<{ id: string }> {
  const { range, description, origin, expiresAt } = input
  const row = await tx.range.create({
    data: {
      accountId: actor.accountId,
      ...{ start: range.start, end: range.end, description, origin, expiresAt },
      addedById: actor.agentId,
      addedByName: actor.name,
    },
    select: { id: true },
  })
  await recordAudit(tx, actor, {
    action: 'range.added',
    subject: subjectOf({ id: row.id, ...range }),
    after: { description, origin, expiresAt },
  })
  await bumpVersion(tx, actor.accountId)
  return row
}

/** Every sign-in reads this version; a change that doesn't bump it goes unnoticed. */
export async function bumpVersion(tx: Transaction, accountId: string): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { allowlistVersion: { increment: 1 } } })
  await announceList(tx, accountId)
}

/**
 * Takes the account's row for writing until the transaction ends, so that no change of the list comes between; false
 * when the list is no longer the one of this version. See `lockAccount`.
 */
export async function holdList(tx: Transaction, accountId: string, version: number): Promise<boolean> {
  const held = await tx.$executeRaw`
    UPDATE "Account" SET "name" = "name" WHERE "id" = ${accountId} AND "allowlistVersion" = ${version}`
  return held === 1
}

/** The range with exactly these addresses, or null. */
export async function findSameRange(
  tx: Transaction,
  accountId: string,
  { start, end }: Range,
): Promise<RangeRow | null> {
  return (await tx.range.findUnique({
    where: { accountId_start_end: { accountId, start, end } },
  })) as RangeRow | null
}

export function isInForce(row: { enabled: boolean; expiresAt: Date | null }, now: Date): boolean {
  return row.enabled && (row.expiresAt === null || row.expiresAt > now)
}

/** What an audit row says about a range. */
export function subjectOf(row: Range & { id: string }) {
  return { type: 'range', id: row.id, name: formatRange(row) }
}
