import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTransport, type Transporter } from 'nodemailer'
import { LINK_LIFETIME_MS } from '../core/authorization-link'
import { replaceUnsafe } from '../core/unsafe-text'
import { isDatabaseDown } from '../data/database-errors'
import { queueDueNotices } from '../data/notices'
import {
  CLAIM_MS,
  type ClaimedMail,
  claimDueMail,
  giveUpMail,
  markMailSent,
  postponeMail,
} from '../data/outbox'
import { env } from '../env'
import { keptMailFolder } from './kept-mail'
import { logger } from './logger'
import { mayPrintLinks } from './operator-lines'

const AT_ONCE = 10
const LOOK_EVERY_MS = 1_000
/** The mail server gets this long for each of its answers. */
const SMTP_TIMEOUT_MS = 15_000
/** And this long for one mail in all: it ends before the claim does, so nobody else begins to send the same. */
export const SENDING_MAX_MS = CLAIM_MS - 15_000
const RETRY_MS = [2_000, 5_000, 15_000, 30_000, 60_000, 300_000]

const MAILER = Symbol.for('gatehouse.mailer')
interface Mailer {
  transport: Transporter
  /** Resolves when the round that is running is over. */
  round: Promise<void>
  /** What is being sent. */
  sending: Set<Promise<void>>
  timer: NodeJS.Timeout
  /** Breaks off what is being sent. */
  breakOff: AbortController
}
const shared = globalThis as { [MAILER]?: Mailer }

/**
 * Gathers what people are to be told, and sends what is in the outbox, now and every second, until `stopMailer`. One round
 * at a time, which waits for no mail: one that hangs holds up none of the others.
 */
export function startMailer(): void {
  if (shared[MAILER]) return
  const mailer: Mailer = {
    transport: createMailTransport(),
    round: Promise.resolve(),
    sending: new Set(),
    timer: setInterval(() => void next(), LOOK_EVERY_MS).unref(),
    breakOff: new AbortController(),
  }
  shared[MAILER] = mailer
  let isRunning = false
  async function next() {
    if (isRunning || mailer.breakOff.signal.aborted) return
    isRunning = true
    mailer.round = goRound(mailer).catch((error) => {
      logger().error({ err: error }, 'The outbox could not be read; it is tried again in a second')
    })
    await mailer.round
    isRunning = false
  }
  void next()
}

async function goRound({ transport, sending, breakOff }: Mailer): Promise<void> {
  await queueDueNotices().catch((error) => {
    // One that is away is told below.
    if (!isDatabaseDown(error))
      logger().error({ err: error }, 'Some notices could not be made a mail; tried again in five minutes')
  })
  await beginDueMail(transport, sending, breakOff.signal)
}

/** Begins no mail any more; what is being sent has until `giveUp` to end, and goes on waiting in the outbox after that. */
export async function stopMailer(giveUp: AbortSignal): Promise<void> {
  const mailer = shared[MAILER]
  if (!mailer) return
  delete shared[MAILER]
  clearInterval(mailer.timer)
  const breakOff = () => mailer.breakOff.abort()
  giveUp.addEventListener('abort', breakOff)
  if (giveUp.aborted) breakOff()
  await mailer.round
  await Promise.all(mailer.sending)
  giveUp.removeEventListener('abort', breakOff)
  mailer.transport.close()
}

export function createMailTransport(): Transporter {
  const { SMTP_URL } = env()
  if (!SMTP_URL) return createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const timeouts = {
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
  }
  return createTransport({ url: SMTP_URL, ...timeouts })
}

/**
 * Begins with as many of the mails that are due as there is room for in `sending`. Each is there until it is sent, kept,
 * postponed or given up; `breakOff` ends that early.
 */
export async function beginDueMail(
  transport: Transporter,
  sending: Set<Promise<void>>,
  breakOff?: AbortSignal,
): Promise<void> {
  const room = AT_ONCE - sending.size
  if (room === 0) return
  for (const mail of await claimDueMail(room)) {
    const delivery = deliver(transport, mail, breakOff)
      .catch((error) =>
        logger().error({ err: error, mail: mail.id }, 'What became of a mail was not recorded'),
      )
      .finally(() => sending.delete(delivery))
    sending.add(delivery)
  }
}

async function deliver(transport: Transporter, mail: ClaimedMail, breakOff?: AbortSignal): Promise<void> {
  const signals = [AbortSignal.timeout(SENDING_MAX_MS), ...(breakOff ? [breakOff] : [])]
  try {
    await handOver(transport, mail, AbortSignal.any(signals))
  } catch (error) {
    return postponeOrGiveUp(mail, error as Error & { responseCode?: number })
  }
  await recordSent(mail, breakOff)
  const became = env().SMTP_URL ? 'Mail has gone' : 'Mail was kept as a file'
  logger().info({ mail: mail.id, kind: mail.kind, attempts: mail.attempts }, became)
}

async function handOver(transport: Transporter, mail: ClaimedMail, signal: AbortSignal): Promise<void> {
  const { to, subject, text, html } = mail.letter
  // The outbox id is the Message-ID, so that a mail sent twice after a crash is recognisable as one.
  const messageId = `<${mail.id}@${new URL(env().APP_URL).hostname}>`
  const sent = await transport.sendMail({ from: env().MAIL_FROM, to, subject, text, html, messageId, signal })
  if (!env().SMTP_URL) await keep(mail, sent.message as Buffer)
}

/** The mail has gone: a database that is away just now must not make anybody send it again, so this goes on trying. */
async function recordSent(mail: ClaimedMail, breakOff?: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await markMailSent(mail, LINK_LIFETIME_MS)
    } catch (error) {
      if (breakOff?.aborted || !isDatabaseDown(error)) throw error
      logger().error(
        { err: error, mail: mail.id },
        'Mail has gone, and that could not be recorded; tried again',
      )
      await sleep(LOOK_EVERY_MS)
    }
  }
}

/** It refuses Gatehouse and not the mail (RFC 4954): whoever puts SMTP_URL right wants what waited to go. */
const LOGIN_REFUSED = [530, 534, 535, 538]

/** Any other 5xx answer (RFC 5321) is final; everything else is tried again until the mail is no longer of use. */
async function postponeOrGiveUp(mail: ClaimedMail, error: Error & { responseCode?: number }): Promise<void> {
  const { responseCode = 0 } = error
  const isFinal = responseCode >= 500 && !LOGIN_REFUSED.includes(responseCode)
  const delayMs = RETRY_MS[Math.min(mail.attempts, RETRY_MS.length) - 1] ?? 0
  logger().warn(
    { mail: mail.id, kind: mail.kind, attempts: mail.attempts, isFinal, reason: error.message },
    'Mail could not be sent',
  )
  if (isFinal) await giveUpMail(mail, error.message)
  else await postponeMail(mail, error.message, delayMs)
}

/** Without a mail server each mail becomes a file, and the terminal tells the operator where and what. */
async function keep(mail: ClaimedMail, eml: Buffer): Promise<void> {
  const folder = keptMailFolder()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${mail.id}.eml`)
  const draft = `${file}.${randomUUID()}.part`
  await writeFile(draft, eml, { mode: 0o600 })
  await rename(draft, file)
  const { to, subject, text } = mail.letter
  const link = mayPrintLinks() && text.split(/\s+/).find((word) => word.startsWith(`${env().APP_URL}/`))
  const lines = [
    `Mail kept (no SMTP_URL): to ${to} · ${subject}`,
    ...(link ? [`  ${link}`] : []),
    `  ${file}`,
  ]
  console.log(lines.map((line) => replaceUnsafe(line)).join('\n'))
}
