import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist, says } from '../fixtures/allowlist-screen'
import { callMobile, send } from '../fixtures/http'
import { ADVANCED, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('mobile access is from anywhere until an admin turns the list on for it', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  const signIn = (person: { email: string; password: string }, ip: string) =>
    callMobile(gatehouse, 'sign-in', {
      json: { email: person.email, password: person.password, device: 'Pixel 9' },
      ip,
    })
  const before = await signIn(lena, HOTEL)
  expect(before).toMatchObject({ status: 200, json: { agent: { email: lena.email } } })

  await openAllowlist(page, ana, ADVANCED)
  const mobile = page.getByRole('switch', { name: 'IP Allowlist for mobile access' })
  await expect(mobile).toHaveAccessibleDescription(/Mobile means the mobile app/)
  await isAccessible(page)
  await mobile.click()
  await says(page, 'IP Allowlist for mobile access is on.')
  await expect(mobile).toBeChecked()

  expect(await signIn(lena, HOTEL)).toMatchObject({
    status: 403,
    json: { type: `${gatehouse.url}/problems/ip-not-allowed`, ip: HOTEL, contacts: [{ email: ana.email }] },
  })
  expect(await signIn(ana, HOTEL)).toMatchObject({ status: 403, json: { canAuthorize: true } })
  expect((await signIn(lena, OFFICE)).status).toBe(200)

  const { refreshToken, accessToken } = before.json
  const refresh = (ip: string) => callMobile(gatehouse, 'refresh', { json: { refreshToken }, ip })
  expect(await refresh(HOTEL)).toMatchObject({ status: 403 })
  const renewed = await refresh(OFFICE)
  expect(renewed.status).toBe(200)
  expect((await callMobile(gatehouse, 'me', { token: accessToken, ip: HOTEL })).status).toBe(200)
  expect((await gatehouse.seed.signInsOf(id)).map(({ because }) => because)).toEqual(
    expect.arrayContaining(['mobile-not-enforced', 'not-listed', 'listed']),
  )
})

test('with 1.1.1.1 alone on the list nobody gets in by phone', async ({ account, gatehouse }) => {
  const { ana, lena } = await account({
    ...{ agents: 1, ranges: ['1.1.1.1'] },
    ...{ allowlistEnabled: true, mobileEnforced: true },
  })
  for (const person of [ana, lena])
    for (const ip of [OFFICE, HOTEL, '2001:db8::7', '127.0.0.1']) {
      const json = { email: person.email, password: person.password, device: 'Pixel 9' }
      expect((await callMobile(gatehouse, 'sign-in', { json, ip })).status).toBe(403)
    }
})

test('a mobile token opens no web page, and signing out ends it', async ({ account, gatehouse }) => {
  const { lena } = await account({ agents: 1 })
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const { accessToken } = (await callMobile(gatehouse, 'sign-in', { json })).json
  const headers = { authorization: `Bearer ${accessToken}`, cookie: `gatehouse.session=${accessToken}` }
  expect(await send(`${gatehouse.url}/agent-console`, { headers })).toMatchObject({ status: 307 })
  const bearer = { token: accessToken }
  expect((await callMobile(gatehouse, 'me', bearer)).status).toBe(200)
  const ended = await send(`${gatehouse.url}/api/mobile/v1/sign-out`, { method: 'POST', headers })
  expect(ended.status).toBe(204)
  expect((await callMobile(gatehouse, 'me', bearer)).status).toBe(401)
})

test('what a program sends wrongly is answered with the right problem, never with a 500', async ({
  gatehouse,
}) => {
  const url = `${gatehouse.url}/api/mobile/v1/sign-in`
  const json = { 'content-type': 'application/json' }
  const table: [what: string, call: Parameters<typeof send>[1], status: number][] = [
    ['not JSON', { headers: json, body: '{' }, 400],
    ['missing fields', { headers: json, body: '{}' }, 400],
    ['a list', { headers: json, body: '[]' }, 400],
    ['wrong types', { headers: json, body: '{"email":1,"password":{},"device":[]}' }, 400],
    ['a form', { headers: { 'content-type': 'text/plain' }, body: 'email=a' }, 415],
    ['no type', { method: 'POST' }, 415],
    ['a huge body', { headers: json, body: JSON.stringify({ email: 'x'.repeat(70_000) }) }, 413],
    ['a GET', {}, 405],
  ]
  expect(await send(url, { method: 'TRACE' })).toMatchObject({ status: 204, headers: { allow: 'POST' } })
  for (const path of ['/api', '/api/nowhere', '/api/mobile/v1', '/api/mobile/v1/nowhere'])
    expect(await send(gatehouse.url + path), path).toMatchObject({
      ...{ status: 404, headers: { 'content-type': 'application/problem+json' } },
    })
  for (const [what, call, status] of table) {
    const answer = await send(url, call)
    expect(answer.status, what).toBe(status)
    expect(answer.headers['content-type'], what).toBe('application/problem+json')
    expect(JSON.parse(answer.text), what).toMatchObject({ status, type: expect.any(String) })
  }
})
