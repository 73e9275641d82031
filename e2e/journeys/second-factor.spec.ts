import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { codeOf, giveCode, keyOn, proveAgain, signInHalfway } from '../fixtures/factors'
import { send } from '../fixtures/http'
import { isIn, isRefused, signIn, signOut, trySignIn } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE, SIGN_IN_LOG } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const OWN = '/agent-console/second-factor'
const WRONG = "That didn't work. Wait for the next code, or start again."

test('an agent sets up an authenticator app, and from then on signs in with it', async ({
  account,
  page,
  gatehouse,
  mailbox,
}) => {
  const { lena } = await account({ agents: 1 })
  await signIn(page, lena, '/agent-console')
  await page.getByRole('link', { name: 'Set up second factor' }).click()
  await expect(page.getByRole('heading', { name: 'Second factor', level: 1 })).toBeVisible()
  await expect(page).toHaveTitle('Second factor · Agent Console · Gatehouse')
  await isAccessible(page)
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await isAccessible(page)
  await proveAgain(page, 'something else', 'Set up')
  const dialog = page.getByRole('dialog', { name: 'Enter your password again' })
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(
    'This is not your password.',
  )
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toBeFocused()
  await proveAgain(page, lena.password, 'Set up')
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  const secret = await keyOn(page)
  await isAccessible(page)
  const first = page.getByRole('textbox', { name: 'Code that the app shows' })
  await first.fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(first).toHaveAccessibleDescription(/This is not the code that the app shows now/)
  expect(await keyOn(page)).toBe(secret)
  await first.fill(codeOf(secret))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  await expect(page.getByText('10 of 10 left.')).toBeVisible()
  await isAccessible(page)
  const recovery = await codes.allTextContents()
  expect((await mailbox.latest(lena.email, /second factor was added/)).text).toContain(OFFICE)
  await page.reload()
  await expect(page.getByText('Save your recovery codes now')).toBeHidden()

  await signOut(page)
  await gatehouse.seed.passForFactor(lena.id)
  await signInHalfway(page, lena, '/agent-console')
  await isAccessible(page)
  await giveCode(page, '000000')
  await expect(page.getByRole('alert').filter({ hasText: WRONG })).toBeFocused()
  const code = codeOf(secret)
  await giveCode(page, code)
  await isIn(page, 'Agent Console')
  await signOut(page)
  await signInHalfway(page, lena)
  await giveCode(page, code)
  await expect(page.getByRole('alert').filter({ hasText: WRONG })).toBeVisible()
  await giveCode(page, recovery[0] ?? '')
  await isIn(page, 'Agent Console')
  await page.goto(OWN)
  await expect(page.getByText('9 of 10 left.')).toBeVisible()
  await page.getByRole('button', { name: 'Make new codes' }).click()
  await proveAgain(page, lena.password, 'Make new codes')
  await says(page, 'These are your new codes.')
  await page.getByRole('button', { name: 'Remove authenticator app' }).click()
  await proveAgain(page, lena.password, 'Remove authenticator app')
  await expect(page.getByText('Not set up.')).toBeVisible()
  await expect(page.getByText('The authenticator app was removed')).toBeVisible()
  await expect(page.getByRole('main')).toBeFocused()
  expect((await mailbox.latest(lena.email, /second factor was removed/)).text).toContain('Authenticator app')
  await signOut(page)
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
})

test('the second step works without JavaScript, and so does setting it up', async ({ account, from }) => {
  const { lena } = await account({ agents: 1 })
  const page = await from('192.0.2.21', { javaScriptEnabled: false })
  await signIn(page, lena, OWN)
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await page.getByRole('textbox', { name: 'Password' }).fill(lena.password)
  await page.getByRole('button', { name: 'Set up', exact: true }).click()
  const secret = await keyOn(page)
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  expect(await keyOn(page)).toBe(secret)
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(secret))
  await page.getByRole('button', { name: 'Confirm' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const [recovery = ''] = await codes.allTextContents()

  const other = await from('192.0.2.22', { javaScriptEnabled: false })
  await signInHalfway(other, lena, '/agent-console')
  await giveCode(other, '000000')
  await expect(other.getByText(WRONG)).toBeVisible()
  await giveCode(other, recovery)
  await isIn(other, 'Agent Console')
})

test('the second step works with the keyboard alone', async ({ account, page, gatehouse }) => {
  const { lena } = await account({ agents: 1 })
  const { secret } = await gatehouse.seed.enrolTotp(lena.id)
  await page.goto('/agent-console')
  await page.keyboard.type(lena.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(lena.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused()
  await page.keyboard.type(codeOf(secret))
  await page.keyboard.press('Enter')
  await isIn(page, 'Agent Console')
})

test('the password alone opens nothing, and five tries end it', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana } = await account()
  await gatehouse.seed.enrolTotp(ana.id)
  const thief = await from('192.0.2.23')
  await signInHalfway(thief, ana, ALLOWLIST)
  const cookies = await thief.context().cookies()
  expect(cookies.map(({ name }) => name)).toContain('gatehouse.half')
  expect(cookies.map(({ name }) => name)).not.toContain('gatehouse.session')
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const place of [ALLOWLIST, '/agent-console', '/blocked']) {
    const answer = await send(`${gatehouse.url}${place}`, { headers: { cookie } })
    expect(answer).toMatchObject({ status: 307, headers: { location: /\/sign-in/ } })
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    await giveCode(thief, '000000')
    await expect(thief.getByRole('alert').filter({ hasText: WRONG })).toBeVisible()
    await expect(thief.getByRole('textbox', { name: 'Code' })).toHaveValue('')
  }
  await thief.reload()
  await expect(thief.getByRole('heading', { name: 'Start again' })).toBeVisible()
  await isAccessible(thief)
  expect(await gatehouse.seed.sessionsOf(ana.id)).toEqual([])
  const told = await mailbox.latest(ana.email, /without your second factor/)
  expect(told.text).toContain('192.0.2.23')
  expect(await gatehouse.seed.signInsOf(id)).toContainEqual(
    expect.objectContaining({ because: 'second-factor-tries-spent', address: '192.0.2.23' }),
  )
  await trySignIn(thief, ana)
  await expect(thief.getByText('Too many attempts. Try again in 1 minute.')).toBeVisible()
})

test('a password that no second factor follows is in the Sign-in Log, and says that it was right', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1 })
  await gatehouse.seed.enrolTotp(lena.id)
  await signInHalfway(await from('192.0.2.24'), lena)
  await gatehouse.seed.passForHalf(lena.id)
  await expect
    .poll(() => gatehouse.seed.signInsOf(id))
    .toMatchObject([{ because: 'second-factor-not-given', address: '192.0.2.24' }])
  const page = await from(OFFICE)
  await signIn(page, ana, SIGN_IN_LOG)
  const row = page.getByRole('row').filter({ hasText: lena.name })
  await expect(row).toContainText('Second factor not given')
  await expect(row).toContainText('The password was right')
  await row.getByRole('link', { name: 'Why?' }).click()
  await expect(page.getByText('nobody gave the second factor that was asked for')).toBeVisible()
  await isAccessible(page)
})

test('the allowlist is asked after the second factor, and a link is mailed only then', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const { secret } = await gatehouse.seed.enrolTotp(ana.id)
  const page = await from(HOTEL)
  await signInHalfway(page, ana)
  expect(await gatehouse.seed.signInsOf(id)).toEqual([])
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).not.toContain('gatehouse.pending')
  await page.goto('/blocked')
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goto('/sign-in/second-factor')
  await giveCode(page, codeOf(secret))
  await isRefused(page, HOTEL)
  expect(await gatehouse.seed.signInsOf(id)).toMatchObject([{ outcome: 'refused', address: HOTEL }])
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  const { link } = await mailbox.latest(ana.email, /^Authorize /)
  const tab = await page.context().newPage()
  await tab.goto(link ?? '')
  await tab.getByRole('button', { name: 'Authorize IP' }).click()
  await tab.getByRole('link', { name: 'Continue' }).click()
  await tab.getByRole('button', { name: 'Continue' }).click()
  await isIn(tab, 'Control Panel')
})

test('a session that the list refuses proves password and second factor before a link', async ({
  account,
  from,
  gatehouse,
}) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true, checkEveryRequest: true })
  const { secret } = await gatehouse.seed.enrolTotp(ana.id)
  const page = await from(OFFICE)
  await signInHalfway(page, ana, ALLOWLIST)
  await giveCode(page, codeOf(secret))
  await isIn(page, 'IP Allowlist')
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': HOTEL })
  await page.goto(ALLOWLIST)
  await isRefused(page, HOTEL)
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await expect(page.getByRole('heading', { name: 'Second factor', level: 1 })).toBeVisible()
  expect(await gatehouse.seed.linksOf(ana.id)).toEqual([])
  await gatehouse.seed.passForFactor(ana.id)
  await giveCode(page, codeOf(secret))
  await isRefused(page, HOTEL)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await expect.poll(async () => (await gatehouse.seed.linksOf(ana.id)).length).toBe(1)
})

test('an admin who needs a second factor enrols it before anything else, and only where the list lets them in', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  await gatehouse.seed.requireFactors(id)
  const away = await from(HOTEL)
  await signIn(away, ana)
  await isRefused(away, HOTEL)
  await away.goto(OWN)
  await isRefused(away, HOTEL)

  const wanted = `${ALLOWLIST}?tab=advanced`
  const page = await from(OFFICE)
  await signIn(page, ana, wanted)
  await expect(page.getByText('Set up a second factor to go on')).toBeVisible()
  await expect(page).toHaveURL(`${OWN}?to=${encodeURIComponent(wanted)}`)
  await isAccessible(page)
  const tab = await page.context().newPage()
  for (const place of ['/agent-console', ALLOWLIST]) {
    await tab.goto(place)
    await expect(tab).toHaveURL(`${OWN}?to=${encodeURIComponent(place)}`)
  }
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await proveAgain(page, ana.password, 'Set up')
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(await keyOn(page)))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('You have a second factor now')).toBeVisible()
  await expect(page.getByText('Save your recovery codes now')).toBeVisible()
  await expect(page.getByText('Required by your account')).toBeVisible()
  await isAccessible(page)
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page).toHaveURL(wanted)
  await isIn(page, 'IP Allowlist')
})

test('setting up a second factor first leads home when one was going nowhere', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account()
  await gatehouse.seed.requireFactors(id)
  await signIn(page, ana)
  await expect(page).toHaveURL(`${OWN}?to=${encodeURIComponent('/control-panel')}`)
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await proveAgain(page, ana.password, 'Set up')
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(await keyOn(page)))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Save your recovery codes now')).toBeVisible()
  await page.getByRole('link', { name: 'Continue' }).click()
  await isIn(page, 'Control Panel')
})
