import { type Actor, requirePermitted } from '../core/permissions'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { lockAccount, transact } from './database'

/** Writes down that somebody takes a log or the list with them, and which part of it. Before the first row leaves. */
export async function recordLogExport(
  actor: Actor,
  taken: {
    log: 'Sign-in Log' | 'Audit Log' | 'IP Allowlist'
    format: 'CSV' | 'JSON'
    filter: Record<string, string>
  },
): Promise<void> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { log, format, filter } = taken
  await transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    await recordAudit(tx, current, {
      action: 'log.exported',
      subject: { type: 'log', id: actor.accountId, name: log },
      after: { format, ...filter },
    })
  })
}
