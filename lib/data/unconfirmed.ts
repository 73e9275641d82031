import { type Address, formatAddress } from '../core/address'
import type { AuditAction } from '../core/audit'
import { describeChange } from '../core/audit-words'
import { PATHS } from '../core/paths'
import type { Actor } from '../core/permissions'
import {
  CONFIRM_WITHIN_MS,
  hasLeftBehind,
  isOverdue,
  takesAway,
  targetOf,
  type Undo,
} from '../core/unconfirmed'
import { env } from '../env'
import { changeRevertedNotice } from '../mail/allowlist-notices'
import { systemOf } from './accounts'
import { recordAudit } from './audit'
import type { Transaction } from './database'
import { tellManagers } from './notices'
import { applyUndo } from './undoing'

/** What was changed, as its audit row says it, and how it is undone. */
export interface Undoable {
  action: AuditAction
  subjectName: string
  undo: Undo
}

/** An unconfirmed change as it is stored. */
export interface UnconfirmedRow {
  id: string
  accountId: string
  action: string
  subjectName: string
  undo: string
  madeById: string | null
  madeByName: string
  address: string | null
  madeAt: Date
  dueAt: Date
}

/** "Ana Silva turned the IP Allowlist on". */
export function sentenceOf(row: Pick<UnconfirmedRow, 'action' | 'subjectName' | 'madeByName'>): string {
  return describeChange({ ...row, actorName: row.madeByName })
}

/** From now on the change has to be confirmed; answers until when. In the transaction of the change. */
export async function holdChange(tx: Transaction, actor: Actor, change: Undoable, now: Date): Promise<Date> {
  const { accountId, agentId, name, address } = actor
  const dueAt = new Date(now.getTime() + CONFIRM_WITHIN_MS)
  const { undo: latest, ...said } = change
  const undo = await withEarlier(tx, accountId, latest)
  const row = await tx.unconfirmedChange.create({
    data: {
      ...{ accountId, madeById: agentId, madeByName: name, address, madeAt: now, dueAt },
      ...{ ...said, target: targetOf(undo), undo: JSON.stringify(undo) },
    },
  })
  await recordAudit(tx, actor, {
    action: 'change.held',
    subject: { type: 'change', id: row.id, name: sentenceOf(row) },
    after: { confirmUntil: dueAt },
  })
  const firstDueAt = (await noteFirst(tx, accountId)) ?? dueAt
  await ageSessions(tx, accountId, now, new Date(firstDueAt.getTime() - CONFIRM_WITHIN_MS))
  return dueAt
}

/**
 * Sessions that are there and yet begin later than now, by a clock that was ahead or while the change waited for the
 * account, have proven nothing about it: from now on they are as old as the first unconfirmed change.
 */
async function ageSessions(tx: Transaction, accountId: string, now: Date, firstMadeAt: Date): Promise<void> {
  await tx.session.updateMany({
    where: { accountId, endedAt: null, createdAt: { gt: now } },
    data: { createdAt: firstMadeAt },
  })
}

/**
 * What undoes the change of a range together with the unconfirmed one right before it, if there is one, which then has
 * nothing to do with that range any more: undone one after the other, the range would be another than either of them left
 * behind.
 */
async function withEarlier(tx: Transaction, accountId: string, undo: Undo): Promise<Undo> {
  if (undo.kind !== 'range' || !undo.before) return undo
  const rows = await tx.unconfirmedChange.findMany({ where: { accountId } })
  for (const { id, undo: text } of rows) {
    const earlier = JSON.parse(text) as Undo
    if (!hasLeftBehind(earlier, undo.id, undo.before.version)) continue
    if (earlier.kind === 'ranges') {
      await leaveOut(tx, id, earlier, undo.id)
      return { ...undo, before: null }
    }
    if (earlier.kind !== 'range') continue
    await tx.unconfirmedChange.delete({ where: { id } })
    // The version of the later one: no earlier may come twice.
    return { ...undo, before: earlier.before && { ...earlier.before, version: undo.before.version } }
  }
  return undo
}

async function leaveOut(
  tx: Transaction,
  id: string,
  { ids, ...rest }: Extract<Undo, { kind: 'ranges' }>,
  rangeId: string,
): Promise<void> {
  const undo = { ...rest, ids: ids.filter((one) => one !== rangeId) }
  if (undo.ids.length === 0) await tx.unconfirmedChange.delete({ where: { id } })
  else
    await tx.unconfirmedChange.update({
      where: { id },
      data: { target: targetOf(undo), undo: JSON.stringify(undo) },
    })
}

/** When this range is taken off the list again unless somebody confirms what put it there; null: it stays. */
export async function findUndoing(
  tx: Transaction,
  accountId: string,
  range: Parameters<typeof takesAway>[1],
): Promise<Date | null> {
  const rows = await tx.unconfirmedChange.findMany({ where: { accountId }, orderBy: { dueAt: 'asc' } })
  return rows.find(({ undo }) => takesAway(JSON.parse(undo) as Undo, range))?.dueAt ?? null
}

/** Somebody has set that switch on purpose since: nothing is left to be confirmed, or undone. */
export async function dropUnconfirmed(tx: Transaction, accountId: string, target: string): Promise<void> {
  const { count } = await tx.unconfirmedChange.deleteMany({ where: { accountId, target } })
  if (count > 0) await noteFirst(tx, accountId)
}

/** True for the one who takes the change out of the unconfirmed ones, and so decides what becomes of it. */
export async function takeUnconfirmed(
  tx: Transaction,
  { id, accountId }: Pick<UnconfirmedRow, 'id' | 'accountId'>,
): Promise<boolean> {
  const { count } = await tx.unconfirmedChange.deleteMany({ where: { id, accountId } })
  if (count === 1) await noteFirst(tx, accountId)
  return count === 1
}

/** Somebody keeps the change for good; true for the one who did. */
export async function confirm(tx: Transaction, actor: Actor, row: UnconfirmedRow): Promise<boolean> {
  if (!(await takeUnconfirmed(tx, row))) return false
  const subject = { type: 'change', id: row.id, name: sentenceOf(row) }
  await recordAudit(tx, actor, { action: 'change.confirmed', subject })
  return true
}

/** The same for what was done to that switch; false when nothing about it is unconfirmed. */
export async function confirmSwitch(
  tx: Transaction,
  actor: Actor,
  target: 'turn-off' | 'release-every-request',
): Promise<boolean> {
  const row = await tx.unconfirmedChange.findFirst({ where: { accountId: actor.accountId, target } })
  return row !== null && confirm(tx, actor, row)
}

/** The account's row says when the next one is due, so that each decision sees it in passing; answers when. */
async function noteFirst(tx: Transaction, accountId: string): Promise<Date | null> {
  const { _min } = await tx.unconfirmedChange.aggregate({ where: { accountId }, _min: { dueAt: true } })
  await tx.account.update({ where: { id: accountId }, data: { revertAt: _min.dueAt } })
  return _min.dueAt
}

/** Undoes what nobody has confirmed in time, in a transaction that has locked the account; answers how many. */
export async function revertOverdue(tx: Transaction, accountId: string, now: Date): Promise<number> {
  const rows = await tx.unconfirmedChange.findMany({ where: { accountId }, orderBy: { dueAt: 'desc' } })
  const overdue = rows.filter(({ dueAt }) => isOverdue(dueAt.getTime(), now.getTime()))
  for (const row of overdue) await revert(tx, systemOf(accountId), row, now)
  return overdue.length
}

/** Undoes one unconfirmed change, with its audit row and mails. `gone`: somebody has decided about it already. */
export async function revert(
  tx: Transaction,
  actor: Actor,
  row: UnconfirmedRow,
  now: Date,
): Promise<'undone' | 'as-before' | 'impossible' | 'gone'> {
  const { accountId } = row
  if (!(await takeUnconfirmed(tx, row))) return 'gone'
  const undone = await applyUndo(tx, accountId, JSON.parse(row.undo) as Undo)
  const obstacle = undone.outcome === 'impossible' ? undone.obstacle : null
  await recordAudit(tx, actor, {
    action: obstacle ? 'change.not_reverted' : 'change.reverted',
    subject: { type: 'change', id: row.id, name: sentenceOf(row) },
    after: obstacle
      ? { because: obstacle }
      : undone.outcome === 'as-before'
        ? { because: 'It was so already.' }
        : {},
  })
  if (undone.outcome !== 'as-before') await tell(tx, actor, row, obstacle, now)
  return undone.outcome
}

/** Everybody who manages security, who made the change included, but not who has just undone it. */
async function tell(
  tx: Transaction,
  actor: Actor,
  row: UnconfirmedRow,
  obstacle: string | null,
  now: Date,
): Promise<void> {
  const { accountId, address, madeAt } = row
  const facts = {
    ...{ sentence: sentenceOf(row), madeAt, obstacle },
    address: address && formatAddress(address as Address),
    by: actor.via === 'system' ? null : actor.name,
    url: `${env().APP_URL}${PATHS.ipAllowlist}`,
  }
  const about = { accountId, kind: 'change-reverted', except: [actor.agentId] } as const
  await tellManagers(tx, about, (accountName) => changeRevertedNotice({ ...facts, accountName }), now)
}
