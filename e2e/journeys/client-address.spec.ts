import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { enterRange, openAllowlist, question, rowOf } from '../fixtures/allowlist-screen'
import type { Gatehouse } from '../fixtures/gatehouse'
import { callMobile, formOf, post, send } from '../fixtures/http'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { ALLOWLIST, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'

const PEER = '127.0.0.9'
const STAMP = 'x-gatehouse-request'

/** What somebody may send who wants to be taken for `address`. */
function forgeries(address: string): Record<string, string>[] {
  return [
    { 'x-forwarded-for': address },
    { 'x-forwarded-for': `${address}, ${address}` },
    { forwarded: `for=${address}` },
    { 'x-real-ip': address },
    { 'cf-connecting-ip': address, 'true-client-ip': address, 'x-client-ip': address },
    { [STAMP]: address },
    { [STAMP]: '00000000-0000-4000-8000-000000000000' },
    { [STAMP]: '' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '1' },
  ]
}

test('without a trusted proxy no header changes the verdict, on the web and on mobile', async ({
  from,
  special,
}) => {
  const at = await special()
  const inside = await at.seed.makeAccount({ agents: 1, ranges: [PEER], ...ENFORCED })
  const outside = await at.seed.makeAccount({ agents: 1, ranges: [OFFICE], ...ENFORCED })
  const page = await from(null, { at, javaScriptEnabled: false })
  await page.goto('/sign-in')
  const form = await formOf(page.getByRole('button', { name: 'Sign in' }))
  const enter = async (account: typeof inside, headers: Record<string, string>) => {
    const { email, password } = account.lena
    const web = await post(form, { fields: { email, password }, headers, from: PEER })
    const json = JSON.stringify({ email, password, device: 'Pixel 9' })
    const mobile = await send(`${at.url}/api/mobile/v1/sign-in`, {
      headers: { 'content-type': 'application/json', ...headers },
      ...{ body: json, from: PEER },
    })
    return { web: String(web.headers.location), mobile: mobile.status }
  }
  for (const headers of [{}, ...forgeries(OFFICE)])
    expect(await enter(outside, headers), JSON.stringify(headers)).toEqual({ web: '/blocked', mobile: 403 })
  for (const headers of [{}, ...forgeries('203.0.113.66')])
    expect(await enter(inside, headers), JSON.stringify(headers)).toEqual({
      web: '/agent-console',
      mobile: 200,
    })
  for (const { address } of await at.seed.signInsOf(outside.id)) expect(address).toBe(PEER)
})

const ENFORCED = { allowlistEnabled: true, mobileEnforced: true }

test('behind a trusted proxy only its own word counts, and of that the right hop', async ({
  account,
  gatehouse,
}) => {
  const { lena } = await account({ agents: 1, ranges: [OFFICE], ...ENFORCED })
  const status = async (forwarded: string | string[], more: Record<string, string> = {}) => {
    const { email, password } = lena
    const answer = await send(`${gatehouse.url}/api/mobile/v1/sign-in`, {
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded, ...more },
      ...{ body: JSON.stringify({ email, password, device: 'Pixel 9' }), from: PEER },
    })
    return answer.status
  }
  expect(await status(OFFICE)).toBe(200)
  // What a client wrote itself stands left of what the proxy wrote.
  expect(await status(`203.0.113.66, ${OFFICE}`)).toBe(200)
  expect(await status(`${OFFICE}, 203.0.113.66`)).toBe(403)
  expect(await status([OFFICE, '203.0.113.66'])).toBe(403)
  expect(await status(['203.0.113.66', OFFICE])).toBe(200)
  // Trusted hops are passed over, ports and brackets dropped.
  expect(await status(`203.0.113.66, ${OFFICE}:4711, 127.0.0.1`)).toBe(200)
  expect(await status(`${OFFICE}, 203.0.113.66, 127.0.0.3, 127.0.0.1`)).toBe(403)
  // What can't be read is unknown, and unknown is refused.
  expect(await status('unknown')).toBe(403)
  expect(await status(`${OFFICE}, garbage`)).toBe(403)
  expect(await status('127.0.0.1, 127.0.0.2')).toBe(403)
  for (const headers of forgeries(OFFICE).filter((one) => !('x-forwarded-for' in one)))
    expect(await status('203.0.113.66', headers), JSON.stringify(headers)).toBe(403)
})

test('an unknown address is explained to the refused, with the operator’s setting', async ({
  account,
  from,
}) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from('not an address')
  await signIn(page, ana)
  await isRefused(page, 'Unknown')
  await expect(page.getByText("Gatehouse can't tell which address you are at")).toBeVisible()
  await expect(page.getByText(/Tell your operator: .*CLIENT_IP_HEADER/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Authorize this IP' })).toHaveCount(0)
  await isAccessible(page)
})

for (const [what, settings, seen] of [
  ['behind a trusted proxy', BEHIND_PROXY, OFFICE],
  ['without a trusted proxy', {}, PEER],
] as const)
  test(`the address stays the same across an action's redirect, ${what}`, async ({
    from,
    special,
    expectTrouble,
  }) => {
    const at = await special(settings)
    expectTrouble(/Failed to fetch/)
    const { ana } = await at.seed.makeAccount({
      ranges: [seen],
      allowlistEnabled: true,
      checkEveryRequest: true,
    })
    const page = await from(null, { at })
    const sent = await captured(page, () => trySignIn(page, ana, ALLOWLIST))
    // The same action, sent by a client at another address of this machine; Next fetches the target over loopback.
    const answer = await send(sent.url, {
      ...{ method: 'POST', body: sent.body, from: PEER },
      headers: { ...sent.headers, 'x-forwarded-for': OFFICE },
    })
    expect(answer.headers['x-action-redirect']).toContain(ALLOWLIST)
    expect(answer.text).toContain('Your current IP')
    expect(answer.text).toContain(seen)
    expect(answer.text).not.toContain('Your IP address is not allowed')
  })

/** Keeps back the form that the page sends, and answers what it was. */
async function captured(page: Page, deed: () => Promise<void>) {
  const posts = new Promise<{ url: string; headers: Record<string, string>; body: Buffer }>((resolve) => {
    void page.route('**/*', async (route) => {
      const request = route.request()
      if (request.method() !== 'POST') return route.continue()
      const { 'content-length': _, ...headers } = await request.allHeaders()
      resolve({ url: request.url(), headers, body: request.postDataBuffer() ?? Buffer.alloc(0) })
      return route.abort('aborted')
    })
  })
  await deed()
  return posts
}

test('a proxy that nobody declared is warned about before its address is added', async ({
  from,
  special,
}) => {
  const at: Gatehouse = await special()
  const { id, ana } = await at.seed.makeAccount({})
  const page = await from('203.0.113.66', { at })
  await openAllowlist(page, ana)
  await expect(page.getByText("There seems to be a proxy that Gatehouse doesn't know")).toBeVisible()
  await expect(page.getByText('TRUSTED_PROXIES=127.0.0.1').first()).toBeVisible()
  await isAccessible(page)
  const sure = question(page, 'This address looks like a proxy')

  await page.getByRole('button', { name: 'Add my current IP' }).click()
  await expect(sure).toContainText('maybe the whole internet')
  await isAccessible(page)
  await sure.getByRole('button', { name: 'Cancel' }).click()
  await enterRange(page, { start: '127.0.0.0/8' })
  await expect(sure).toBeVisible()
  expect(await at.seed.rangesOf(id)).toEqual([])
  await sure.getByRole('button', { name: 'Add this address anyway' }).click()
  await expect(rowOf(page, '127.0.0.0')).toBeVisible()
})

test('what a mobile app says about its address counts no more than what a browser says', async ({
  special,
}) => {
  const at = await special()
  const { lena } = await at.seed.makeAccount({ agents: 1, ranges: [OFFICE], ...ENFORCED })
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9', ip: OFFICE }
  expect((await callMobile(at, 'sign-in', { json, ip: OFFICE })).status).toBe(403)
})

test('links and redirects come from APP_URL, whatever Host a client sends', async ({
  account,
  gatehouse,
  page,
}) => {
  const { ana } = await account()
  await signIn(page, ana)
  await isIn(page, 'Control Panel')
  for (const name of ['host', 'x-forwarded-host']) {
    const headers = { [name]: 'evil.example' }
    const answer = await send(`${gatehouse.url}/control-panel`, { headers })
    expect(answer.status).toBe(307)
    expect(new URL(String(answer.headers.location), gatehouse.url).host).toBe(new URL(gatehouse.url).host)
  }
})
