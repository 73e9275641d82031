import { isAccessible } from '../fixtures/accessibility'
import { formOf, post, send } from '../fixtures/http'
import { isIn, isRefused, signIn, signOut, trySignIn } from '../fixtures/people'
import { ADVANCED, ALLOWLIST, HOTEL } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const WRONG = 'Email or password is incorrect.'

test('a wrong password, an unknown e-mail and a disabled agent get the same answer', async ({
  account,
  from,
  gatehouse,
}) => {
  const { ana, lena } = await account({ agents: 1 })
  await gatehouse.seed.setAgent(lena.id, { enabled: false })
  const page = await from('192.0.2.10')
  for (const person of [
    { ...ana, password: 'something else' },
    { ...ana, email: 'nobody@example.com' },
    lena,
  ]) {
    await trySignIn(page, person)
    await expect(page.getByRole('alert').filter({ hasText: WRONG })).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(person.email)
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('')
  }
  await isAccessible(page)
})

test('a stranger is sent to sign-in and back to the page they wanted', async ({ account, page }) => {
  const { ana } = await account()
  await page.goto(ADVANCED)
  await expect(page).toHaveURL(/\/sign-in\?to=/)
  await isAccessible(page)
  await signIn(page, ana, ADVANCED)
  await expect(page).toHaveURL(ADVANCED)
  await expect(page.getByRole('tab', { name: 'Advanced' })).toHaveAttribute('aria-selected', 'true')
})

test('a return address never leads to another site', async ({ account, page }) => {
  const { ana } = await account()
  await signIn(page, ana, `/sign-in?to=${encodeURIComponent('//evil.example/control-panel')}`)
  await isIn(page, 'Control Panel')
})

test('people land where they belong', async ({ account, from }) => {
  const { lena, sam } = await account({ agents: [{}, { managesAgents: true }] })
  const page = await from('192.0.2.11')
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  const manager = await from('192.0.2.12')
  await signIn(manager, sam)
  await isIn(manager, 'Control Panel')
  await isAccessible(manager)
})

test('sign-in works without JavaScript', async ({ account, from }) => {
  const { ana } = await account()
  const page = await from('192.0.2.13', { javaScriptEnabled: false })
  await trySignIn(page, { ...ana, password: 'something else' })
  await expect(page.getByText(WRONG)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(ana.email)
  await trySignIn(page, ana, ALLOWLIST)
  await isIn(page, 'IP Allowlist')
})

test('after five wrong passwords one has to wait, and the owner elsewhere has not', async ({
  account,
  from,
}) => {
  const { ana } = await account()
  const thief = await from('192.0.2.14')
  for (let attempt = 1; attempt <= 5; attempt++) {
    await trySignIn(thief, { ...ana, password: `guess ${attempt}` })
    await expect(thief.getByRole('alert').filter({ hasText: /incorrect|Too many/ })).toBeVisible()
  }
  await trySignIn(thief, ana)
  await expect(thief.getByText('Too many attempts. Try again in 1 minute.')).toBeVisible()
  const owner = await from(HOTEL)
  await signIn(owner, ana)
  await isIn(owner, 'Control Panel')
})

test('signing out ends the session, also for a copy of its cookie', async ({ account, page, gatehouse }) => {
  const { ana } = await account()
  await signIn(page, ana)
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const visit = () => send(`${gatehouse.url}/control-panel`, { headers: { cookie } })
  expect((await visit()).status).toBe(200)
  await signOut(page)
  expect(await gatehouse.seed.sessionsOf(ana.id)).toMatchObject([{ endedBecause: 'signed-out' }])
  expect(await visit()).toMatchObject({ status: 307, headers: { location: /\/sign-in/ } })
  await page.goto('/control-panel')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a form that another site sends is refused', async ({ account, from, gatehouse }) => {
  const { ana } = await account()
  const page = await from('192.0.2.15', { javaScriptEnabled: false })
  await page.goto('/sign-in')
  const form = await formOf(page.getByRole('button', { name: 'Sign in' }))
  const fields = { email: ana.email, password: ana.password }
  for (const origin of ['https://evil.example', 'null', '', undefined]) {
    const answer = await post(form, { fields, headers: { origin } })
    expect(answer.headers['set-cookie'] ?? [], `Origin: ${origin}`).toEqual([])
    expect(answer.status).toBe(origin === undefined ? 200 : 403)
  }
  expect(await gatehouse.seed.sessionsOf(ana.id)).toEqual([])
  expect((await post(form, { fields })).status).toBe(303)
})

test('a forged call that brings no form is answered, and does nothing', async ({ page, gatehouse }) => {
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email' }).fill('nobody@example.com')
  const sent = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Sign in' }).click()
  const { 'content-length': _, ...headers } = await (await sent).allHeaders()
  for (const body of ['[]', '[null,"x"]', '["$undefined",{"email":"a"}]']) {
    const answer = await send(`${gatehouse.url}/sign-in`, {
      ...{ method: 'POST', body },
      headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8', 'accept-encoding': 'identity' },
    })
    expect(answer, body).toMatchObject({ status: 200, text: expect.stringContaining('"status":"invalid"') })
  }
})

test('“Try again” of one person never goes on with the session of another in the same browser', async ({
  account,
  from,
  gatehouse,
}) => {
  const { ana } = await account()
  const other = await account({ agents: 1, ranges: ['192.0.2.0/24 Office'], allowlistEnabled: true })
  const page = await from(HOTEL)
  const tab = await page.context().newPage()
  await tab.goto('/sign-in')
  await signIn(page, ana)
  await isIn(page, 'Control Panel')
  await tab.getByRole('textbox', { name: 'Email' }).fill(other.lena.email)
  await tab.getByRole('textbox', { name: 'Password' }).fill(other.lena.password)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await isRefused(tab, HOTEL)
  await tab.getByRole('button', { name: 'Try again' }).click()
  await expect(tab.getByRole('status').filter({ hasText: 'Still not allowed' })).toBeVisible()
  await gatehouse.seed.setSwitches(other.id, { allowlistEnabled: false })
  await tab.getByRole('button', { name: 'Try again' }).click()
  await expect(tab.getByRole('button', { name: 'Your menu, Lena Fischer' })).toBeVisible()
  expect(await gatehouse.seed.sessionsOf(other.lena.id)).toMatchObject([{ endedAt: null }])
})

test('every page is sent with the security headers', async ({ gatehouse }) => {
  const { status, headers } = await send(`${gatehouse.url}/sign-in`)
  expect(status).toBe(200)
  const secured = {
    'content-security-policy': expect.stringMatching(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cache-control': expect.stringContaining('no-store'),
  }
  expect(headers).toMatchObject(secured)
  // Pages that look like files or like what answers programs are pages all the same.
  for (const path of ['/nowhere', '/x.png', '/authorize-ip/x.txt', '/healthzz', '/favicon.ico'])
    expect(await send(gatehouse.url + path), path).toMatchObject({ status: 404, headers: secured })
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-powered-by']).toBeUndefined()
  const nonce = (policy = '') => /nonce-([^']+)/.exec(policy)?.[1]
  const again = await send(`${gatehouse.url}/sign-in`)
  expect(nonce(again.headers['content-security-policy'] as string)).not.toBe(
    nonce(headers['content-security-policy'] as string),
  )
})

test('an address that leads nowhere says so', async ({ page }) => {
  expect((await page.goto('/nowhere'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await isAccessible(page)
})
