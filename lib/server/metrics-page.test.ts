import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { address, answering, newRange, plantRanges } from '@/scripts/testing/allowlists'
import { TEST_DATABASES } from '@/scripts/testing/databases'
import { enforce, mobileApi, team } from '@/scripts/testing/mobile'
import { type Call, call, serveRoutes } from '@/scripts/testing/route-server'
import { plantSession } from '@/scripts/testing/sessions'
import { setMobileEnforced } from '../data/allowlist-switches'
import { closeDatabase, database, transact, useDatabase } from '../data/database'
import { queueMail } from '../data/outbox'
import { env } from '../env'

const TOKEN = 'a-token-for-metrics-0123456789'
vi.stubEnv('METRICS_TOKEN', TOKEN)

let port = 0
let close: () => Promise<void>
beforeAll(async () => {
  const server = await serveRoutes({ '/metrics': await import('@/app/metrics/route') })
  port = server.port
  close = server.close
})
afterAll(() => close())
afterEach(() => {
  vi.restoreAllMocks()
})

const ask = (call_: Call = { token: TOKEN }) => call(port, '/metrics', call_)
const realNow = performance.now.bind(performance)
let passedMs = 0
/** Lets time pass for what is measured. */
function pass(ms: number) {
  passedMs += ms
  vi.spyOn(performance, 'now').mockImplementation(() => realNow() + passedMs)
}

/** Every line with its value; a line that isn't there is null. */
async function readValues(): Promise<(line: string) => number | null> {
  const { text } = await ask()
  const values = new Map(text.split('\n').map((line) => [line.replace(/ \S+$/, ''), line.split(' ').at(-1)]))
  return (line) => (values.has(line) ? Number(values.get(line)) : null)
}

describe('/metrics', () => {
  test('is text for Prometheus, never kept by anybody on the way', async () => {
    const { status, headers, text } = await ask()
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(headers['cache-control']).toBe('no-store')
    expect(text).toMatch(/^process_cpu_seconds_total \d/m)
  })

  test.each<[string, Call]>([
    ['no token', {}],
    ['another token', { token: `${TOKEN}x` }],
    ['the beginning of the token', { token: TOKEN.slice(0, -1) }],
    ['the token by another scheme', { headers: { authorization: `Basic ${TOKEN}` } }],
  ])('answers 401 to %s', async (_what, sent) => {
    const { status, headers, text } = await ask(sent)
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect(text).not.toContain('process_')
  })

  test.each<[string, Call]>([
    ['no token', {}],
    ['an empty token', { headers: { authorization: 'Bearer ' } }],
    ['any token', { token: TOKEN }],
  ])('without METRICS_TOKEN there is no such page: 404 to %s', async (_what, sent) => {
    const settings = env()
    const given = settings.METRICS_TOKEN
    settings.METRICS_TOKEN = null
    const { status, text } = await ask(sent).finally(() => {
      settings.METRICS_TOKEN = given
    })
    expect(status).toBe(404)
    expect(text).not.toContain('process_')
  })
})

describe.each(TEST_DATABASES)('what /metrics counts on %s', (kind) => {
  const { signIn } = mobileApi(kind)

  test('decisions by verdict, surface and reason, sign-ins by how they went, and lists', async () => {
    const { admin } = await team()
    const first = await readValues()
    expect((await signIn('nobody@example.com')).status).toBe(401)
    await enforce(admin, '192.0.2.0/24', '198.51.100.0/24')
    expect((await signIn(admin.email)).status).toBe(403)
    await setMobileEnforced(admin, false, answering('anyway'))
    expect((await signIn(admin.email)).status).toBe(200)

    const then = await readValues()
    const more = (line: string) => (then(line) ?? 0) - (first(line) ?? 0)
    const decided = (rest: string) => `gatehouse_decisions_total{asked="sign-in",surface="MOBILE",${rest}}`
    expect(more(decided('verdict="refuse",reason="not-listed"'))).toBe(1)
    expect(more(decided('verdict="admit",reason="mobile-not-enforced"'))).toBe(1)
    expect(more('gatehouse_decision_seconds_count{asked="sign-in"}')).toBe(2)
    for (const outcome of ['invalid-credentials', 'ip-not-allowed', 'signed-in'])
      expect(more(`gatehouse_sign_in_seconds_count{by="mobile",outcome="${outcome}"}`), outcome).toBe(1)
    expect(more('gatehouse_list_build_seconds_count')).toBeGreaterThan(0)
    expect(more('gatehouse_list_ranges_sum')).toBeGreaterThan(0)
  })

  test('sessions, phones, ranges and the outbox, asked of the database at most every five seconds', async () => {
    pass(6_000)
    const { admin } = await team()
    const first = await readValues()
    const { accountId, agentId } = admin
    const start = { accountId, agentId, surface: 'CONTROL_PANEL', device: 'Firefox' } as const
    const { id } = await transact((tx) => plantSession(tx, { ...start, address: address('192.0.2.1') }))
    await plantRanges(admin, newRange('192.0.2.0/24'), newRange('198.51.100.0/24'))
    await signIn(admin.email)
    await transact(async (tx) => {
      const message = { subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }
      const expiresAt = new Date(Date.now() + 60_000)
      await queueMail(tx, { accountId, kind: 'test', to: admin.email, message, expiresAt })
    })
    const lines = ['sessions', 'mobile_devices', 'ranges', 'outbox_mails'].map((name) => `gatehouse_${name}`)
    const kept = await readValues()
    for (const line of lines) expect(kept(line), line).toBe(first(line))

    pass(6_000)
    const then = await readValues()
    expect(lines.map((line) => (then(line) ?? 0) - (first(line) ?? 0))).toEqual([
      ...[1, 1, 2],
      // Beside ours, the first sign-in of a phone may be told by mail.
      (await database().outboxMail.count({ where: { sentAt: null } })) -
        (first('gatehouse_outbox_mails') ?? 0),
    ])
    expect(then('gatehouse_outbox_mails')).toBeGreaterThan(first('gatehouse_outbox_mails') ?? 0)
    expect(then('gatehouse_outbox_oldest_seconds')).toBeGreaterThan(0)
    expect(then('gatehouse_database_up')).toBe(1)

    await transact(async (tx) => {
      await tx.session.update({ where: { id }, data: { lastSeenAt: new Date(Date.now() - 13 * 3_600_000) } })
      await tx.outboxMail.updateMany({ where: { accountId, sentAt: null }, data: { sentAt: new Date() } })
      const ninetyDaysAgo = new Date(Date.now() - 90 * 24 * 3_600_000)
      await tx.mobileDevice.updateMany({ where: { accountId }, data: { createdAt: ninetyDaysAgo } })
    })
    pass(6_000)
    const later = await readValues()
    for (const line of ['gatehouse_sessions', 'gatehouse_mobile_devices'])
      expect(later(line), line).toBe(first(line))
    expect(later('gatehouse_outbox_mails')).toBe(first('gatehouse_outbox_mails'))
  })
})

test('with the database away /metrics says so, and shows no number that it does not know', async () => {
  await useDatabase('file:/nowhere/gatehouse.db')
  pass(6_000)
  const values = await readValues()
  await closeDatabase()
  expect(values('gatehouse_database_up')).toBe(0)
  for (const name of ['sessions', 'mobile_devices', 'ranges', 'outbox_mails', 'outbox_oldest_seconds'])
    expect(values(`gatehouse_${name}`), name).toBeNull()
})
