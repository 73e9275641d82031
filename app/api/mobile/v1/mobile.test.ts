import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { resetPassword } from '@/lib/data/agent-passwords'
import { setAgentEnabled } from '@/lib/data/agents'
import { addRange } from '@/lib/data/allowlist-ranges'
import {
  setCheckEveryRequest,
  setContactEmail,
  setMobileEnforced,
  turnOn,
} from '@/lib/data/allowlist-switches'
import { closeDatabase, database, transact, useDatabase } from '@/lib/data/database'
import { answering, newRange, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { type Call, call, serveRoutes } from '@/scripts/testing/route-server'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')
vi.stubEnv('LOG_LEVEL', 'silent')
const PASSWORD = 'correct horse battery'
const BASE = '/api/mobile/v1'
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

describe.each(TEST_DATABASES)('the mobile API on %s', (kind) => {
  let port = 0
  const closing: (() => Promise<void>)[] = []
  const ask = (name: string, options?: Call) => call(port, `${BASE}/${name}`, options)

  beforeAll(async () => {
    closing.push(await openTestDatabase(kind))
    const server = await serveRoutes({
      [`${BASE}/sign-in`]: await import('./sign-in/route'),
      [`${BASE}/refresh`]: await import('./refresh/route'),
      [`${BASE}/me`]: await import('./me/route'),
      [`${BASE}/sign-out`]: await import('./sign-out/route'),
    })
    port = server.port
    closing.unshift(server.close)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  /** A fresh account with an admin and a plain agent, and ways to sign them in. */
  async function team() {
    const admin = await someAdmin()
    const agent = await someColleague(admin, {})
    const { email } = await database().agent.findUniqueOrThrow({ where: { id: admin.agentId } })
    const signIn = (who: string, options: Call = {}) =>
      ask('sign-in', { body: { email: who, password: PASSWORD, device: 'Pixel 9' }, ...options })
    return { admin: { ...admin, email }, agent, signIn }
  }

  /** The list is on for the mobile app, with these ranges. */
  async function enforce(admin: Awaited<ReturnType<typeof someAdmin>>, ...ranges: string[]) {
    const asked = answering('anyway', 'admits-everyone')
    await setMobileEnforced(admin, true, asked)
    await turnOn(admin, { endSessionsOutside: false, exceptSessionId: null }, asked)
    for (const text of ranges) await addRange(admin, newRange(text), asked)
  }

  const refresh = (refreshToken: string, options: Call = {}) =>
    ask('refresh', { body: { refreshToken }, ...options })
  const deviceOf = (agentId: string) => database().mobileDevice.findFirstOrThrow({ where: { agentId } })
  const setDevice = (agentId: string, data: Record<string, Date | number>) =>
    transact((tx) => tx.mobileDevice.updateMany({ where: { agentId }, data }))
  const ago = (ms: number) => new Date(Date.now() - ms)

  test('the right password gets a pair of tokens and the agent, recorded and audited', async () => {
    const { agent, signIn } = await team()
    const answer = await signIn(` ${agent.email.toUpperCase()} `)
    expect(answer.status).toBe(200)
    expect(answer.json.agent).toEqual({
      ...{ id: agent.agentId, name: agent.name, email: agent.email, role: 'AGENT', permissions: [] },
    })
    const minutesLeft = (Date.parse(answer.json.accessTokenExpiresAt) - Date.now()) / MINUTE_MS
    expect(minutesLeft).toBeGreaterThan(14)
    expect(minutesLeft).toBeLessThanOrEqual(15)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    expect(await ask('me', { token: answer.json.accessToken })).toMatchObject({ status: 200 })
    const device = await deviceOf(agent.agentId)
    expect(device).toMatchObject({ name: 'Pixel 9', generation: 1, address: '47f000001' })
    const where = { accountId: agent.accountId, agentId: agent.agentId }
    expect(await database().signInEvent.findMany({ where })).toMatchObject([
      {
        surface: 'MOBILE',
        outcome: 'admitted',
        because: 'allowlist-off',
        device: 'Pixel 9',
        address: '47f000001',
      },
    ])
    const audit = await database().auditEvent.findMany({ where: { subjectId: device.id } })
    expect(audit).toMatchObject([{ action: 'device.started', actorId: agent.agentId, via: 'mobile' }])
    expect(JSON.stringify(device)).not.toContain(answer.json.refreshToken.split('.')[1])
  })

  test('a wrong password, an unknown e-mail and a disabled agent get the same 401', async () => {
    const { admin, agent, signIn } = await team()
    await setAgentEnabled(admin, agent.agentId, false)
    const wrong = { email: admin.email, password: 'wrong', device: 'x' }
    const answers = [
      await signIn(agent.email),
      await ask('sign-in', { body: wrong }),
      await ask('sign-in', { body: { ...wrong, email: 'nobody@example.com' } }),
    ]
    for (const { status, json, headers } of answers) {
      expect(status).toBe(401)
      expect(headers).toMatchObject({
        'www-authenticate': 'Bearer',
        'content-type': 'application/problem+json',
      })
      expect(json).toEqual(answers[0]?.json)
    }
    expect(answers[0]?.json).toEqual({
      type: 'http://localhost:3000/problems/invalid-credentials',
      title: 'Email or password is incorrect.',
      status: 401,
      detail: 'Email or password is incorrect.',
    })
  })

  test('too many wrong passwords are answered 429 with Retry-After, also with the right one', async () => {
    const { agent, signIn } = await team()
    const from = '127.0.7.1'
    for (let n = 0; n < 5; n++)
      await ask('sign-in', { body: { email: agent.email, password: `wrong ${n}`, device: 'x' }, from })
    const answer = await signIn(agent.email, { from })
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    expect(answer.json.type).toMatch(/\/too-many-attempts$/)
    expect(await signIn(agent.email, { from: '127.0.7.2' })).toMatchObject({ status: 200 })
  })

  test('the list admits from inside and refuses from outside; a forged header changes nothing', async () => {
    const { admin, agent, signIn } = await team()
    await enforce(admin, '127.0.0.2')
    expect(await signIn(agent.email, { from: '127.0.0.2' })).toMatchObject({ status: 200 })
    const headers = { 'x-forwarded-for': '127.0.0.2', 'x-real-ip': '127.0.0.2', 'x-gatehouse-request': 'x' }
    const refused = await signIn(agent.email, { from: '127.0.0.3', headers })
    expect(refused.status).toBe(403)
    expect(refused.json).toEqual({
      type: 'http://localhost:3000/problems/ip-not-allowed',
      title: 'Your IP address is not allowed.',
      status: 403,
      detail: '127.0.0.3 is not on the allowlist. Contact your admins to get access from this network.',
      ip: '127.0.0.3',
      contacts: [{ name: admin.name, email: admin.email }],
    })
    expect(await database().mobileDevice.count({ where: { agentId: agent.agentId } })).toBe(1)
    await setContactEmail(admin, 'help@example.com', answering())
    const { json } = await signIn(agent.email, { from: '127.0.0.3' })
    expect(json.contacts.map((contact: { email: string }) => contact.email)).toEqual(['help@example.com'])
  })

  test('an admin outside the list is told that they can authorize it, and no names', async () => {
    const { admin, signIn } = await team()
    await enforce(admin, '1.1.1.1')
    const { status, json } = await signIn(admin.email)
    expect(status).toBe(403)
    expect(json).toMatchObject({ ip: '127.0.0.1', canAuthorize: true })
    expect(json).not.toHaveProperty('contacts')
  })

  test('refreshing rotates; the predecessor gets the very same pair for 30 seconds', async () => {
    const { agent, signIn } = await team()
    const first = (await signIn(agent.email)).json
    const second = await refresh(first.refreshToken)
    expect(second.status).toBe(200)
    expect(second.json.refreshToken).not.toBe(first.refreshToken)
    const again = await refresh(first.refreshToken)
    expect(again.json).toEqual(second.json)
    expect(await ask('me', { token: first.accessToken })).toMatchObject({ status: 200 })
    expect(await ask('me', { token: second.json.accessToken })).toMatchObject({ status: 200 })
    const events = await database().signInEvent.count({
      where: { agentId: agent.agentId, surface: 'MOBILE' },
    })
    expect(events).toBe(3)
  })

  test('a predecessor after 30 seconds ends the session of that device alone', async () => {
    const { agent, signIn } = await team()
    const other = (await signIn(agent.email)).json
    await transact((tx) =>
      tx.mobileDevice.updateMany({ where: { agentId: agent.agentId }, data: { name: 'other' } }),
    )
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    await transact((tx) =>
      tx.mobileDevice.updateMany({
        where: { agentId: agent.agentId, name: 'Pixel 9' },
        data: { rotatedAt: ago(31_000) },
      }),
    )
    const reused = await refresh(first.refreshToken)
    expect(reused).toMatchObject({ status: 401, json: { title: 'The session has ended.' } })
    expect(await refresh(second.refreshToken)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: second.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 200 })
    const audit = await database().auditEvent.findMany({
      where: { actorId: agent.agentId, action: 'device.ended' },
    })
    expect(audit).toMatchObject([{ after: '{"because":"token-reused"}' }])
  })

  test('a token older than the predecessor ends the session at once', async () => {
    const { agent, signIn } = await team()
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    const third = (await refresh(second.refreshToken)).json
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    expect(await refresh(third.refreshToken)).toMatchObject({ status: 401 })
  })

  test('of parallel refreshes one rotates and all get its pair', async () => {
    const { agent, signIn } = await team()
    const { refreshToken } = (await signIn(agent.email)).json
    const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(refreshToken)))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(new Set(answers.map(({ json }) => json.refreshToken)).size).toBe(1)
    expect(await deviceOf(agent.agentId)).toMatchObject({ generation: 2, endedAt: null })
  })

  test('a refresh from outside the list is refused and the token stays valid', async () => {
    const { admin, agent, signIn } = await team()
    const { refreshToken } = (await signIn(agent.email)).json
    await enforce(admin, '127.0.0.2')
    for (let n = 0; n < 3; n++) {
      const refused = await refresh(refreshToken, { from: '127.0.0.3' })
      expect(refused).toMatchObject({ status: 403, json: { ip: '127.0.0.3' } })
    }
    const where = { agentId: agent.agentId, outcome: 'refused' }
    expect(await database().signInEvent.count({ where })).toBe(3)
    expect(await deviceOf(agent.agentId)).toMatchObject({ generation: 1, endedAt: null })
    expect(await refresh(refreshToken, { from: '127.0.0.2' })).toMatchObject({ status: 200 })
  })

  test('reuse is answered 401 also from outside the list: it comes first', async () => {
    const { admin, agent, signIn } = await team()
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    await refresh(second.refreshToken)
    await enforce(admin, '1.1.1.1')
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    expect(await deviceOf(agent.agentId)).toMatchObject({ endedBecause: 'token-reused' })
  })

  test('30 days without a refresh, and 90 days since the sign-in, end the tokens', async () => {
    const { agent, signIn } = await team()
    const { deriveTokens } = await import('@/lib/data/device-tokens')
    const { findDevice } = await import('@/lib/data/devices')
    await signIn(agent.email)
    const pairAt = async (data: Record<string, Date | number>) => {
      await setDevice(agent.agentId, data)
      const device = await findDevice((await deviceOf(agent.agentId)).id)
      if (!device) throw new Error('The device is missing.')
      return deriveTokens(device)
    }
    const tooOld = await pairAt({ createdAt: ago(40 * DAY_MS), rotatedAt: ago(30 * DAY_MS + 1000) })
    expect(await refresh(tooOld.refreshToken)).toMatchObject({ status: 401 })
    const oldAccess = await pairAt({ rotatedAt: ago(15 * MINUTE_MS + 1000) })
    expect(await ask('me', { token: oldAccess.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(oldAccess.refreshToken)).toMatchObject({ status: 200 })
    const lastDay = await pairAt({ createdAt: ago(90 * DAY_MS + 1000), rotatedAt: ago(1000) })
    expect(await refresh(lastDay.refreshToken)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: lastDay.accessToken })).toMatchObject({ status: 401 })
  })

  test('a new password and disabling end every device', async () => {
    const { admin, agent, signIn } = await team()
    const first = (await signIn(agent.email)).json
    await resetPassword(admin, agent.agentId, PASSWORD)
    expect(await ask('me', { token: first.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    const second = (await signIn(agent.email)).json
    await setAgentEnabled(admin, agent.agentId, false)
    expect(await ask('me', { token: second.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(second.refreshToken)).toMatchObject({ status: 401 })
  })

  test('nothing begins behind a password that was changed after it was proven', async () => {
    const { admin, agent } = await team()
    const { verifyIdentity } = await import('@/lib/data/identities')
    const { startDevice } = await import('@/lib/data/devices')
    const identity = await verifyIdentity(agent.email, PASSWORD)
    if (!identity) throw new Error('The password is right.')
    await resetPassword(admin, agent.agentId, PASSWORD)
    expect(await startDevice(identity, { name: 'late', address: null }, new Date())).toBeNull()
  })

  test('"Check every request" shuts a phone out where mobile is enforced, and lets it back in', async () => {
    const { admin, agent, signIn } = await team()
    const { accessToken: token } = (await signIn(agent.email)).json
    await enforce(admin, '127.0.0.2')
    expect(await ask('me', { token })).toMatchObject({ status: 200 })
    await setCheckEveryRequest(admin, true, answering('anyway'))
    const refused = await ask('me', { token })
    expect(refused).toMatchObject({ status: 403, json: { ip: '127.0.0.1' } })
    expect(refused.json.contacts).toHaveLength(1)
    expect(await ask('me', { token, from: '127.0.0.2' })).toMatchObject({ status: 200 })
    await setMobileEnforced(admin, false, answering('anyway'))
    expect(await ask('me', { token })).toMatchObject({ status: 200 })
  })

  test('signing out ends both tokens; a second time is 401', async () => {
    const { agent, signIn } = await team()
    const pair = (await signIn(agent.email)).json
    const answer = await ask('sign-out', { method: 'POST', token: pair.accessToken })
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(await ask('sign-out', { method: 'POST', token: pair.accessToken })).toMatchObject({ status: 401 })
    expect(await ask('me', { token: pair.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(pair.refreshToken)).toMatchObject({ status: 401 })
    const where = { actorId: agent.agentId, action: 'device.ended' }
    expect(await database().auditEvent.count({ where })).toBe(1)
  })

  test('tokens are not interchangeable, and a changed one is worth nothing', async () => {
    const { agent, signIn } = await team()
    const pair = (await signIn(agent.email)).json
    const [payload, signature] = pair.accessToken.split('.')
    const claims = Buffer.from(payload, 'base64url').toString()
    const later = Buffer.from(claims.replace(/\d$/, (digit: string) => String((Number(digit) + 1) % 10)))
    const bad = [
      pair.refreshToken,
      `${later.toString('base64url')}.${signature}`,
      `${payload}.${signature}.`,
      `${payload}.`,
      `${payload}=.${signature}`,
      payload,
      'x.y',
    ]
    for (const token of bad) expect([token, (await ask('me', { token })).status]).toEqual([token, 401])
    expect(await refresh(pair.accessToken)).toMatchObject({ status: 401 })
    const cookie = { headers: { cookie: `gatehouse.session=${pair.accessToken}` } }
    expect(await ask('me', cookie)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: pair.accessToken })).toMatchObject({ status: 200 })
  })

  test.each([
    ['no JSON', '{"email":', ['body']],
    ['a list', '[]', ['body']],
    ['null', 'null', ['body']],
    ['nothing', '', ['body']],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), ['body']],
    ['missing fields', '{}', ['email', 'password', 'device']],
    ['wrong types', '{"email":1,"password":{},"device":["x"]}', ['email', 'password', 'device']],
    ['an empty device', '{"email":"a@example.com","password":"x","device":" \\u0000\\u202e "}', ['device']],
    ['a control character', '{"email":"a\\u0000@example.com","password":"x","device":"x"}', ['email']],
    ['an endless e-mail', `{"email":"${'a'.repeat(300)}","password":"x","device":"x"}`, ['email']],
  ])('%s is answered 400 with its fields', async (_name, body, fields) => {
    const { status, json, headers } = await ask('sign-in', { body })
    expect(headers['content-type']).toBe('application/problem+json')
    expect(status).toBe(400)
    expect(Object.keys(json.errors)).toEqual(fields)
  })

  test('an overlong body is answered 413, with and without a length', async () => {
    const body = JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(65_536), device: 'x' })
    expect(await ask('sign-in', { body })).toMatchObject({ status: 413 })
    const headers = { 'content-length': String(body.length) }
    expect(await ask('sign-in', { body, headers })).toMatchObject({ status: 413 })
    const fits = JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(60_000), device: 'x' })
    expect(await ask('sign-in', { body: fits })).toMatchObject({ status: 401 })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonx',
  ])('a body of type %s is answered 415', async (type) => {
    expect(await ask('sign-in', { body: '{}', headers: { 'content-type': type } })).toMatchObject({
      status: 415,
    })
  })

  test('other methods are answered 405 with Allow', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
      expect(await ask('sign-in', { method })).toMatchObject({
        status: 405,
        headers: {
          allow: 'POST',
          ...(method === 'HEAD' ? {} : { 'content-type': 'application/problem+json' }),
        },
      })
    expect(await ask('me', { method: 'POST' })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    })
    expect(await ask('me', { method: 'OPTIONS' })).toMatchObject({
      status: 204,
      headers: { allow: 'GET, HEAD' },
    })
  })

  test('the name of a device is one line of at most 100 characters', async () => {
    const { agent } = await team()
    const device = `Ana\u0007's\n\u202ephone ${'\u{1f4f1}'.repeat(200)}`
    const body = { email: agent.email, password: PASSWORD, device }
    expect(await ask('sign-in', { body })).toMatchObject({ status: 200 })
    const { name } = await deviceOf(agent.agentId)
    expect(name).toMatch(/^Ana 's phone \u{1f4f1}+$/u)
    expect(name.length).toBeLessThanOrEqual(100)
  })
})

describe('without a database', () => {
  test('nobody is admitted, and the answer is 503 in problem+json', async () => {
    await useDatabase('postgresql://nobody@127.0.0.1:9/none')
    const { POST } = await import('./sign-in/route')
    const { GET } = await import('./me/route')
    const { deriveTokens } = await import('@/lib/data/device-tokens')
    const server = await serveRoutes({ '/sign-in': { POST }, '/me': { GET } })
    const body = { email: 'a@example.com', password: 'x', device: 'x' }
    const times = { generation: 1, rotatedAtMs: Date.now(), createdAtMs: Date.now(), endedAtMs: null }
    const { accessToken } = deriveTokens({ id: '01a20a8a-aa80-757d-9117-82c29af34563', ...times })
    for (const answer of [
      await call(server.port, '/sign-in', { body }),
      await call(server.port, '/me', { token: accessToken }),
    ]) {
      expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } })
      expect(answer.json.type).toMatch(/\/unavailable$/)
    }
    await server.close()
    await closeDatabase()
  })
})
