import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createTransport, type Transporter } from 'nodemailer'
import { LINK_LIFETIME_MS } from '../core/authorization-link'
import { type ClaimedMail, claimDueMail, giveUpMail, markMailSent, postponeMail } from '../data/outbox'
import { env } from '../env'
import { logger } from './logger'

const AT_ONCE = 10
const LOOK_EVERY_MS = 1_000
/** The mail server gets this long to take one mail; shorter than a claim. */
const SMTP_TIMEOUT_MS = 15_000
const RETRY_MS = [2_000, 5_000, 15_000, 30_000, 60_000, 300_000]

const MAILER = Symbol.for('gatehouse.mailer')
interface Mailer {
  transport: Transporter
  /** Resolves when the round that is running is over. */
  round: Promise<void>
  timer: NodeJS.Timeout
}
const shared = globalThis as { [MAILER]?: Mailer }

/** Sends what is in the outbox, now and every second, until `stopMailer`. One round at a time. */
export function startMailer(): void {
  if (shared[MAILER]) return
  const mailer: Mailer = {
    transport: createMailTransport(),
    round: Promise.resolve(),
    timer: setInterval(() => void next(), LOOK_EVERY_MS).unref(),
  }
  shared[MAILER] = mailer
  let isRunning = false
  async function next() {
    if (isRunning) return
    isRunning = true
    mailer.round = sendDueMail(mailer.transport).catch((error) => {
      logger().error({ err: error }, 'The outbox could not be read; it is tried again in a second')
    })
    await mailer.round
    isRunning = false
  }
  void next()
}

export async function stopMailer(): Promise<void> {
  const mailer = shared[MAILER]
  if (!mailer) return
  delete shared[MAILER]
  clearInterval(mailer.timer)
  await mailer.round
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

/** One round: every mail that is due is sent, kept, postponed or given up. */
export async function sendDueMail(transport: Transporter): Promise<void> {
  const mails = await claimDueMail(AT_ONCE)
  await Promise.all(mails.map((mail) => deliver(transport, mail)))
}

async function deliver(transport: Transporter, mail: ClaimedMail): Promise<void> {
  try {
    const { to, subject, text, html } = mail.letter
    // The outbox id is the Message-ID, so that a mail sent twice after a crash is recognisable as one.
    const messageId = `<${mail.id}@${new URL(env().APP_URL).hostname}>`
    const sent = await transport.sendMail({ from: env().MAIL_FROM, to, subject, text, html, messageId })
    if (!env().SMTP_URL) await keep(mail, sent.message as Buffer)
    await markMailSent(mail, LINK_LIFETIME_MS)
    logger().info({ mail: mail.id, kind: mail.kind, attempts: mail.attempts }, 'Mail has gone')
  } catch (error) {
    await postponeOrGiveUp(mail, error as Error & { responseCode?: number })
  }
}

/** A 5xx answer (RFC 5321) is final; everything else is tried again until the mail is no longer of use. */
async function postponeOrGiveUp(mail: ClaimedMail, error: Error & { responseCode?: number }): Promise<void> {
  const isFinal = error.responseCode !== undefined && error.responseCode >= 500
  const delayMs = RETRY_MS[Math.min(mail.attempts, RETRY_MS.length) - 1] ?? 0
  logger().warn(
    { mail: mail.id, kind: mail.kind, attempts: mail.attempts, isFinal, reason: error.message },
    'Mail could not be sent',
  )
  if (isFinal) await giveUpMail(mail.id, error.message)
  else await postponeMail(mail.id, error.message, delayMs)
}

/** Without a mail server each mail becomes a file, and the terminal tells the operator where and what. */
async function keep(mail: ClaimedMail, eml: Buffer): Promise<void> {
  const folder = path.join(env().DATA_DIR, 'mail')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${mail.id}.eml`)
  const draft = `${file}.${randomUUID()}.part`
  await writeFile(draft, eml, { mode: 0o600 })
  await rename(draft, file)
  const { to, subject, text } = mail.letter
  const link = text.split(/\s+/).find((word) => word.startsWith(`${env().APP_URL}/`))
  console.log(`Mail kept (no SMTP_URL): to ${to} · ${subject}${link ? `\n  ${link}` : ''}\n  ${file}`)
}
