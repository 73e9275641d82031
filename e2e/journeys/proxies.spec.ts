import { type Gatehouse, startGatehouse } from '../fixtures/gatehouse'
import { send } from '../fixtures/http'
import { isIn, signIn } from '../fixtures/people'
import { ALLOWLIST, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { DROPPED, FORGED } from '../proxies/forged'
import { type Front, freePort, startProxy } from '../proxies/proxy'
import { STRANGER, seen } from '../proxies/seen'
import {
  configurationsOnPage,
  PROGRAMS,
  type Program,
  ROLES,
  type Role,
  testedSnippets,
} from '../proxies/snippets'
import type { Account } from '../seeder/account'

/** A client: every address but 127.0.0.1, from which the proxies themselves call. */
const CLIENT = '127.0.0.9'
const CLIENT_V6 = '::1'
/** Calls as a proxy would, so that its word counts. */
const OUTER = '127.0.0.1'

test.describe.configure({ mode: 'default' })

const open: Front[] = []
let gatehouse: Gatehouse
let stranger: Account

/** A browser is served at the one port that APP_URL names, by one proxy after the other. */
let publicPort: number

test.beforeAll(async () => {
  publicPort = await freePort()
  const APP_URL = `https://localhost:${publicPort}`
  gatehouse = await startGatehouse({ APP_URL, TRUSTED_PROXIES: OUTER })
  stranger = await gatehouse.seed.makeAccount(STRANGER)
})

test.afterEach(async () => {
  await stopProxies()
  expect(gatehouse.log.takeSurprises()).toEqual([])
})

test.afterAll(async () => {
  await gatehouse?.stop()
})

test('every configuration on the page is tested here', () => {
  const all = ROLES.flatMap((role) => PROGRAMS.map((program) => `${program} ${role}`))
  expect(testedSnippets()).toEqual(all)
  expect(configurationsOnPage()).toBe(all.length)
})

for (const program of PROGRAMS) {
  test(`${program} alone: who connects to it is the client, whatever they send`, async () => {
    for (const role of ['edge', 'inner'] as const) {
      const proxy = await run(program, role)
      expect(await seen(proxy, stranger, CLIENT)).toBe(CLIENT)
      expect(await seen(proxy, stranger, CLIENT_V6)).toBe(CLIENT_V6)
      for (const headers of FORGED) {
        expect(await seen(proxy, stranger, CLIENT, headers), JSON.stringify({ role, headers })).toBe(CLIENT)
      }
      const lines = { 'x-forwarded-for': [OFFICE, CLIENT] }
      expect(await seen(proxy, stranger, CLIENT_V6, lines)).toBe(CLIENT_V6)
    }
  })

  test(`${program} behind another proxy: its word is passed on, and of that the last hop counts`, async () => {
    const inner = await run(program, 'inner')
    const outerSends = (...lines: string[]) => seen(inner, stranger, OUTER, { 'x-forwarded-for': lines })
    expect(await outerSends(OFFICE)).toBe(OFFICE)
    expect(await outerSends('203.0.113.66', OFFICE)).toBe(OFFICE)
    expect(await outerSends(`${OFFICE}, 203.0.113.66`)).toBe('203.0.113.66')
    expect(await outerSends(`203.0.113.66, ${OFFICE}:4711`, '127.0.0.1')).toBe(OFFICE)
    expect(await outerSends('2001:DB8:0::1')).toBe('2001:db8::1')
    expect(await outerSends('[2001:db8::1]:443')).toBe('2001:db8::1')
    expect(await outerSends('::ffff:198.51.100.7')).toBe(OFFICE)
    for (const malformed of ['unknown', `${OFFICE}, garbage`, '198.51.100.007', 'fe80::1%eth0', OUTER])
      expect(await outerSends(malformed), malformed).toBeNull()
    for (const first of PROGRAMS) {
      const outer = await run(first, 'edge', inner.address)
      expect(await seen(outer, stranger, CLIENT), first).toBe(CLIENT)
      expect(await seen(outer, stranger, CLIENT_V6), first).toBe(CLIENT_V6)
      for (const headers of FORGED) {
        expect(await seen(outer, stranger, CLIENT, headers), JSON.stringify({ first, headers })).toBe(CLIENT)
      }
    }
  })

  test(`${program} ends TLS for a browser, which signs in and saves a form`, async ({ from }) => {
    await run(program, 'edge', undefined, publicPort)
    const { id, ana } = await gatehouse.seed.makeAccount({})
    const url = `https://localhost:${publicPort}`
    const page = await from(null, { at: { url }, ignoreHTTPSErrors: true })
    await signIn(page, ana, ALLOWLIST)
    await isIn(page, 'IP Allowlist')
    await expect(page.getByText("There seems to be a proxy that Gatehouse doesn't know")).toHaveCount(0)
    await page.getByRole('button', { name: 'Add my current IP' }).click()
    await expect(page.getByRole('rowheader', { name: CLIENT_V6, exact: true })).toBeVisible()

    const answer = await page.reload()
    expect(answer?.headers()['strict-transport-security']).toContain('max-age=31536000')
    const session = (await page.context().cookies()).find(({ name }) => name.includes('session'))
    expect(session).toMatchObject({ name: '__Host-gatehouse.session', secure: true, httpOnly: true })
    expect(await gatehouse.seed.signInsOf(id)).toMatchObject([{ address: CLIENT_V6 }])
    await page.context().close()
  })
}

test('a proxy that is not trusted is itself the client, and the page warns of it', async ({
  from,
  special,
}) => {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const at = await special({ APP_URL: url })
  const refused = await at.seed.makeAccount(STRANGER)
  const { ana } = await at.seed.makeAccount({})
  for (const program of PROGRAMS) {
    const proxy = await startProxy(program, 'inner', hostOf(at), port)
    open.push(proxy)
    for (const headers of [{}, DROPPED, { 'x-forwarded-for': OFFICE }])
      expect(await seen(proxy, refused, CLIENT, headers)).toBe(OUTER)
    const page = await from(null, { at: { url } })
    await signIn(page, ana, ALLOWLIST)
    await expect(page.getByText("There seems to be a proxy that Gatehouse doesn't know")).toBeVisible()
    await expect(page.getByText(`TRUSTED_PROXIES=${OUTER}`).first()).toBeVisible()
    await page.context().close()
    await stopProxies()
  }
})

for (const header of ['x-real-ip', 'forwarded'])
  test(`another header is read as each proxy writes it: ${header}`, async ({ special }) => {
    const at = await special({ TRUSTED_PROXIES: OUTER, CLIENT_IP_HEADER: header })
    const refused = await at.seed.makeAccount(STRANGER)
    const word = (address: string) => ({ [header]: header === 'forwarded' ? `for=${address}` : address })
    for (const program of PROGRAMS) {
      const inner = await startProxy(program, 'inner', hostOf(at))
      open.push(inner)
      for (const first of [
        await run(program, 'other-header', hostOf(at)),
        await run(program, 'other-header', inner.address),
      ]) {
        expect(await seen(first, refused, CLIENT), program).toBe(CLIENT)
        expect(await seen(first, refused, CLIENT_V6), program).toBe(CLIENT_V6)
        for (const headers of [word(OFFICE), word('unknown'), DROPPED])
          expect(await seen(first, refused, CLIENT, headers), JSON.stringify({ program, headers })).toBe(
            CLIENT,
          )
      }
      // What the page warns of: a header that the proxy does not write, but passes on.
      expect(await seen(inner, refused, CLIENT, word(OFFICE))).toBe(OFFICE)
      expect(await seen(inner, refused, CLIENT)).toBe(OUTER)
      await stopProxies()
    }
  })

test('health is answered past the allowlist, with any Host', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const headers = { host: 'check.internal', 'x-forwarded-for': 'unknown' }
    expect((await send(`http://${hostOf(gatehouse)}${path}`, { headers })).status).toBe(200)
  }
})

async function run(program: Program, role: Role, to = hostOf(gatehouse), port?: number): Promise<Front> {
  const proxy = await startProxy(program, role, to, port)
  open.push(proxy)
  return proxy
}

async function stopProxies(): Promise<void> {
  await Promise.all(open.splice(0).map((proxy) => proxy.stop()))
}

/** Where the server itself listens; its `url` may be a proxy's. */
function hostOf({ port }: Gatehouse): string {
  return `127.0.0.1:${port}`
}
