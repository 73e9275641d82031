import type { AuditAction } from '../core/audit'
import type { AuditRecord } from '../core/audit-chain'
import type { Actor } from '../core/permissions'
import { appendToChain } from './audit-chain'
import type { Transaction } from './database'
import { newId } from './ids'

/** A change, as a sentence needs it: who did what to what, and how it was before and after. */
export interface Change {
  action: AuditAction
  subject: { type: string; id: string; name: string }
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** Writes the audit row of a change in the transaction of that change, at the end of the account's chain. */
export function recordAudit(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  return recordAudits(tx, actor, [change])
}

/** Writes those of several changes, in their order. */
export async function recordAudits(tx: Transaction, actor: Actor, changes: readonly Change[]): Promise<void> {
  const now = new Date()
  const records = changes.map(
    (change): AuditRecord => ({
      id: newId(now.getTime()),
      accountId: actor.accountId,
      action: change.action,
      actorId: actor.agentId,
      actorName: storable(actor.name),
      via: actor.via,
      subjectType: change.subject.type,
      subjectId: change.subject.id,
      subjectName: storable(change.subject.name),
      before: change.before ? JSON.stringify(change.before) : null,
      after: change.after ? JSON.stringify(change.after) : null,
      address: actor.address,
      at: now.toISOString(),
    }),
  )
  await appendToChain(tx, actor.accountId, records)
}

/** Text that comes back from the database as it went in: well-formed, and without NUL, which PostgreSQL refuses. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
