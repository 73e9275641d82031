import type { Message } from '../mail/compose'
import { database, openKind, type Transaction, transact } from './database'
import { newId } from './ids'
import { insertRow } from './insert-row'
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
  const createdAt = new Date()
  await insertRow(tx, 'OutboxMail', {
    ...row,
    id: newId(createdAt.getTime()),
    sealed: seal(JSON.stringify({ to, ...message })),
    attempts: 0,
    nextAttemptAt: createdAt,
    createdAt,
  })
}

/**
 * A mail that this process alone may send, until its claim ends. `attempts` grows with each claim, so it also tells
 * one claim from the next.
 */
export interface ClaimedMail {
  id: string
  kind: string
  linkId: string | null
  attempts: number
  letter: { to: string } & Message
}

/** How long a claim holds when nothing is heard of who made it. One that holds longer is from before the clock went back. */
export const CLAIM_MS = 60_000
/** Nothing is postponed further. A mail due later than that was queued before the clock went back. */
export const POSTPONED_MAX_MS = 10 * 60_000
const ERROR_MAX_CHARACTERS = 500

/**
 * The mails that are due, each claimed by one process only, however many ask at once; a claim of a process that died
 * ends by itself.
 */
export async function claimDueMail(limit: number): Promise<ClaimedMail[]> {
  const now = new Date()
  const due = await database().outboxMail.findFirst({ where: isDue(now), select: { id: true } })
  if (!due) return []
  const rows = await transact(async (tx) =>
    tx.outboxMail.updateManyAndReturn({
      where: { id: { in: await selectDue(tx, now, limit) }, ...isDue(now) },
      data: { claimedUntil: new Date(now.getTime() + CLAIM_MS), attempts: { increment: 1 } },
    }),
  )
  const claimed: ClaimedMail[] = []
  for (const { id, kind, linkId, sealed, attempts, expiresAt } of rows) {
    const text = sealed && open(sealed)
    if (!text || expiresAt <= now)
      await giveUpMail({ id, attempts }, text ? 'It was not sent in time.' : 'It could not be decrypted.')
    else claimed.push({ id, kind, linkId, attempts, letter: JSON.parse(text) })
  }
  return claimed
}

function isDue(now: Date) {
  const tooLate = new Date(now.getTime() + POSTPONED_MAX_MS)
  // Clocks of instances differ a little.
  const noClaimLasts = new Date(now.getTime() + 2 * CLAIM_MS)
  return {
    sentAt: null,
    failedAt: null,
    AND: [
      { OR: [{ nextAttemptAt: { lte: now } }, { nextAttemptAt: { gt: tooLate } }] },
      {
        OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }, { claimedUntil: { gt: noClaimLasts } }],
      },
    ],
  }
}

/**
 * Which mails to claim: first what is of use for the shortest time, since somebody waits for it. On PostgreSQL their rows are locked, past those that another instance is claiming, so that
 * nobody waits for anybody; SQLite has one writer at a time anyway.
 */
async function selectDue(tx: Transaction, now: Date, limit: number): Promise<string[]> {
  const due = await tx.outboxMail.findMany({
    ...{ where: isDue(now), select: { id: true }, orderBy: { expiresAt: 'asc' } as const },
    // Others may be claiming the first ones.
    take: openKind() === 'postgresql' ? 10 * limit : limit,
  })
  const ids = due.map(({ id }) => id)
  if (openKind() === 'sqlite') return ids
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "OutboxMail" WHERE "id" = ANY(${ids}) AND "sentAt" IS NULL
    ORDER BY "expiresAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  return locked.map(({ id }) => id)
}

/**
 * The mail server took it (or it was kept as a file): erases its text; a link's ten minutes begin. It holds whoever has
 * the claim by now, since the mail has gone.
 */
export async function markMailSent({ id, linkId }: ClaimedMail, linkLifetimeMs: number): Promise<void> {
  const sentAt = new Date()
  await transact(async (tx) => {
    await tx.$executeRaw`
      UPDATE "OutboxMail" SET "sentAt" = ${sentAt}, "sealed" = NULL, "claimedUntil" = NULL, "lastError" = NULL
      WHERE "id" = ${id}`
    const link = linkId && (await tx.authorizationLink.findUnique({ where: { id: linkId } }))
    if (!link || link.sentAt) return
    const expiresAt = new Date(Math.min(link.expiresAt.getTime(), sentAt.getTime() + linkLifetimeMs))
    await tx.authorizationLink.update({ where: { id: link.id }, data: { sentAt, expiresAt } })
  })
}

type Claim = Pick<ClaimedMail, 'id' | 'attempts'>

/** The mail server could not be reached or said "later". A claim that has ended in the meantime changes nothing. */
export async function postponeMail(claim: Claim, error: string, delayMs: number): Promise<void> {
  const nextAttemptAt = new Date(Date.now() + Math.min(delayMs, POSTPONED_MAX_MS))
  await endClaim(claim, error, { nextAttemptAt })
}

/** It will never be sent; its text is erased. A claim that has ended in the meantime changes nothing. */
export async function giveUpMail(claim: Claim, error: string): Promise<void> {
  await endClaim(claim, error, { sealed: null, failedAt: new Date() })
}

async function endClaim(
  { id, attempts }: Claim,
  error: string,
  change: { nextAttemptAt: Date } | { sealed: null; failedAt: Date },
): Promise<void> {
  const data = { ...change, claimedUntil: null, lastError: error.slice(0, ERROR_MAX_CHARACTERS) }
  await transact((tx) => tx.outboxMail.updateMany({ where: { id, attempts, sentAt: null }, data }))
}
