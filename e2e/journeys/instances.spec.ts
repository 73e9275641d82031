import { openAllowlist, says } from '../fixtures/allowlist-screen'
import { databasesOf } from '../fixtures/databases'
import { type Gatehouse, startGatehouse } from '../fixtures/gatehouse'
import { callMobile, formOf, post, send } from '../fixtures/http'
import { type MailServer, startMailServer } from '../fixtures/mail-server'
import { isIn, isRefused, signIn, signOut } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'
import { askForLink, codeOn } from '../fixtures/way-back'
import { type Front, freePort } from '../proxies/proxy'
import { startBalancer } from '../proxies/several'

/** Two instances on one PostgreSQL, with nginx in front that asks them in turn. */
test.describe.configure({ mode: 'default' })

const LISTED = { ranges: [OFFICE], allowlistEnabled: true }
const databases = databasesOf('postgresql')
let mail: MailServer
let one: Gatehouse
let two: Gatehouse
let balancer: Front
let at: { url: string }

test.beforeAll(async () => {
  const port = await freePort()
  at = { url: `http://localhost:${port}` }
  mail = await startMailServer()
  const shared = { ...BEHIND_PROXY, APP_URL: at.url, SMTP_URL: mail.url, ...(await databases.another()) }
  // Both begin on an empty database, and one of them lays it out.
  ;[one, two] = await Promise.all([startGatehouse(shared), startGatehouse(shared)])
  balancer = await startBalancer([`127.0.0.1:${one.port}`, `127.0.0.1:${two.port}`], port)
})

test.afterEach(() => {
  expect([one, two].flatMap(({ log }) => log.takeSurprises())).toEqual([])
})

test.afterAll(async () => {
  await balancer?.stop()
  await Promise.all([one?.stop(), two?.stop(), mail?.stop()])
  await databases.stop()
})

test('an admin works over both instances and notices nothing, also when one of them dies', async ({
  from,
  expectTrouble,
}) => {
  const { id, ana, lena } = await one.seed.makeAccount({ agents: 1 })
  const page = await from(OFFICE, { at })
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Add my current IP' }).click()
  await expect(page.getByRole('rowheader', { name: OFFICE, exact: true })).toBeVisible()
  await page.getByRole('switch', { name: 'IP Allowlist', exact: true }).click()
  await says(page, 'The IP Allowlist is on.')
  expect(await one.seed.rangesOf(id)).toEqual(await two.seed.rangesOf(id))

  const phone = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const signedIn = await callMobile(one, 'sign-in', { json: phone, ip: HOTEL })
  expect(signedIn.status).toBe(200)
  const { accessToken: token, refreshToken } = signedIn.json
  expect((await callMobile(two, 'me', { token, ip: HOTEL })).status).toBe(200)
  expect((await callMobile(two, 'refresh', { json: { refreshToken }, ip: HOTEL })).status).toBe(200)

  expectTrouble(/ERR_EMPTY_RESPONSE|ERR_CONNECTION|status 502/)
  await one.end('SIGKILL')
  for (let visit = 0; visit < 4; visit++) {
    await page.goto('/agent-console')
    await isIn(page, 'Agent Console')
  }
  await one.startAgain()
  const cookie = await cookieOf(page)
  expect(await statusOn(one, cookie)).toBe(200)
  await signOut(page)
  for (const instance of [one, two]) expect(await statusOn(instance, cookie)).toBe(307)
})

test('what is changed on one instance holds on the other within a second', async ({ from }) => {
  const { id, ana, lena } = await one.seed.makeAccount({
    ...{ agents: 1, ...LISTED, mobileEnforced: true, checkEveryRequest: true },
  })
  const page = await from(OFFICE, { at })
  await signIn(page, lena)
  const cookie = await cookieOf(page)
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const mayEnter = async (instance: Gatehouse) =>
    (await callMobile(instance, 'sign-in', { json, ip: OFFICE })).status === 200
  for (const instance of [one, two]) {
    expect(await statusOn(instance, cookie)).toBe(200)
    expect(await mayEnter(instance)).toBe(true)
  }
  const desk = await from(OFFICE, { at: { url: at.url } })
  await openAllowlist(desk, ana)

  await two.cli('allowlist', 'remove', OFFICE, '--account', id)
  await two.cli('allowlist', 'add', '192.0.2.0/24', '--account', id)
  for (const instance of [one, two]) {
    await expect.poll(() => mayEnter(instance), { timeout: 1_000, intervals: [50] }).toBe(false)
    expect(await statusOn(instance, cookie)).not.toBe(200)
  }
  await page.goto('/agent-console')
  await isRefused(page, OFFICE)

  await one.cli('allowlist', 'off', '--account', id)
  for (const instance of [one, two])
    await expect.poll(() => statusOn(instance, cookie), { timeout: 1_000, intervals: [50] }).toBe(200)
  await desk.reload()
  await isIn(desk, 'IP Allowlist')
  await two.seed.setAgent(lena.id, { enabled: false })
  for (const instance of [one, two])
    await expect.poll(() => statusOn(instance, cookie), { timeout: 1_000, intervals: [50] }).toBe(307)
})

test('wrong passwords are counted together', async () => {
  const { ana } = await one.seed.makeAccount({})
  const attempt = (instance: Gatehouse, password: string) =>
    callMobile(instance, 'sign-in', { json: { email: ana.email, password, device: 'x' }, ip: HOTEL })
  for (const [index, instance] of [one, two, one, two, one].entries())
    expect((await attempt(instance, `wrong ${index}`)).status).toBe(401)
  for (const instance of [two, one]) expect((await attempt(instance, ana.password)).status).toBe(429)
})

test('a link asked for on one and used on both at once adds one range, and one mail has gone', async ({
  from,
}) => {
  const { id, ana } = await one.seed.makeAccount(LISTED)
  const page = await from(HOTEL, { at, javaScriptEnabled: false })
  const link = await askForLink(page, ana, mail)
  await page.reload()
  const code = await codeOn(page)
  const other = await from(OFFICE, { at, javaScriptEnabled: false })
  await other.goto(link)
  await other.getByRole('textbox', { name: 'Six-digit code' }).fill(code)
  const form = await formOf(other.getByRole('button', { name: 'Authorize IP' }))
  const path = new URL(form.url).pathname
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const { port } = index % 2 ? one : two
      return post({ ...form, url: `http://127.0.0.1:${port}${path}` }, { headers: { origin: at.url } })
    }),
  )
  const saying = (words: string) => answers.filter(({ text }) => text.includes(words)).length
  expect(saying('is now on the allowlist')).toBe(1)
  expect(saying('This link was used already')).toBe(19)
  expect((await two.seed.rangesOf(id)).filter(({ text }) => text === HOTEL)).toHaveLength(1)
  expect(mail.to(ana.email).filter(({ subject }) => subject.startsWith('Authorize '))).toHaveLength(1)
})

async function cookieOf(page: { context(): { cookies(): Promise<{ name: string; value: string }[]> } }) {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** How an instance answers the owner of that cookie, past nginx. */
async function statusOn({ port }: Gatehouse, cookie: string): Promise<number> {
  const headers = { cookie, 'x-forwarded-for': OFFICE }
  return (await send(`http://127.0.0.1:${port}/agent-console`, { headers })).status
}
