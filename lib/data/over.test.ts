import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { someSession } from '@/scripts/testing/factors'
import { planOf } from '@/scripts/testing/plans'
import { behindOffice, identityOf, withLink } from '@/scripts/testing/sign-ins'
import { judgeRefreshToken } from '../core/mobile'
import { database, transact } from './database'
import { deriveTokens, readToken } from './device-tokens'
import { endDevice, findDevice, startDevice } from './devices'
import { consumeLink, denyLink, viewLink } from './link-decisions'
import { markMailSent } from './outbox'
import { dropOver, OVER_KEPT_MS, TABLES_THAT_GROW, whatIsOver } from './over'
import { findLiveSession } from './sessions'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const NOW = new Date('2030-01-31T12:00:00.000Z')
const ago = (ms: number) => new Date(NOW.getTime() - ms)

/** Tables whose rows nobody drops by the clock, each with its reason. */
const STAYING: Readonly<Record<string, string>> = {
  Account: 'An account.',
  Installation: 'One row.',
  Agent: 'A person.',
  Range: 'The list; people delete what they need no more.',
  UnconfirmedChange: 'Gone within minutes: confirmed or undone.',
  DismissedSuggestion: 'Somebody’s decision, which goes on counting.',
  TotpFactor: 'One a person.',
  Passkey: 'Ten a person.',
  RecoveryCode: 'Ten a person.',
  Notice: 'Gone within minutes, into a mail.',
  AuditEvent: 'The audit log.',
  AuditHead: 'One an account.',
  SignInEvent: 'As long as its account says: sign-in-keeping.ts.',
  AuthorizationLink: 'Goes with its pending sign-in.',
  Approval: 'Goes with its pending sign-in.',
}

it('every table either gets rid of what is over, or says here why nothing in it ever is', () => {
  const models = [...readFileSync('prisma/models.prisma', 'utf8').matchAll(/^model (\w+)/gm)].map(
    ([, name]) => name as string,
  )
  expect([...TABLES_THAT_GROW, ...Object.keys(STAYING)].sort()).toEqual(models.sort())
})

type Ada = Awaited<ReturnType<typeof someAdmin>>
type Table = Prisma.ModelName
let serial = 0

/** A row of each table that may be over, with the instant from which that is reckoned. */
const ROWS: Record<
  string,
  { table: Table; keptMs: number; plant: (ada: Ada, at: Date) => Promise<unknown> }
> = {
  'a mail that was sent': {
    table: 'OutboxMail',
    keptMs: 90 * DAY_MS,
    plant: (_, sentAt) => plantMail({ sentAt }),
  },
  'a mail that was given up': {
    table: 'OutboxMail',
    keptMs: 90 * DAY_MS,
    plant: (_, failedAt) => plantMail({ failedAt }),
  },
  'a session that was ended': {
    table: 'Session',
    keptMs: 90 * DAY_MS,
    plant: (ada, endedAt) => plantSession(ada, { endedAt }),
  },
  'a session that nobody came back to': {
    table: 'Session',
    keptMs: 90 * DAY_MS + 12 * HOUR_MS,
    plant: (ada, lastSeenAt) => plantSession(ada, { lastSeenAt }),
  },
  'a phone that was signed out': {
    table: 'MobileDevice',
    keptMs: 90 * DAY_MS,
    plant: (ada, endedAt) => plantDevice(ada, { endedAt }),
  },
  'a phone that nobody refreshed': {
    table: 'MobileDevice',
    keptMs: 120 * DAY_MS,
    plant: (ada, rotatedAt) => plantDevice(ada, { rotatedAt }),
  },
  'a refused sign-in': {
    table: 'PendingSignIn',
    keptMs: 90 * DAY_MS + HOUR_MS,
    plant: (ada, expiresAt) => plantPending(ada, expiresAt),
  },
  'a link to choose a password': {
    table: 'PasswordReset',
    keptMs: 90 * DAY_MS,
    plant: ({ accountId, agentId }, expiresAt) =>
      transact((tx) =>
        tx.passwordReset.create({
          data: { accountId, agentId, tokenHash: String(++serial), device: '', expiresAt },
        }),
      ),
  },
  'an invitation that was accepted or withdrawn': {
    table: 'Invitation',
    keptMs: 90 * DAY_MS,
    plant: (ada, closedAt) => plantInvitation(ada, { closedAt }),
  },
  'a half sign-in': {
    table: 'HalfSignIn',
    keptMs: HOUR_MS,
    plant: ({ accountId, agentId }, expiresAt) =>
      transact((tx) =>
        tx.halfSignIn.create({
          data: {
            ...{ accountId, agentId, tokenHash: String(++serial), destination: '/' },
            ...{ passwordChangedAt: NOW, expiresAt },
          },
        }),
      ),
  },
  'a challenge for a passkey': {
    table: 'PasskeyChallenge',
    keptMs: HOUR_MS,
    plant: (_, expiresAt) =>
      transact((tx) =>
        tx.passkeyChallenge.create({ data: { holderId: String(++serial), challenge: '', expiresAt } }),
      ),
  },
  'a count of wrong passwords': {
    table: 'RateLimit',
    keptMs: 2 * HOUR_MS,
    plant: (_, touchedAt) => plantCount(touchedAt),
  },
  'a browser that was known': {
    table: 'KnownDevice',
    // Over at that very instant, and not only after it.
    keptMs: 400 * DAY_MS - 1,
    plant: ({ accountId, agentId }, lastSeenAt) =>
      transact((tx) =>
        tx.knownDevice.create({
          data: { accountId, agentId, tokenHash: String(++serial), device: '', lastSeenAt },
        }),
      ),
  },
}

/** Rows that are old and not over. */
const LIVING: Record<string, { table: Table; plant: (ada: Ada) => Promise<unknown> }> = {
  'a mail that still waits': { table: 'OutboxMail', plant: () => plantMail({}) },
  'an invitation that nobody accepted': { table: 'Invitation', plant: (ada) => plantInvitation(ada, {}) },
  'a session that is in use': { table: 'Session', plant: (ada) => plantSession(ada, { lastSeenAt: NOW }) },
  'a phone that refreshes': {
    table: 'MobileDevice',
    plant: (ada) => plantDevice(ada, { rotatedAt: ago(30 * DAY_MS) }),
  },
  'a count from before the clock went back': {
    table: 'RateLimit',
    plant: () => plantCount(new Date(NOW.getTime() + DAY_MS)),
  },
}

const LONG_AGO = ago(10_000 * DAY_MS)

const plantMail = (at: { sentAt?: Date; failedAt?: Date }) =>
  transact((tx) =>
    tx.outboxMail.create({
      data: { kind: 'test', nextAttemptAt: LONG_AGO, expiresAt: LONG_AGO, createdAt: LONG_AGO, ...at },
    }),
  )

const plantSession = ({ accountId, agentId }: Ada, at: { endedAt?: Date; lastSeenAt?: Date }) =>
  transact((tx) =>
    tx.session.create({
      data: {
        ...{ accountId, agentId, surface: 'CONTROL_PANEL', device: '' },
        ...{ createdAt: LONG_AGO, lastSeenAt: LONG_AGO, ...at },
      },
    }),
  )

const plantDevice = ({ accountId, agentId }: Ada, at: { endedAt?: Date; rotatedAt?: Date }) =>
  transact((tx) =>
    tx.mobileDevice.create({
      data: {
        ...{ accountId, agentId, name: '', createdAt: LONG_AGO, lastSeenAt: LONG_AGO },
        ...{ rotatedAt: LONG_AGO, ...at },
      },
    }),
  )

const plantPending = ({ accountId, agentId }: Ada, expiresAt: Date) =>
  transact((tx) =>
    tx.pendingSignIn.create({
      data: {
        ...{ accountId, agentId, tokenHash: String(++serial), surface: 'CONTROL_PANEL', destination: '/' },
        ...{ device: '', passwordChangedAt: NOW, createdAt: LONG_AGO, expiresAt },
      },
    }),
  )

const plantInvitation = ({ accountId }: Ada, at: { closedAt?: Date }) =>
  transact((tx) =>
    tx.invitation.create({
      data: {
        ...{ accountId, email: `${++serial}@example.com`, name: '', tokenHash: String(serial) },
        ...{ invitedByName: '', createdAt: LONG_AGO, sentAt: LONG_AGO, expiresAt: LONG_AGO, ...at },
      },
    }),
  )

const plantCount = (touchedAt: Date) =>
  transact((tx) =>
    tx.rateLimit.create({ data: { key: String(++serial), windowStartedAt: touchedAt, touchedAt } }),
  )

describe.each(TEST_DATABASES)('what is over on %s', (kind) => {
  let close: () => Promise<void>
  let ada: Ada
  beforeAll(async () => {
    close = await openTestDatabase(kind)
    ada = await someAdmin()
  })
  afterAll(() => close())
  beforeEach(async () => {
    for (const table of TABLES_THAT_GROW)
      await transact((tx) => tx.$executeRawUnsafe(`DELETE FROM "${table}"`))
  })

  const rowsOf = async (table: Table) => {
    const [row] = await database().$queryRawUnsafe<{ n: number | bigint }[]>(
      `SELECT COUNT(*) AS "n" FROM "${table}"`,
    )
    return Number(row?.n)
  }

  it.each(Object.entries(ROWS))('%s stays as long as it is needed, and goes then', async (_, row) => {
    await row.plant(ada, ago(row.keptMs))
    expect(await dropOver(row.table, NOW)).toBe(0)
    await row.plant(ada, ago(row.keptMs + 1))
    expect(await dropOver(row.table, NOW)).toBe(1)
    expect(await rowsOf(row.table)).toBe(1)
  })

  it.each(Object.entries(LIVING))('%s stays, however old it is', async (_, { table, plant }) => {
    await plant(ada)
    expect(await dropOver(table, NOW)).toBe(0)
    expect(await rowsOf(table)).toBe(1)
  })

  it('a mailed link says for ninety days what became of it, and goes with its sign-in', async () => {
    const bob = await someAdmin()
    await behindOffice(bob)
    const { token, cookie, pending } = await withLink(bob)
    const asked = Date.now()
    const used = await consumeLink({
      token,
      code: null,
      pendingToken: cookie,
      keep: 'forever',
      clicker: null,
    })
    expect(used.outcome).toBe('authorized')
    await transact((tx) =>
      tx.approval.create({
        data: {
          ...{ accountId: bob.accountId, agentId: bob.agentId, pendingSignInId: pending.id },
          ...{ address: pending.address ?? '', device: '' },
        },
      }),
    )
    const until = (ms: number) => new Date(asked + OVER_KEPT_MS + ms)
    await dropOver('PendingSignIn', until(HOUR_MS))
    expect((await viewLink(token, null))?.state).toBe('used')
    await dropOver('PendingSignIn', until(3 * HOUR_MS))
    expect(await viewLink(token, null)).toBeNull()
    expect(await database().authorizationLink.count({ where: { pendingSignInId: pending.id } })).toBe(0)
    expect(await database().approval.count({ where: { pendingSignInId: pending.id } })).toBe(0)
    expect(await denyLink(token, null)).toBe('unknown')
  })

  it('an ended phone is told so for as long as its tokens could have lived', async () => {
    const start = new Date()
    const device = await transact(async (tx) =>
      startDevice(tx, await identityOf(ada), { name: 'Pixel', address: null, factorProven: false }, start),
    )
    if (!device) throw new Error('The phone is not signed in.')
    const { refreshToken, refreshTokenExpiresAt } = deriveTokens(device)
    await endDevice(device, 'signed-out', { address: null })
    const last = new Date(Date.parse(refreshTokenExpiresAt) - 1)
    await dropOver('MobileDevice', last)
    const [claims, ended] = [readToken('refresh', refreshToken), await findDevice(device.id)]
    expect(claims && ended && judgeRefreshToken(claims, ended, last.getTime())).toBe('ended')
  })

  it('a session in use outlives every round', async () => {
    const id = await someSession(ada)
    await dropOver('Session', new Date())
    expect(await findLiveSession(id, Date.now(), null)).not.toBeNull()
  })

  it('a mail whose row has gone is recorded as sent without complaint', async () => {
    const { id } = await plantMail({ sentAt: LONG_AGO })
    await dropOver('OutboxMail', NOW)
    await markMailSent({ id, kind: 'test', linkId: null, attempts: 1, letter: {} as never }, 0)
    expect(await rowsOf('OutboxMail')).toBe(0)
  })

  const plantCounts = (count: number) =>
    transact((tx) =>
      tx.rateLimit.createMany({
        data: Array.from({ length: count }, () => ({
          ...{ key: String(++serial), windowStartedAt: LONG_AGO, touchedAt: LONG_AGO },
        })),
      }),
    )

  it('goes in batches, as many as one call may drop', async () => {
    await plantCounts(1_300)
    expect(await dropOver('RateLimit', NOW, { atMost: 1_100 })).toBe(1_100)
    expect(await rowsOf('RateLimit')).toBe(200)
    expect(await dropOver('RateLimit', NOW)).toBe(200)
    expect(await dropOver('RateLimit', NOW)).toBe(0)
  })

  it('goes once, however many instances drop at the same moment', async () => {
    await plantCounts(1_700)
    const dropped = await Promise.all(Array.from({ length: 4 }, () => dropOver('RateLimit', NOW)))
    const left = await dropOver('RateLimit', NOW)
    expect(dropped.reduce((sum, count) => sum + count, left)).toBe(1_700)
    expect(await rowsOf('RateLimit')).toBe(0)
  })

  it('goes the next time when it was broken off', async () => {
    await plantCounts(1_200)
    const over = new AbortController()
    const dropping = dropOver('RateLimit', NOW, { signal: over.signal })
    over.abort()
    expect(await dropping).toBeLessThanOrEqual(200)
    expect(await dropOver('RateLimit', NOW)).toBeGreaterThanOrEqual(1_000)
    expect(await rowsOf('RateLimit')).toBe(0)
  })

  it('goes also while somebody holds one of the rows, but for that one', async () => {
    if (kind === 'sqlite') return
    await plantCounts(3)
    const held = await database().rateLimit.findFirstOrThrow()
    await transact(async (tx) => {
      await tx.rateLimit.update({ where: { key: held.key }, data: { failures: 1 } })
      expect(await dropOver('RateLimit', NOW)).toBe(2)
    })
    expect(await dropOver('RateLimit', NOW)).toBe(1)
  })

  it('is found by an index', async () => {
    for (const { table, where } of whatIsOver(NOW)) {
      const text = await planOf(Prisma.sql`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE ${where}`)
      expect(text, `${table} ${where.sql}`).toMatch(
        kind === 'postgresql' ? /Index Cond/ : /SEARCH .* USING (COVERING )?INDEX/,
      )
    }
  })
})
