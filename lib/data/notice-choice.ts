import { NOTICE_KINDS, NOTICE_WORDS, type NoticeKind, readMuted } from '../core/notices'
import { type Actor, requirePermitted } from '../core/permissions'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'

/** The notices that the actor wants. Throws NotPermitted for who can't get any. */
export async function readWantedNotices(actor: Actor): Promise<NoticeKind[]> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { mutedNotices } = await database().agent.findFirstOrThrow({
    where: { id: actor.agentId ?? '', accountId: actor.accountId },
    select: { mutedNotices: true },
  })
  return wantedOf(mutedNotices)
}

/** Sets which notices the actor gets. `unchanged`: it was so already. Throws NotPermitted. */
export async function chooseNotices(
  actor: Actor,
  wanted: readonly NoticeKind[],
): Promise<'chosen' | 'unchanged'> {
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    const who = { id: actor.agentId ?? '', accountId: actor.accountId }
    const agent = await tx.agent.findFirstOrThrow({ where: who })
    const before = wantedOf(agent.mutedNotices)
    const mutedNotices = NOTICE_KINDS.filter((kind) => !wanted.includes(kind)).join(' ')
    if (mutedNotices === (agent.mutedNotices ?? '')) return 'unchanged'
    await tx.agent.updateMany({ where: who, data: { mutedNotices } })
    await recordAudit(tx, current, {
      action: 'agent.notices_chosen',
      subject: { type: 'agent', id: agent.id, name: agent.name },
      before: inWords(before),
      after: inWords(wanted),
    })
    return 'chosen'
  })
}

function wantedOf(stored: string | null): NoticeKind[] {
  const muted = readMuted(stored)
  return NOTICE_KINDS.filter((kind) => !muted.includes(kind))
}

function inWords(wanted: readonly NoticeKind[]) {
  return Object.fromEntries(NOTICE_KINDS.map((kind) => [NOTICE_WORDS[kind].label, wanted.includes(kind)]))
}
