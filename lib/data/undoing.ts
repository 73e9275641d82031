import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { RangeBefore, Undo } from '../core/unconfirmed'
import { bumpVersion, findSameRange, type RangeRow } from './allowlist'
import type { Transaction } from './database'

/** What came of it; `obstacle` ends a sentence that begins with "because". */
export type Undone = { outcome: 'undone' | 'as-before' } | { outcome: 'impossible'; obstacle: string }

/**
 * Brings back how things were before one change, in a transaction that has locked the account. What others changed since
 * stays; where they changed the same thing, nothing is overwritten.
 */
export async function applyUndo(tx: Transaction, accountId: string, undo: Undo): Promise<Undone> {
  const undone = await change(tx, accountId, undo)
  if (undone.outcome === 'undone') await bumpVersion(tx, accountId)
  return undone
}

const UNDONE: Undone = { outcome: 'undone' }
const AS_BEFORE: Undone = { outcome: 'as-before' }

async function change(tx: Transaction, accountId: string, undo: Undo): Promise<Undone> {
  switch (undo.kind) {
    case 'turn-off': {
      const { kind: _, ...timeOff } = undo
      const offUntil = instant(timeOff.offUntil)
      const { count } = await tx.account.updateMany({
        where: { id: accountId, allowlistEnabled: true },
        data: { allowlistEnabled: false, ...timeOff, offUntil },
      })
      return count === 1 ? UNDONE : AS_BEFORE
    }
    case 'release-every-request': {
      const { count } = await tx.account.updateMany({
        where: { id: accountId, checkEveryRequest: true },
        data: { checkEveryRequest: false },
      })
      return count === 1 ? UNDONE : AS_BEFORE
    }
    case 'range':
      return undo.before ? restoreRange(tx, accountId, undo, undo.before) : removeRange(tx, accountId, undo)
    case 'ranges':
      return removeRanges(tx, accountId, undo.ids)
  }
}

type RangeUndo = Extract<Undo, { kind: 'range' }>

async function removeRange(tx: Transaction, accountId: string, undo: RangeUndo): Promise<Undone> {
  const row = await tx.range.findFirst({ where: { id: undo.id, accountId } })
  if (!row) return AS_BEFORE
  if (row.version !== undo.version) return impossible('somebody changed that range since.')
  await tx.range.delete({ where: { id: row.id } })
  return UNDONE
}

const IDS_A_STATEMENT = 500

/**
 * Nobody is let in until it is done, and it has no more time than the import had: a statement of its own takes a third
 * less than Prisma's, and what is left is looked for only where nothing went.
 */
async function removeRanges(tx: Transaction, accountId: string, ids: readonly string[]): Promise<Undone> {
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_A_STATEMENT) }, (_, at) =>
    ids.slice(at * IDS_A_STATEMENT, (at + 1) * IDS_A_STATEMENT),
  )
  let removed = 0
  for (const some of parts)
    removed += await tx.$executeRaw`
      DELETE FROM "Range" WHERE "id" IN (${Prisma.join(some)}) AND "accountId" = ${accountId} AND "version" = 1`
  if (removed > 0) return UNDONE
  for (const some of parts)
    if (await tx.range.findFirst({ where: { accountId, id: { in: some } }, select: { id: true } }))
      return impossible('somebody changed these ranges since.')
  return AS_BEFORE
}

async function restoreRange(
  tx: Transaction,
  accountId: string,
  { id, version }: RangeUndo,
  before: RangeBefore,
): Promise<Undone> {
  const range = { start: before.start as Address, end: before.end as Address }
  const row = (await tx.range.findFirst({ where: { id, accountId } })) as RangeRow | null
  const same = await findSameRange(tx, accountId, range)
  // An entry that is just like it was leaves what the change made of this one where it is.
  if (same && isAsBefore(same, before) && (same.id === id || !row)) return AS_BEFORE
  if (same && same.id !== id) return impossible('the same addresses are on the list by another entry.')
  const { enabled, description } = before
  const data = { ...range, enabled, description, expiresAt: instant(before.expiresAt) }
  if (row) {
    if (row.version !== version) return impossible('somebody changed that range since.')
    await tx.range.update({
      where: { id },
      data: { ...data, updatedAt: new Date(), version: { increment: 1 } },
    })
    return UNDONE
  }
  if (version !== null) return impossible('somebody deleted that range since.')
  const { origin, addedById, addedByName } = before
  await tx.range.create({
    data: {
      ...data,
      ...{ id, accountId, origin, addedById, addedByName },
      lastMatchedAt: instant(before.lastMatchedAt),
      createdAt: new Date(before.createdAt),
      version: before.version + 1,
    },
  })
  return UNDONE
}

/** Nothing is left to be brought back but, at most, words. */
function isAsBefore(row: RangeRow, before: RangeBefore): boolean {
  return (
    row.start === before.start &&
    row.end === before.end &&
    row.enabled === before.enabled &&
    (row.expiresAt?.toISOString() ?? null) === before.expiresAt
  )
}

function impossible(obstacle: string): Undone {
  return { outcome: 'impossible', obstacle }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

/** A range as it is now, to be brought back later. */
export function rangeBefore(row: RangeRow): RangeBefore {
  const { start, end, description, enabled, origin, addedById, addedByName, version } = row
  return {
    ...{ start, end, description, enabled, origin, addedById, addedByName, version },
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastMatchedAt: row.lastMatchedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}
