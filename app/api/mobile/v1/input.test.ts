import { describe, expect, test } from 'vitest'
import { TEST_DATABASES } from '@/scripts/testing/databases'
import { deviceOf, mobileApi, PASSWORD, team } from '@/scripts/testing/mobile'

describe.each(TEST_DATABASES)('what the mobile API is sent on %s', (kind) => {
  const { ask } = mobileApi(kind)

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
