import { type Address, formatAddress } from '../core/address'
import type { Asked } from '../core/allowlist-change'
import type { AuditAction } from '../core/audit'
import type { Actor } from '../core/permissions'
import { formatRange, type Range } from '../core/range'
import {
  addRangeInTransaction,
  bumpVersion,
  findSameRange,
  insertRange,
  isInForce,
  type NewRange,
  RANGES_MAX,
  type RangeRow,
  subjectOf,
} from './allowlist'
import { askAbout, type Change, changeAllowlist } from './allowlist-change'
import { recordAudit } from './audit'
import type { Transaction } from './database'
import { findUndoing, type Undoable } from './unconfirmed'
import { rangeBefore } from './undoing'

/**
 * Puts a range on the list. `duplicate`: one with the same addresses is there, `existing`, until `undoneAt` if nobody
 * confirms it. `coveredBy` is a wider range in
 * force that held all of these addresses before, as people call it.
 */
export function addRange(actor: Actor, input: NewRange, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx, now } = change
    const existing = await findSameRange(tx, actor.accountId, input.range)
    if (existing) {
      const undoneAt = await findUndoing(tx, actor.accountId, existing)
      return { outcome: 'duplicate' as const, existing, undoneAt }
    }
    if (input.expiresAt && input.expiresAt <= now) return { outcome: 'expiry-past' as const }
    if (await isFull(tx, actor.accountId)) return { outcome: 'list-full' as const }
    askAbout(change, asked, input.range)
    const coveredBy = await findCover(change, input.range)
    const { id } = await insertRange(tx, change.actor, input)
    return {
      outcome: 'added' as const,
      ...{ id, coveredBy },
      impact: {
        ...{ endsAt: input.expiresAt, changed: input.range },
        undoable: undoableOf('range.added', { id, ...input.range }, { version: 1, before: null }),
      },
    }
  })
}

/**
 * Puts a range on the list that Gatehouse itself offered (an address that was refused, a suggestion): one with the same
 * addresses that doesn't count is enabled again.
 */
export function putOnList(actor: Actor, offered: { range: Range; description: string }, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx } = change
    const { range, description } = offered
    const before = await findSameRange(tx, actor.accountId, range)
    if (!before && (await isFull(tx, actor.accountId))) return { outcome: 'list-full' as const }
    askAbout(change, asked, range)
    const input = { range, description, origin: 'MANUAL' as const, expiresAt: null }
    const outcome = await addRangeInTransaction(tx, change.actor, input)
    const after = await findSameRange(tx, actor.accountId, range)
    const action = before ? 'range.enabled' : 'range.added'
    return { outcome, impact: after ? { undoable: undoableOf(action, after, { ...after, before }) } : {} }
  })
}

async function isFull(tx: Transaction, accountId: string): Promise<boolean> {
  return (await tx.range.count({ where: { accountId } })) >= RANGES_MAX
}

/** "Add my current IP": the actor's own address, and never more than that. */
export function addOwnAddress(actor: Actor, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx } = change
    const { address, accountId } = actor
    if (!address) return { outcome: 'address-unknown' as const }
    const range = { start: address, end: address }
    const before = await findSameRange(tx, accountId, range)
    if (!before && (await isFull(tx, accountId))) return { outcome: 'list-full' as const }
    askAbout(change, asked, range)
    const description = `${change.actor.name}’s IP`
    const outcome = await addRangeInTransaction(tx, change.actor, {
      range,
      description,
      origin: 'MANUAL',
      expiresAt: null,
    })
    return { outcome, impact: {} }
  })
}

/** What an edit sets. `version` is the one that the person saw; `expiresAt` undefined leaves the end as it is. */
export interface RangeEdit {
  id: string
  version: number
  range: Range
  description: string
  expiresAt: Date | null | undefined
}

/** Changes a range. `overtaken`: somebody changed it since `version`, and nothing was overwritten. */
export function editRange(actor: Actor, edit: RangeEdit, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx, now } = change
    const before = await findRow(tx, actor.accountId, edit.id)
    if (!before) return { outcome: 'gone' as const }
    if (before.version !== edit.version) return { outcome: 'overtaken' as const, current: before }
    const { range, description, expiresAt = before.expiresAt } = edit
    const same = await findSameRange(tx, actor.accountId, range)
    if (same && same.id !== edit.id) return { outcome: 'duplicate' as const, existing: same }
    const isNewEnd = expiresAt?.getTime() !== before.expiresAt?.getTime()
    if (expiresAt && isNewEnd && expiresAt <= now) return { outcome: 'expiry-past' as const }
    if (isNewEnd) change.ask('prove-again')
    const comesBack = isInForce({ ...before, expiresAt }, now) && !isInForce(before, now)
    askAbout(change, asked, range, comesBack ? null : before)
    const after = { start: range.start, end: range.end, description, expiresAt }
    await tx.range.update({
      where: { id: edit.id },
      data: { ...after, updatedAt: now, version: { increment: 1 } },
    })
    await recordAudit(tx, change.actor, {
      action: 'range.edited',
      subject: subjectOf({ id: edit.id, ...range }),
      before: inWords(before),
      after: inWords(after),
    })
    await bumpVersion(tx, actor.accountId)
    return {
      outcome: 'edited' as const,
      impact: {
        ...{ endsAt: isNewEnd ? expiresAt : null, changed: range },
        undoable: undoableOf(
          'range.edited',
          { id: edit.id, ...range },
          { version: before.version + 1, before },
        ),
      },
    }
  })
}

/** Disables or enables a range; `unchanged` when it is so already. */
export function setRangeEnabled(actor: Actor, to: { id: string; enabled: boolean }, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx, now } = change
    const row = await findRow(tx, actor.accountId, to.id)
    if (!row) return { outcome: 'gone' as const }
    if (row.enabled === to.enabled) return { outcome: 'unchanged' as const, row }
    if (to.enabled) askAbout(change, asked, row)
    await tx.range.update({
      where: { id: row.id },
      data: { enabled: to.enabled, updatedAt: now, version: { increment: 1 } },
    })
    const action = to.enabled ? 'range.enabled' : 'range.disabled'
    await recordAudit(tx, change.actor, { action, subject: subjectOf(row) })
    await bumpVersion(tx, actor.accountId)
    return {
      outcome: to.enabled ? ('enabled' as const) : ('disabled' as const),
      row,
      impact: {
        changed: row,
        undoable: undoableOf(action, row, { version: row.version + 1, before: row }),
      },
    }
  })
}

/** Takes a range off the list. With `version`, only if nobody changed it since. */
export function deleteRange(actor: Actor, which: { id: string; version?: number }, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const { tx } = change
    const row = await findRow(tx, actor.accountId, which.id)
    if (!row) return { outcome: 'gone' as const }
    if (which.version !== undefined && row.version !== which.version)
      return { outcome: 'overtaken' as const, current: row }
    await tx.range.delete({ where: { id: row.id } })
    await recordAudit(tx, change.actor, {
      action: 'range.deleted',
      subject: subjectOf(row),
      before: inWords(row),
    })
    await bumpVersion(tx, actor.accountId)
    const undoable = undoableOf('range.deleted', row, { version: null, before: row })
    return { outcome: 'deleted' as const, row, impact: { changed: row, undoable } }
  })
}

async function findRow(tx: Transaction, accountId: string, id: string): Promise<RangeRow | null> {
  return (await tx.range.findFirst({ where: { id, accountId } })) as RangeRow | null
}

/** The name of a range in force that holds all of this one: the nearest, going back in the order of addresses. */
async function findCover({ tx, actor, now }: Change, range: Range): Promise<string | null> {
  const row = await tx.range.findFirst({
    where: {
      accountId: actor.accountId,
      start: { lte: range.start },
      end: { gte: range.end },
      enabled: true,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    orderBy: [{ start: 'desc' }, { end: 'desc' }],
    select: { start: true, end: true, description: true },
  })
  return row && nameRange({ ...row, start: row.start as Address, end: row.end as Address })
}

/** How people call a range: by its description, else by its addresses. */
export function nameRange(row: Range & { description: string }): string {
  return row.description || formatRange(row)
}

/** How a change of a range is undone, which has the version `version` since; null: it is gone. */
function undoableOf(
  action: AuditAction,
  range: Range & { id: string },
  { version, before }: { version: number | null; before: RangeRow | null },
): Undoable {
  const { id, name: subjectName } = subjectOf(range)
  return { action, subjectName, undo: { kind: 'range', id, version, before: before && rangeBefore(before) } }
}

function inWords(row: Range & { description: string; expiresAt: Date | null }) {
  const { description, expiresAt } = row
  return { start: formatAddress(row.start), end: formatAddress(row.end), description, expiresAt }
}
