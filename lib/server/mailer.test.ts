import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import type { Transporter } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { listenLocally } from '@/scripts/testing/listen'
import { mailedLink, refused } from '@/scripts/testing/sign-ins'
import { startTroubledMailServer, type Trouble } from '@/scripts/testing/troubled-mail-server'
import { LINK_LIFETIME_MS } from '../core/authorization-link'
import { findLinkProgress } from '../data/authorization-links'
import { database, transact } from '../data/database'
import { queueMail } from '../data/outbox'
import { logger } from './logger'
import { beginDueMail, createMailTransport, startMailer, stopMailer } from './mailer'

const closing: (() => unknown)[] = []
let folder: string

async function open(kind: (typeof TEST_DATABASES)[number]) {
  folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-mail-'))
  vi.stubEnv('DATA_DIR', folder)
  vi.stubEnv('LOG_LEVEL', 'silent')
  closing.push(await openTestDatabase(kind))
}
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

/** Settings are read once a process; each of these tests has its own. */
function withSmtp(url: string | undefined): Transporter {
  vi.stubEnv('SMTP_URL', url)
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('gatehouse.settings')]
  const transport = createMailTransport()
  closing.push(() => transport.close())
  return transport
}

/** A real mail server; `answers` gives the reply code of each mail in turn, and takes it when there is none. */
async function mailServer(
  answers: number[] = [],
  password?: string,
): Promise<{ port: number; received: ParsedMail[] }> {
  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: password === undefined,
    allowInsecureAuth: true,
    onAuth: (given, _session, callback) =>
      given.password === password ? callback(null, { user: 'gatehouse' }) : callback(new Error('no')),
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      simpleParser(stream).then((mail) => {
        const code = answers.shift()
        if (code) return callback(Object.assign(new Error('no'), { responseCode: code }))
        received.push(mail)
        callback()
      }, callback)
    },
  })
  closing.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { port: await listenLocally(server.server), received }
}

async function askForLink() {
  const { pending } = await refused(await someAdmin())
  const token = await mailedLink(pending)
  return { pending, token }
}

async function row() {
  return database().outboxMail.findFirstOrThrow()
}

/** Sends what is due, and waits for all of it. */
async function sendDueMail(transport: Transporter, breakOff?: AbortSignal): Promise<void> {
  const sending = new Set<Promise<void>>()
  await beginDueMail(transport, sending, breakOff)
  await Promise.all(sending)
}

async function makeDue() {
  await transact((tx) => tx.outboxMail.updateMany({ data: { nextAttemptAt: new Date() } }))
}

describe.each(TEST_DATABASES)('the mailer on %s', (kind) => {
  beforeEach(() => open(kind))

  it('hands a link to the mail server, as text and HTML, and its ten minutes begin', async () => {
    const { port, received } = await mailServer()
    const transport = withSmtp(`smtp://127.0.0.1:${port}`)
    const { pending, token } = await askForLink()
    await sendDueMail(transport)
    expect(received).toHaveLength(1)
    expect(received[0]?.to).toMatchObject({ text: pending.agent.email })
    expect(received[0]?.text).toContain(`/authorize-ip/${token}`)
    expect(received[0]?.html).toContain(`/authorize-ip/${token}`)
    expect(received[0]?.messageId).toContain((await row()).id)
    const progress = await findLinkProgress(pending.id)
    expect(progress?.mail).toBe('delivered')
    expect(progress?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + LINK_LIFETIME_MS)
    expect((await row()).sealed).toBeNull()
  })

  it('sends what is in the outbox also when notices can’t be gathered', async () => {
    const { port, received } = await mailServer()
    withSmtp(`smtp://127.0.0.1:${port}`)
    const { pending } = await askForLink()
    const { id: agentId, accountId } = pending.agent
    const left = {
      accountId,
      agentId,
      kind: 'of-a-newer-one',
      content: '{}',
      at: new Date(0),
      dueAt: new Date(),
    }
    await transact((tx) => tx.notice.createMany({ data: [left, left] }))
    closing.unshift(() => stopMailer(AbortSignal.timeout(1_000)))
    startMailer()
    await vi.waitFor(() => expect(received).toHaveLength(1), { timeout: 5_000 })
  })

  it('loses no mail while the mail server is away', async () => {
    const transport = withSmtp('smtp://127.0.0.1:1')
    const { pending } = await askForLink()
    await sendDueMail(transport)
    expect((await findLinkProgress(pending.id))?.mail).toBe('delayed')
    expect((await row()).nextAttemptAt.getTime()).toBeGreaterThan(Date.now())
    const { port, received } = await mailServer()
    await makeDue()
    await sendDueMail(withSmtp(`smtp://127.0.0.1:${port}`))
    expect(received).toHaveLength(1)
    expect(await row()).toMatchObject({ attempts: 2, lastError: null })
  })

  it('tries again after "later" (4xx)', async () => {
    const { port, received } = await mailServer([451])
    const transport = withSmtp(`smtp://127.0.0.1:${port}`)
    await askForLink()
    await sendDueMail(transport)
    expect(received).toHaveLength(0)
    expect((await row()).failedAt).toBeNull()
    await makeDue()
    await sendDueMail(transport)
    expect(received).toHaveLength(1)
  })

  it('gives up after "no" (5xx) and erases the mail', async () => {
    const { port, received } = await mailServer([550])
    const transport = withSmtp(`smtp://127.0.0.1:${port}`)
    const { pending } = await askForLink()
    await sendDueMail(transport)
    expect((await findLinkProgress(pending.id))?.mail).toBe('failed')
    expect((await row()).sealed).toBeNull()
    await makeDue()
    await sendDueMail(transport)
    expect(received).toHaveLength(0)
  })

  it.each([
    ['a wrong password', 'gatehouse:wrong@'],
    ['no password where one is needed', ''],
  ])('loses no mail while SMTP_URL has %s', async (_what, credentials) => {
    const { port, received } = await mailServer([], 'right')
    const { pending } = await askForLink()
    await sendDueMail(withSmtp(`smtp://${credentials}127.0.0.1:${port}`))
    expect((await findLinkProgress(pending.id))?.mail).toBe('delayed')
    await makeDue()
    await sendDueMail(withSmtp(`smtp://gatehouse:right@127.0.0.1:${port}`))
    expect(received).toHaveLength(1)
  })

  it('two processes send each mail once', async () => {
    const { port, received } = await mailServer()
    const url = `smtp://127.0.0.1:${port}`
    const transports = [withSmtp(url), withSmtp(url)]
    for (let at = 0; at < 5; at++) await askForLink()
    await Promise.all(transports.map((transport) => sendDueMail(transport)))
    expect(received).toHaveLength(5)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(5)
  })

  it.each<Trouble>(['refuses', 'is slow', 'hangs up'])(
    'while the mail server %s no mail is lost, and each arrives once when it is well again',
    async (trouble) => {
      const server = await startTroubledMailServer()
      closing.push(() => server.stop())
      const transport = withSmtp(server.url)
      server.trouble = trouble
      for (let at = 0; at < 4; at++) await askForLink()
      const ids = (await database().outboxMail.findMany()).map(({ id }) => id)
      for (let round = 0; round < 2; round++) {
        await sendDueMail(transport, AbortSignal.timeout(500))
        const rows = await database().outboxMail.findMany()
        expect(rows.map(({ sentAt, failedAt }) => [sentAt, failedAt])).toEqual(ids.map(() => [null, null]))
        expect(rows.every(({ sealed, claimedUntil }) => sealed && !claimedUntil)).toBe(true)
        await makeDue()
      }
      server.trouble = null
      await sendDueMail(transport)
      const arrived = server.taken.map(({ messageId }) => messageId?.slice(1).split('@')[0])
      expect(arrived.sort()).toEqual(ids.sort())
      await makeDue()
      await sendDueMail(transport)
      expect(server.taken).toHaveLength(ids.length)
    },
  )

  it('a mail that hangs holds up no other, and stopping waits for it', async () => {
    const server = await startTroubledMailServer()
    closing.push(() => server.stop())
    withSmtp(server.url)
    await askForLink()
    server.trouble = 'is slow'
    startMailer()
    const giveUp = new AbortController()
    closing.unshift(() => stopMailer(giveUp.signal))
    await vi.waitFor(() => expect(server.begun).toBe(1), { timeout: 5_000 })
    server.trouble = null
    await askForLink()
    await vi.waitFor(() => expect(server.taken).toHaveLength(1), { timeout: 5_000 })
    const hanging = { claimedUntil: { not: null }, sentAt: null }
    // That the other has gone is written down behind it.
    await vi.waitFor(async () => expect(await database().outboxMail.count({ where: hanging })).toBe(1))
    const stopped = stopMailer(giveUp.signal)
    giveUp.abort()
    await stopped
    expect(await database().outboxMail.count({ where: hanging })).toBe(0)
  })

  it('never sends more than ten at a time', async () => {
    const server = await startTroubledMailServer()
    closing.push(() => server.stop())
    const transport = withSmtp(server.url)
    for (let at = 0; at < 12; at++) await askForLink()
    server.trouble = 'is slow'
    const sending = new Set<Promise<void>>()
    const giveUp = new AbortController()
    for (let round = 0; round < 3; round++) await beginDueMail(transport, sending, giveUp.signal)
    expect(sending.size).toBe(10)
    expect(await database().outboxMail.count({ where: { claimedUntil: { not: null } } })).toBe(10)
    giveUp.abort()
    await Promise.all(sending)
    expect(sending.size).toBe(0)
  })

  it('a claim that ended while its mail was being refused leaves the mail to the one who has it now', async () => {
    const server = await startTroubledMailServer()
    closing.push(() => server.stop())
    const transport = withSmtp(server.url)
    await askForLink()
    server.trouble = 'is slow'
    const slow = sendDueMail(transport, AbortSignal.timeout(1_000))
    await vi.waitFor(() => expect(server.begun).toBe(1))
    await transact((tx) => tx.outboxMail.updateMany({ data: { claimedUntil: new Date(0) } }))
    server.trouble = null
    await sendDueMail(transport)
    await slow
    expect(await row()).toMatchObject({ sealed: null, failedAt: null, sentAt: expect.any(Date), attempts: 2 })
    expect(server.taken).toHaveLength(1)
  })

  it('without a mail server keeps a file that only the operator may read, and prints the link', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    const transport = withSmtp(undefined)
    const logged = vi.spyOn(logger(), 'info')
    const { pending, token } = await askForLink()
    await sendDueMail(transport)
    expect(logged.mock.calls.map(([, words]) => words)).toEqual(['Mail was kept as a file'])
    const files = await readdir(path.join(folder, 'mail'))
    expect(files).toEqual([expect.stringMatching(/\.eml$/)])
    const file = path.join(folder, 'mail', files[0] ?? '')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const kept = await simpleParser(await readFile(file))
    expect(kept.text).toContain(`/authorize-ip/${token}`)
    expect(printed.mock.calls.flat().join('\n')).toContain(`/authorize-ip/${token}`)
    expect(printed.mock.calls.flat().join('\n')).toContain(pending.agent.email)
    expect((await findLinkProgress(pending.id))?.mail).toBe('delivered')
  })

  it('prints nothing that acts on the terminal', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
    const message = { subject: 'a\u001b[2J\u009b31m\u202eb\nc', text: 'Text', html: '<p>Text</p>' }
    const mail = { accountId: null, kind: 'test', to: 'ana@example.com', message }
    await transact((tx) => queueMail(tx, { ...mail, expiresAt: new Date(Date.now() + 60_000) }))
    await sendDueMail(withSmtp(undefined))
    const [line] = printed.mock.calls.flat().join('\n').split('\n')
    expect(line).toMatch(/ to ana@example\.com · a\ufffd\[2J\ufffd31m\ufffdb\ufffdc$/)
  })
})
