import { NOTICE_WINDOW_MS, NOTICE_WORDS, type NoticeKind, readMuted } from '../core/notices'
import { PATHS } from '../core/paths'
import { isPermitted } from '../core/permissions'
import { env } from '../env'
import { type Notice, noticeMail, readNotice, summaryMail } from '../mail/notice'
import { database, type Transaction, transact } from './database'
import { isDatabaseDown } from './database-errors'
import { eachInTurn } from './each-in-turn'
import { claimOrWait } from './once'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'

/** Longer floods come as several summaries. */
const LINES_MAX = 100
const AT_ONCE = 50

/** One person and one kind of notice. */
interface Subscription {
  accountId: string
  agentId: string
  kind: NoticeKind
}

/**
 * Tells everybody else who manages security of the account about a change, in the transaction of that change. `except`:
 * who made it, and whom it is about; null stands for nobody. Who was mailed the same kind a moment ago gets it in a
 * summary (NOTICE_WINDOW_MS), and who doesn't want this kind not at all.
 */
export async function tellManagers(
  tx: Transaction,
  about: { accountId: string; kind: NoticeKind; except: readonly (string | null)[] },
  write: (accountName: string) => Notice | Promise<Notice>,
  now = new Date(),
): Promise<void> {
  const { accountId, kind, except } = about
  const recipients = await listRecipients(tx, { accountId, kind })
  const others = recipients.filter(({ id }) => !except.includes(id))
  if (others.length === 0) return
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { name: true } })
  const content = JSON.stringify(await write(account.name))
  for (const { id: agentId } of others) {
    const to = { accountId, agentId, kind }
    await tx.notice.create({ data: { ...to, content, at: now, dueAt: now } })
    await sendCollected(tx, to, now)
  }
}

/** Who gets a kind of notice: active, allowed to manage security, and not without it by choice. */
async function listRecipients(
  tx: Transaction,
  { accountId, kind, agentId }: Omit<Subscription, 'agentId'> & { agentId?: string },
) {
  const agents = await tx.agent.findMany({
    where: {
      ...{ accountId, enabled: true, OR: [{ role: 'ADMIN' }, { managesSecurity: true }] },
      ...(agentId ? { id: agentId } : {}),
    },
    orderBy: { id: 'asc' },
  })
  return agents.filter(
    (agent) => isPermitted(agent, 'MANAGE_SECURITY') && !readMuted(agent.mutedNotices).includes(kind),
  )
}

/** Queues what a person is still to be told of a kind as one mail, unless one was queued a moment ago. */
async function sendCollected(tx: Transaction, to: Subscription, now: Date): Promise<void> {
  // From here on nobody else tells this person of this kind, until the transaction is over.
  const busyUntil = await claimOrWait(tx, `notice:${to.agentId}:${to.kind}`, NOTICE_WINDOW_MS, now)
  if (busyUntil) {
    await tx.notice.updateMany({ where: { ...to, dueAt: { not: busyUntil } }, data: { dueAt: busyUntil } })
    return
  }
  const rows = await tx.notice.findMany({
    where: to,
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: LINES_MAX,
  })
  await tx.notice.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } })
  const [recipient] = await listRecipients(tx, to)
  const notices = rows.map(({ content, at }) => ({ ...readNotice(content), at }))
  const [first] = notices
  if (!recipient || !first) return
  const { accountId, kind } = to
  const { name: accountName } = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
  const reader = { accountName, choiceUrl: `${env().APP_URL}${PATHS.ownNotices}` }
  const message =
    notices.length === 1
      ? noticeMail(first, reader)
      : summaryMail(notices, {
          ...reader,
          happened: NOTICE_WORDS[kind].happened,
          url: `${env().APP_URL}${PATHS.auditLog}`,
        })
  const expiresAt = new Date(now.getTime() + MAIL_LIFETIME_MS)
  await queueMail(tx, { accountId, kind, to: recipient.email, message, expiresAt })
}

/**
 * Queues the summaries whose time has come, each once however many instances ask: a person's notices of a kind are
 * claimed, gathered and queued in one transaction. One that can't be made is tried again as late as the next summary of its
 * kind would come, so that even many of them hold up no other; it is thrown at the end.
 */
export async function queueDueNotices(now = new Date()): Promise<void> {
  // Nothing waits for so long; this was written before the clock went back.
  const tooLate = new Date(now.getTime() + 2 * NOTICE_WINDOW_MS)
  const due = await database().$queryRaw<Subscription[]>`
    SELECT "accountId", "agentId", "kind" FROM "Notice" WHERE "dueAt" <= ${now} OR "dueAt" > ${tooLate}
    GROUP BY "accountId", "agentId", "kind" ORDER BY MIN("dueAt") LIMIT ${AT_ONCE}`
  await eachInTurn(due, (to) =>
    transact((tx) => sendCollected(tx, to, now)).catch(async (error) => {
      if (!isDatabaseDown(error)) await postpone(to, now)
      throw error
    }),
  )
}

async function postpone(to: Subscription, now: Date): Promise<void> {
  const dueAt = new Date(now.getTime() + NOTICE_WINDOW_MS)
  await transact((tx) => tx.notice.updateMany({ where: to, data: { dueAt } }))
}
