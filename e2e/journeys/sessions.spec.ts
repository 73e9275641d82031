import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { formOf, post, send } from '../fixtures/http'
import { isIn, signIn, trySignIn } from '../fixtures/people'
import { AGENTS, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { isTold } from '../fixtures/way-back'

test('a sign-in on a new device is told by mail, one on a known device is not', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, lena } = await account({ agents: 1 })
  const page = await from(OFFICE)
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  await mailbox.none(lena.email, id)

  const laptop = await from(HOTEL, { device: 'Firefox on Windows' })
  await signIn(laptop, lena)
  const { subject, text, link } = await mailbox.latest(lena.email)
  expect(subject).toBe('New sign-in: Firefox on Windows')
  expect(text).toContain(`IP address: ${HOTEL}`)
  expect(link).toBe(`${gatehouse.url}/agent-console`)

  for (const browser of [page, laptop]) {
    await browser.getByRole('button', { name: /^Your menu/ }).click()
    await browser.getByRole('button', { name: 'Sign out' }).click()
    await signIn(browser, lena)
    await isIn(browser, 'Agent Console')
  }
  expect((await gatehouse.seed.outboxOf(id)).map(({ kind }) => kind)).toEqual(['new-device'])
})

test('signing in anew in a browser ends the session that it had', async ({ account, page, gatehouse }) => {
  const { lena } = await account({ agents: 1 })
  const tab = await page.context().newPage()
  await tab.goto('/sign-in')
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  const before = await page.context().cookies()
  await tab.getByRole('textbox', { name: 'Email' }).fill(lena.email)
  await tab.getByRole('textbox', { name: 'Password' }).fill(lena.password)
  await tab.getByRole('button', { name: 'Sign in' }).click()
  await isIn(tab, 'Agent Console')
  expect(await gatehouse.seed.sessionsOf(lena.id)).toMatchObject([
    { endedBecause: 'replaced' },
    { endedBecause: null },
  ])
  // The cookie from before is good for nothing, wherever it is.
  const cookie = before.map(({ name, value }) => `${name}=${value}`).join('; ')
  const old = await send(`${gatehouse.url}/agent-console`, { headers: { cookie } })
  expect(old).toMatchObject({ status: 307, headers: { location: expect.stringMatching(/\/sign-in/) } })
})

test('on https each cookie is bound to its host, and scripts never see one', async ({ special, from }) => {
  const https = 'https://gatehouse.example.com'
  const at = await special({ APP_URL: https })
  const { ana } = await at.seed.makeAccount({})
  const page = await from(null, {
    at: { url: `http://127.0.0.1:${at.port}` },
    javaScriptEnabled: false,
    bypassCSP: true,
  })
  await page.goto('/sign-in')
  const form = await formOf(page.getByRole('button', { name: 'Sign in' }))
  const answer = await post(form, {
    fields: { email: ana.email, password: ana.password },
    headers: { origin: https },
  })
  expect(answer.status).toBe(303)
  const kept = (answer.headers['set-cookie'] ?? []).filter((cookie) => !/Max-Age=0/i.test(cookie))
  expect(kept.map((cookie) => cookie.split('=')[0]).sort()).toEqual([
    '__Host-gatehouse.device',
    '__Host-gatehouse.session',
  ])
  for (const cookie of kept) {
    for (const attribute of [/; HttpOnly/i, /; SameSite=lax/i, /; Secure/i, /; Path=\/(;|$)/i])
      expect(cookie).toMatch(attribute)
    expect(cookie).not.toMatch(/; Domain=/i)
  }
})

test('on http the cookies have the same names without the prefix', async ({ account, page }) => {
  const { ana } = await account()
  await trySignIn(page, ana)
  await isIn(page, 'Control Panel')
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual(['gatehouse.device', 'gatehouse.session'])
  for (const cookie of cookies)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' })
})

test('who manages agents ends the sessions of somebody one by one, then all', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { ana, lena } = await account({ agents: 1 })
  const laptop = await from(HOTEL, { device: 'Firefox on Windows' })
  const phone = await from('192.0.2.80', { device: 'Safari on iPhone' })
  for (const browser of [laptop, phone]) {
    await signIn(browser, lena)
    await isIn(browser, 'Agent Console')
  }
  await signIn(page, ana, AGENTS)
  // With the keyboard alone.
  await page.getByRole('button', { name: `More actions for ${lena.name}` }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: `New temporary password ${lena.name}` })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await isTold(page, `Sessions of ${lena.name}`)
  await isAccessible(page)
  await page.getByRole('button', { name: `End session: Firefox on Windows, ${HOTEL}` }).focus()
  await page.keyboard.press('Enter')
  await says(page, 'The session was ended.')
  await laptop.goto('/agent-console')
  await expect(laptop).toHaveURL(/\/sign-in/)
  await phone.goto('/agent-console')
  await isIn(phone, 'Agent Console')
  await signIn(laptop, lena)
  await page.reload()
  await page.getByRole('button', { name: 'End all sessions' }).click()
  await says(page, 'Ended: 2 sessions.')
  await expect(page.getByText(`${lena.name} is not signed in anywhere`)).toBeVisible()
  await isAccessible(page)
  const ended = (await gatehouse.seed.sessionsOf(lena.id)).map(({ endedBecause }) => endedBecause)
  expect(ended).toEqual(['ended-by-admin', 'ended-by-admin', 'ended-by-admin'])
})
