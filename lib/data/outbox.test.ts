import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import '@/scripts/testing/sign-ins'
import { database, transact } from './database'
import { claimDueMail, giveUpMail, markMailSent, postponeMail, type QueuedMail, queueMail } from './outbox'

const MINUTE_MS = 60_000
const MESSAGE = { subject: 'A subject', text: 'A text with https://secret.example', html: '<p>A text</p>' }

function mail(rest: Partial<QueuedMail> = {}): QueuedMail {
  return {
    ...{ accountId: null, kind: 'test', to: 'ada@example.com', message: MESSAGE },
    expiresAt: new Date(Date.now() + 60 * MINUTE_MS),
    ...rest,
  }
}

async function queue(...mails: QueuedMail[]): Promise<void> {
  await transact(async (tx) => {
    for (const one of mails) await queueMail(tx, one)
  })
}

async function theOne() {
  return database().outboxMail.findFirstOrThrow()
}

async function claimOne() {
  const [claimed] = await claimDueMail(10)
  if (!claimed) throw new Error('No mail is due.')
  return claimed
}

async function change(data: { claimedUntil?: Date; nextAttemptAt?: Date; sealed?: string }) {
  await transact((tx) => tx.outboxMail.updateMany({ data }))
}

describe.each(TEST_DATABASES)('the outbox on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(async () => {
    await transact((tx) => tx.outboxMail.deleteMany())
  })

  it('keeps a mail sealed until it is claimed', async () => {
    await queue(mail())
    expect(JSON.stringify(await theOne())).not.toMatch(/ada@|subject|secret/)
    expect((await claimOne()).letter).toEqual({ to: 'ada@example.com', ...MESSAGE })
  })

  it('knows nothing of a mail whose transaction failed', async () => {
    await expect(
      transact(async (tx) => {
        await queueMail(tx, mail())
        throw new Error('The change fails.')
      }),
    ).rejects.toThrow('The change fails.')
    expect(await claimDueMail(10)).toEqual([])
  })

  it('gives each mail to one of several claimers', async () => {
    await queue(...Array.from({ length: 20 }, () => mail()))
    const claims = await Promise.all(Array.from({ length: 5 }, () => claimDueMail(20)))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })

  it('gives what somebody waits for before what can wait', async () => {
    const link = mail({ kind: 'link', expiresAt: new Date(Date.now() + 10 * MINUTE_MS) })
    await queue(...Array.from({ length: 12 }, () => mail()), link, mail())
    expect((await claimDueMail(1)).map((one) => one.kind)).toEqual(['link'])
    expect((await claimDueMail(10)).map((one) => one.kind)).toEqual(Array(10).fill('test'))
  })

  it('gives it again when who claimed it died', async () => {
    await queue(mail())
    expect(await claimOne()).toMatchObject({ attempts: 1 })
    expect(await claimDueMail(10)).toEqual([])
    await change({ claimedUntil: new Date(Date.now() - 1) })
    expect(await claimOne()).toMatchObject({ attempts: 2 })
  })

  it('gives it again when who claimed it died, and the clock then went back an hour', async () => {
    await queue(mail())
    await claimOne()
    await change({ claimedUntil: new Date(Date.now() + 60 * MINUTE_MS) })
    expect(await claimOne()).toMatchObject({ attempts: 2 })
    expect(await claimDueMail(10)).toEqual([])
  })

  it('what an earlier claimer says of it changes nothing any more', async () => {
    await queue(mail())
    const earlier = await claimOne()
    await change({ claimedUntil: new Date(Date.now() - 1) })
    const later = await claimOne()
    await postponeMail(earlier, 'too late', 1)
    await giveUpMail(earlier, 'too late')
    expect(await theOne()).toMatchObject({ failedAt: null, lastError: null, claimedUntil: expect.any(Date) })
    await markMailSent(later, MINUTE_MS)
    await giveUpMail(later, 'never')
    expect(await theOne()).toMatchObject({ failedAt: null, sentAt: expect.any(Date) })
  })

  it('a mail queued before the clock went back an hour does not wait for that hour', async () => {
    await queue(mail())
    await change({ nextAttemptAt: new Date(Date.now() + 60 * MINUTE_MS) })
    expect(await claimOne()).toMatchObject({ attempts: 1 })
    expect(await claimDueMail(10)).toEqual([])
  })

  it('many claimers of few at a time get everything between them', async () => {
    await queue(...Array.from({ length: 30 }, () => mail()))
    const ids: string[] = []
    for (let round = 0; round < 6 && ids.length < 30; round++) {
      const claims = await Promise.all([1, 2, 3, 4].map(() => claimDueMail(5)))
      ids.push(...claims.flat().map(({ id }) => id))
    }
    expect(ids).toHaveLength(30)
    expect(new Set(ids).size).toBe(30)
  })

  it('a postponed mail is due later, and keeps its text and the reason', async () => {
    await queue(mail())
    await postponeMail(await claimOne(), 'x'.repeat(10_000), 5 * MINUTE_MS)
    expect(await claimDueMail(10)).toEqual([])
    expect((await theOne()).lastError).toBe('x'.repeat(500))
    await change({ nextAttemptAt: new Date(Date.now() - 1) })
    expect((await claimOne()).letter.subject).toBe('A subject')
  })

  it('a sent mail is erased and never sent again', async () => {
    await queue(mail())
    await markMailSent(await claimOne(), 10 * MINUTE_MS)
    expect(await theOne()).toMatchObject({ sealed: null, failedAt: null, sentAt: expect.any(Date) })
    await change({ nextAttemptAt: new Date(0) })
    expect(await claimDueMail(10)).toEqual([])
  })

  it('a mail given up is erased and never sent again', async () => {
    await queue(mail())
    await giveUpMail(await claimOne(), '550 no such user')
    expect(await theOne()).toMatchObject({ sealed: null, sentAt: null, lastError: '550 no such user' })
    await change({ nextAttemptAt: new Date(0) })
    expect(await claimDueMail(10)).toEqual([])
  })

  it('a mail that is no longer of use is given up', async () => {
    await queue(mail({ expiresAt: new Date(Date.now() - 1) }))
    expect(await claimDueMail(10)).toEqual([])
    expect(await theOne()).toMatchObject({ sealed: null, lastError: 'It was not sent in time.' })
  })

  it('a mail that was sealed with another key is given up, and the others go', async () => {
    await queue(mail())
    await change({ sealed: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })
    await queue(mail())
    expect(await claimDueMail(10)).toHaveLength(1)
    const failed = await database().outboxMail.findMany({ where: { failedAt: { not: null } } })
    expect(failed).toMatchObject([{ sealed: null, lastError: 'It could not be decrypted.' }])
  })
})
