import type { Message } from '../mail/compose'
import { database, type Transaction, transact } from './database'
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
const ERROR_MAX_CHARACTERS = 500

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
  for (const { id, kind, linkId, sealed, attempts, expiresAt } of due) {
    const claim = { claimedUntil: new Date(now.getTime() + CLAIM_MS), attempts: { increment: 1 } }
    const { count } = await transact((tx) =>
      tx.outboxMail.updateMany({ where: { id, ...isDue }, data: claim }),
    )
    if (count === 0) continue
    const text = sealed && open(sealed)
    if (!text || expiresAt <= now)
      await giveUpMail(id, text ? 'It was not sent in time.' : 'It could not be decrypted.')
    else claimed.push({ id, kind, linkId, attempts: attempts + 1, letter: JSON.parse(text) })
  }
  return claimed
}

/** The mail server took it (or it was kept as a file): erases its text; a link's ten minutes begin. */
export async function markMailSent({ id, linkId }: ClaimedMail, linkLifetimeMs: number): Promise<void> {
  const sentAt = new Date()
  await transact(async (tx) => {
    await tx.outboxMail.update({
      where: { id },
      data: { sentAt, sealed: null, claimedUntil: null, lastError: null },
    })
    const link = linkId && (await tx.authorizationLink.findUnique({ where: { id: linkId } }))
    if (!link || link.sentAt) return
    const expiresAt = new Date(Math.min(link.expiresAt.getTime(), sentAt.getTime() + linkLifetimeMs))
    await tx.authorizationLink.update({ where: { id: link.id }, data: { sentAt, expiresAt } })
  })
}

/** The mail server could not be reached or said "later". */
export async function postponeMail(id: string, error: string, delayMs: number): Promise<void> {
  const nextAttemptAt = new Date(Date.now() + delayMs)
  const data = { claimedUntil: null, lastError: error.slice(0, ERROR_MAX_CHARACTERS), nextAttemptAt }
  await transact((tx) => tx.outboxMail.update({ where: { id }, data }))
}

/** It will never be sent; its text is erased. */
export async function giveUpMail(id: string, error: string): Promise<void> {
  const lastError = error.slice(0, ERROR_MAX_CHARACTERS)
  const data = { claimedUntil: null, sealed: null, failedAt: new Date(), lastError }
  await transact((tx) => tx.outboxMail.update({ where: { id }, data }))
}
