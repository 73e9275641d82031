import type { AuditAction } from '../core/audit'
import type { Actor } from '../core/permissions'
import type { Transaction } from './database'

/** A change, as a sentence needs it: who did what to what, and how it was before and after. */
export interface Change {
  action: AuditAction
  subject: { type: string; id: string; name: string }
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** Writes the audit row of a change in the transaction of that change. */
export async function recordAudit(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  await tx.auditEvent.create({
    data: {
      accountId: actor.accountId,
      action: change.action,
      actorId: actor.agentId,
      actorName: actor.name,
      via: actor.via,
      subjectType: change.subject.type,
      subjectId: change.subject.id,
      subjectName: change.subject.name,
      before: change.before ? JSON.stringify(change.before) : null,
      after: change.after ? JSON.stringify(change.after) : null,
      address: actor.address,
    },
  })
}
