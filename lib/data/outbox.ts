import type { Message } from '../mail/compose'
import { database, type Transaction } from './database'
import { open, seal } from './secrets'

/** A mail to one person. It leaves after the transaction that queued it has committed. */
export interface QueuedMail {
  accountId: string | null
  kind: string
  to: string
  message: Message
  /** The authorization link that this mail carries; its ten minutes run from delivery. */
  linkId?: string
  /** Not sent after this instant. */
  expiresAt: Date
}

/** Mail without a better reason is worth sending for a day. */
export const MAIL_LIFETIME_MS = 24 * 60 * 60 * 1000

/** Queues a mail in the transaction of the change it tells about. */
export async function queueMail(tx: Transaction, mail: QueuedMail): Promise<void> {
  const { to, message, ...row } = mail
  await tx.outboxMail.create({
    data: { ...row, sealed: seal(JSON.stringify({ to, ...message })), nextAttemptAt: new Date() },
  })
}

/** A mail that this process may send until `claimedUntil`. */
export interface ClaimedMail {
  id: string
  kind: string
  linkId: string | null
  attempts: number
  letter: { to: string } & Message
}

const CLAIM_MS = 60_000

/** The mails that are due, each claimed by one process only; a claim of a process that died ends by itself. */
export async function claimDueMail(limit: number): Promise<ClaimedMail[]> {
  const now = new Date()
  const isDue = {
    sentAt: null,
    failedAt: null,
    nextAttemptAt: { lte: now },
    OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
  }
  const due = await database().outboxMail.findMany({
    where: isDue,
    orderBy: { nextAttemptAt: 'asc' },
    take: limit,
  })
  const claimed: ClaimedMail[] = []
  for (const row of due) {
    const { count } = await database().outboxMail.updateMany({
      where: { id: row.id, ...isDue },
      data: { claimedUntil: new Date(now.getTime() + CLAIM_MS), attempts: { increment: 1 } },
    })
    if (count === 0) continue
    const text = row.sealed && open(row.sealed)
    if (!text || row.expiresAt <= now) await giveUpMail(row.id, text ? 'expired' : 'unreadable')
    else
      claimed.push({
        id: row.id,
        kind: row.kind,
        linkId: row.linkId,
        attempts: row.attempts + 1,
        letter: JSON.parse(text),
      })
  }
  return claimed
}

/** The mail server took it (or it was kept as a file): erases its text; a link's ten minutes begin. */
export async function markMailSent(mail: ClaimedMail, linkLifetimeMs: number): Promise<void> {
  const now = new Date()
  await database().$transaction(async (tx) => {
    await tx.outboxMail.update({
      where: { id: mail.id },
      data: { sentAt: now, sealed: null, claimedUntil: null, lastError: null },
    })
    if (!mail.linkId) return
    const link = await tx.authorizationLink.findUnique({
      where: { id: mail.linkId },
      select: { expiresAt: true },
    })
    if (!link) return
    const ends = new Date(Math.min(link.expiresAt.getTime(), now.getTime() + linkLifetimeMs))
    await tx.authorizationLink.updateMany({
      where: { id: mail.linkId, sentAt: null },
      data: { sentAt: now, expiresAt: ends },
    })
  })
}

/** The mail server could not be reached or said "later". */
export async function postponeMail(id: string, error: string, delayMs: number): Promise<void> {
  await database().outboxMail.update({
    where: { id },
    data: {
      claimedUntil: null,
      lastError: error.slice(0, 500),
      nextAttemptAt: new Date(Date.now() + delayMs),
    },
  })
}

/** It will never be sent; its text is erased. */
export async function giveUpMail(id: string, error: string): Promise<void> {
  await database().outboxMail.update({
    where: { id },
    data: { claimedUntil: null, sealed: null, failedAt: new Date(), lastError: error.slice(0, 500) },
  })
}
