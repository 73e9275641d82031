import { describe, expect, test, vi } from 'vitest'
import { setAgentEnabled } from '@/lib/data/agents'
import { setContactEmail } from '@/lib/data/allowlist-switches'
import { database, transact } from '@/lib/data/database'
import * as factors from '@/lib/data/factors'
import { recordUnanswered } from '@/lib/data/half-sign-ins'
import { inHashingQueue } from '@/lib/server/hashing-queue'
import { answering } from '@/scripts/testing/allowlists'
import { TEST_DATABASES } from '@/scripts/testing/databases'
import { codeAt, withTotp } from '@/scripts/testing/factors'
import { deviceOf, enforce, mobileApi, PASSWORD, team } from '@/scripts/testing/mobile'
import type { Call } from '@/scripts/testing/route-server'

const MINUTE_MS = 60_000

describe.each(TEST_DATABASES)('mobile sign-in on %s', (kind) => {
  const { ask, signIn } = mobileApi(kind)

  test('the right password gets a pair of tokens and the agent, recorded and audited', async () => {
    const { agent } = await team()
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
    const { admin, agent } = await team()
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
    const { agent } = await team()
    const from = '127.0.7.1'
    for (let n = 0; n < 5; n++)
      await ask('sign-in', { body: { email: agent.email, password: `wrong ${n}`, device: 'x' }, from })
    const answer = await signIn(agent.email, { from })
    expect(answer).toMatchObject({ status: 429, headers: { 'retry-after': '60' } })
    expect(answer.json.type).toMatch(/\/too-many-attempts$/)
    expect(await signIn(agent.email, { from: '127.0.7.2' })).toMatchObject({ status: 200 })
  })

  test('with the hashing queue full of strangers the answer is 503 with Retry-After, and then as ever', async () => {
    const { agent } = await team()
    let end = () => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const strangers = Array.from({ length: 192 }, (_, at) => inHashingQueue(`${at}`, 'open', () => ended))
    const answer = await signIn(agent.email)
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '10' } })
    expect(answer.json.type).toMatch(/\/unavailable$/)
    end()
    await Promise.all(strangers)
    expect(await signIn(agent.email)).toMatchObject({ status: 200 })
  })

  test('the list admits from inside and refuses from outside; a forged header changes nothing', async () => {
    const { admin, agent } = await team()
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
    const { admin } = await team()
    await enforce(admin, '1.1.1.1')
    const { status, json } = await signIn(admin.email)
    expect(status).toBe(403)
    expect(json).toMatchObject({ ip: '127.0.0.1', canAuthorize: true })
    expect(json).not.toHaveProperty('contacts')
  })

  describe('with a second factor', () => {
    async function owner() {
      const { admin } = await team()
      const { secret, codes } = await withTotp(admin)
      const send = (otp?: string | null, options: Call = {}) =>
        ask('sign-in', {
          body: {
            email: admin.email,
            password: PASSWORD,
            device: 'Pixel 9',
            ...(otp === undefined ? {} : { otp }),
          },
          ...options,
        })
      return { admin, codes, send, code: () => codeAt(secret, new Date()) }
    }

    test('a factor that can’t be looked at just now is answered 503, and recorded: the password was right', async () => {
      const { admin, send, code } = await owner()
      let end = () => {}
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      const strangers: Promise<void>[] = []
      vi.spyOn(factors, 'findFactorKinds').mockImplementationOnce(async () => {
        for (let at = 0; at < 192; at++) strangers.push(inHashingQueue(`full ${at}`, 'open', () => ended))
        return { totp: true, passkeys: false, codes: true }
      })
      expect(await send(code())).toMatchObject({ status: 503, headers: { 'retry-after': '10' } })
      end()
      await Promise.all(strangers)
      const where = { agentId: admin.agentId }
      expect(await database().signInEvent.findMany({ where })).toMatchObject([
        { outcome: 'failed', because: 'second-factor-not-looked-at', surface: 'MOBILE', device: 'Pixel 9' },
      ])
      expect(await send(code())).toMatchObject({ status: 200 })
    })

    test('the password alone is answered second-factor-required, before the allowlist is asked', async () => {
      const { admin, send } = await owner()
      await enforce(admin, '127.0.0.2')
      for (const answer of [await send(), await send(''), await send(null)]) {
        expect(answer.status).toBe(401)
        expect(answer.json).toEqual({
          type: 'http://localhost:3000/problems/second-factor-required',
          title: 'A second factor is required.',
          status: 401,
          detail: 'Send the code of your authenticator app as "otp".',
          enrolled: true,
        })
      }
      const where = { accountId: admin.accountId }
      expect(await database().signInEvent.count({ where })).toBe(0)
      expect(await database().mobileDevice.count({ where })).toBe(0)
    })

    test('a password that no code follows is in the Sign-in Log five minutes later; one that a code follows is not', async () => {
      const { admin, send } = await owner()
      const where = { accountId: admin.accountId }
      const log = async () => {
        await recordUnanswered(new Date(Date.now() + 6 * MINUTE_MS))
        const rows = await database().signInEvent.findMany({ where, orderBy: { address: 'asc' } })
        return rows.map(({ because, address, device }) => [because, address, device].join(' '))
      }
      await send(undefined, { from: '127.0.8.2' })
      await send(undefined, { from: '127.0.8.3' })
      await send('000000', { from: '127.0.8.3' })
      const alone = 'second-factor-not-given 47f000802 Pixel 9'
      const answered = 'wrong-second-factor 47f000803 Pixel 9'
      expect(await log()).toEqual([alone, answered])
    })

    test('a right code signs in, once; then the allowlist is asked', async () => {
      const { admin, send, code, codes } = await owner()
      const otp = code()
      expect(await send(otp)).toMatchObject({ status: 200 })
      const again = await send(otp)
      expect(again).toMatchObject({ status: 401 })
      expect(again.json.type).toMatch(/\/invalid-credentials$/)
      await enforce(admin, '127.0.0.2')
      expect(await send(codes[0], { from: '127.0.0.3' })).toMatchObject({ status: 403 })
      expect(await send(codes[1], { from: '127.0.0.2' })).toMatchObject({ status: 200 })
    })

    test('a wrong code is answered like a wrong password, and counts like one', async () => {
      const { admin, send, code } = await owner()
      const from = '127.0.8.1'
      const body = { email: admin.email, password: 'wrong', device: 'Pixel 9' }
      const wrongPassword = await ask('sign-in', { body, from })
      for (const otp of ['000000', 'x', 'abcd-efgh-jkmn', ' '])
        expect(await send(otp, { from })).toMatchObject({ status: 401, json: wrongPassword.json })
      expect(await send(code(), { from })).toMatchObject({ status: 429 })
      expect(await send(5 as never)).toMatchObject({
        status: 400,
        json: { errors: { otp: expect.any(String) } },
      })
    })

    test('an admin who needs one and has none is told so', async () => {
      const { admin, agent } = await team()
      await transact((tx) =>
        tx.account.update({ where: { id: admin.accountId }, data: { adminsNeedFactor: true } }),
      )
      const answer = await signIn(admin.email)
      expect(answer).toMatchObject({ status: 401, json: { enrolled: false } })
      expect(answer.json.type).toMatch(/\/second-factor-required$/)
      expect(await database().signInEvent.findMany({ where: { agentId: admin.agentId } })).toMatchObject([
        { outcome: 'failed', because: 'second-factor-missing', surface: 'MOBILE' },
      ])
      expect(await signIn(agent.email)).toMatchObject({ status: 200 })
    })
  })
})
