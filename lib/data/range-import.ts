import type { Asked } from '../core/allowlist-change'
import { countOf } from '../core/allowlist-words'
import { type Actor, requirePermitted } from '../core/permissions'
import { formatRange } from '../core/range'
import { bumpVersion, isInForce, type NewRange, RANGES_MAX } from './allowlist'
import { askAbout, type Change, changeAllowlist } from './allowlist-change'
import { recordAudits } from './audit'
import { database, type Transaction } from './database'
import { newId } from './ids'
import { batches, insertRows } from './insert-row'

/** A range to be imported. Each is given once. */
export type ImportedRange = Omit<NewRange, 'origin'>

/** What would become of ranges that are imported. */
export interface Sorted<R> {
  /** Not on the list, and in force from now on. */
  added: R[]
  /** One with the same addresses is on the list, and stays as it is. */
  listed: { range: R; isInForce: boolean }[]
  /** Their end has passed. */
  expired: R[]
  /** How many more ranges than the added ones the list can take; negative: they are too many. */
  room: number
}

/** A statement has 999 parameters at most. */
const ROWS_A_QUERY = 500
/** An audit row tells of so many ranges at most. */
const RANGES_AN_AUDIT_ROW = 100

/** What an import would do, on the list as it is now. Changes nothing. */
export async function surveyImport<R extends ImportedRange>(
  actor: Actor,
  ranges: readonly R[],
  now = new Date(),
): Promise<Sorted<R>> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  return sortOut(database(), actor.accountId, ranges, now)
}

/**
 * Puts the ranges on the list that are not on it, all of them or none, and leaves those that are as they are. What has expired
 * meanwhile is left out.
 */
export function importRanges(actor: Actor, ranges: readonly ImportedRange[], asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx, now } = change
    const { added, listed, expired, room } = await sortOut(tx, actor.accountId, ranges, now)
    if (added.length === 0)
      return { outcome: 'nothing-new' as const, listed: listed.length, expired: expired.length }
    if (room < 0) return { outcome: 'list-full' as const, room: added.length + room }
    for (const { range } of added) askAbout(change, asked, range)
    const ids = await insertAll(change, added)
    const subjectName = await recordImport(change, added)
    await bumpVersion(tx, actor.accountId)
    return {
      outcome: 'imported' as const,
      ...{ added: added.length, listed: listed.length, expired: expired.length },
      impact: {
        endsAt: lastEnd(added),
        changed: added.find(({ range: { start, end } }) => start === actor.address && end === actor.address)
          ?.range,
        undoable: { action: 'range.imported' as const, subjectName, undo: { kind: 'ranges' as const, ids } },
      },
    }
  })
}

async function sortOut<R extends ImportedRange>(
  tx: Pick<Transaction, 'range'>,
  accountId: string,
  ranges: readonly R[],
  now: Date,
): Promise<Sorted<R>> {
  const existing = new Map<string, boolean>()
  for (const some of batches(ranges, ROWS_A_QUERY)) {
    const rows = await tx.range.findMany({
      where: { accountId, start: { in: some.map(({ range }) => range.start) } },
      select: { start: true, end: true, enabled: true, expiresAt: true },
    })
    for (const row of rows) existing.set(keyOf(row), isInForce(row, now))
  }
  const sorted: Sorted<R> = { added: [], listed: [], expired: [], room: 0 }
  for (const one of ranges) {
    const state = existing.get(keyOf(one.range))
    if (state !== undefined) sorted.listed.push({ range: one, isInForce: state })
    else if (one.expiresAt && one.expiresAt <= now) sorted.expired.push(one)
    else sorted.added.push(one)
  }
  sorted.room = RANGES_MAX - (await tx.range.count({ where: { accountId } })) - sorted.added.length
  return sorted
}

function keyOf({ start, end }: { start: string; end: string }): string {
  return `${start} ${end}`
}

/** Ids of the new rows, in the order of the ranges. */
async function insertAll({ tx, actor, now }: Change, added: readonly ImportedRange[]): Promise<string[]> {
  const { accountId, agentId: addedById, name: addedByName } = actor
  const rows = added.map(({ range: { start, end }, description, expiresAt }) => ({
    ...{ id: newId(now.getTime()), accountId, start, end, description, origin: 'IMPORT' as const, expiresAt },
    ...{ addedById, addedByName, createdAt: now, updatedAt: now },
  }))
  await insertRows(tx, 'Range', rows)
  return rows.map(({ id }) => id)
}

/** Writes down every range, with as many audit rows as that takes; answers how a sentence calls the import. */
async function recordImport({ tx, actor, now }: Change, added: readonly ImportedRange[]): Promise<string> {
  const id = newId(now.getTime())
  const parts = batches(added, RANGES_AN_AUDIT_ROW)
  const changes = parts.map((some, at) => {
    const part = parts.length > 1 ? ` (part ${at + 1} of ${parts.length})` : ''
    return {
      action: 'range.imported' as const,
      subject: { type: 'import', id, name: `${countOf(some.length, 'range')}${part}` },
      after: { ranges: some.map(inWords) },
    }
  })
  await recordAudits(tx, actor, changes)
  return countOf(added.length, 'range')
}

/** What is empty is left out. */
function inWords({ range, description, expiresAt }: ImportedRange) {
  return { range: formatRange(range), ...(description && { description }), ...(expiresAt && { expiresAt }) }
}

/** When the last of those that end ends: no later instant finds fewer of them in force. */
function lastEnd(ranges: readonly ImportedRange[]): Date | null {
  return ranges.reduce<Date | null>(
    (last, { expiresAt }) => (expiresAt && (!last || expiresAt > last) ? expiresAt : last),
    null,
  )
}
