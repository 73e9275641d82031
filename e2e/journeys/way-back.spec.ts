import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { rowOf, says } from '../fixtures/allowlist-screen'
import { signInByKeyboard, tabTo } from '../fixtures/keyboard'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { askForLink, codeOn, isTold } from '../fixtures/way-back'

const LISTED = { ranges: [OFFICE], allowlistEnabled: true }
const MINUTE_MS = 60_000

test('an admin from elsewhere authorizes the address by e-mail and gets in', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL, { device: 'Firefox on Windows' })
  await signIn(page, ana, ALLOWLIST)
  await isRefused(page, HOTEL)
  await isAccessible(page)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await says(page, /We sent an authorization link to a•••@example\.com\. It expires in 10 minutes\./)
  await isAccessible(page)
  const mail = await mailbox.latest(ana.email, /^Authorize /)
  for (const said of [HOTEL, 'Firefox on Windows', `${gatehouse.url}/authorize-ip/`])
    expect(mail.text).toContain(said)
  expect(mail.html).toContain(mail.link ?? 'a link')
  expect(`${mail.text} ${mail.html} ${mail.subject}`).not.toContain(await codeOn(page))

  const link = await page.context().newPage()
  await link.goto(mail.link ?? '')
  await isTold(link, 'Authorize this IP address?')
  await expect(link.getByText(`Somebody with your password is at ${HOTEL}, Firefox on Windows`)).toBeVisible()
  await expect(link.getByRole('textbox', { name: 'Six-digit code' })).toHaveCount(0)
  await isAccessible(link)
  await link.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(link.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await isAccessible(link)

  await says(page, 'Your address is allowed now')
  await isAccessible(page)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(ALLOWLIST)
  await expect(rowOf(page, HOTEL)).toContainText('Authorized by e-mail: Ana Silva')
  expect(await gatehouse.seed.rangesOf(id)).toMatchObject([
    { text: OFFICE },
    { text: HOTEL, origin: 'EMAIL', expiresAt: null, enabled: true },
  ])
  expect(await gatehouse.seed.sessionsOf(ana.id)).toMatchObject([{ surface: 'CONTROL_PANEL', endedAt: null }])
})

test('the way back works without JavaScript', async ({ account, from, mailbox, gatehouse }) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL, { javaScriptEnabled: false })
  const link = await askForLink(page, ana, mailbox, HOTEL)
  await page.goto('/blocked')
  const code = await codeOn(page)
  const other = await from('192.0.2.40', { javaScriptEnabled: false })
  await other.goto(link)
  await isTold(other, 'Authorize this IP address?')
  await other.getByRole('textbox', { name: 'Six-digit code' }).fill(code === '000000' ? '111111' : '000000')
  await other.getByRole('button', { name: 'Authorize IP' }).click()
  await isTold(other, 'Authorize this IP address?')
  await other.getByRole('textbox', { name: 'Six-digit code' }).fill(code)
  await other.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(other.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await page.goto('/blocked')
  await page.getByRole('button', { name: 'Continue' }).click()
  await isIn(page, 'Control Panel')
  expect(await gatehouse.seed.rangesOf(id)).toMatchObject([
    { text: OFFICE },
    { text: HOTEL, origin: 'EMAIL' },
  ])
})

test('the way back works with the keyboard alone', async ({ account, from, mailbox }) => {
  const { ana } = await account(LISTED)
  const page = await from(HOTEL)
  await signInByKeyboard(page, ana, ALLOWLIST)
  await isRefused(page, HOTEL)
  const authorize = page.getByRole('button', { name: 'Authorize this IP' })
  await tabTo(page, authorize)
  await page.keyboard.press('Enter')
  await says(page, 'We sent an authorization link')
  const { link } = await mailbox.latest(ana.email, /^Authorize /)
  const tab = await page.context().newPage()
  await tab.goto(link ?? '')
  await isTold(tab, 'Authorize this IP address?')
  await tabTo(tab, tab.getByRole('button', { name: 'Authorize IP' }))
  await tab.keyboard.press('Enter')
  await expect(tab.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await tabTo(tab, tab.getByRole('link', { name: 'Continue' }))
  await tab.keyboard.press('Enter')
  const goOn = tab.getByRole('button', { name: 'Continue' })
  await goOn.waitFor()
  await tabTo(tab, goOn)
  await tab.keyboard.press('Enter')
  await expect(tab).toHaveURL(ALLOWLIST)
})

test('in another browser the link asks for the code on the screen that asked', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const asking = await from(HOTEL)
  const link = await askForLink(asking, ana, mailbox)
  const phone = await from('192.0.2.77', { device: 'Safari on iPhone' })
  await phone.goto(link)
  await expect(phone.getByText('You are at 192.0.2.77.')).toBeVisible()
  await expect(phone.getByText('Enter the code only if it is on your own screen.')).toBeVisible()
  await isAccessible(phone)
  await phone.getByRole('button', { name: 'Authorize IP' }).click()
  const field = phone.getByRole('textbox', { name: 'Six-digit code' })
  await expect(field).toHaveAccessibleDescription(/Enter the six digits/)
  await isAccessible(phone)
  await phone.getByRole('radio', { name: 'For 24 hours' }).check()
  await field.fill(await codeOn(asking))
  await phone.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(phone.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await expect(phone.getByText(/It works until/)).toBeVisible()
  const hotel = (await gatehouse.seed.rangesOf(id)).find(({ text }) => text === HOTEL)
  const hoursLeft = ((hotel?.expiresAt?.getTime() ?? 0) - Date.now()) / (60 * MINUTE_MS)
  expect(hoursLeft).toBeGreaterThan(23.9)
  expect(hoursLeft).toBeLessThanOrEqual(24)
  // The link signs nobody in where it was clicked.
  await phone.goto(ALLOWLIST)
  await expect(phone).toHaveURL(/\/sign-in/)
})

test('five wrong codes kill the link, and the right one then helps no more', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const asking = await from(HOTEL)
  const link = await askForLink(asking, ana, mailbox)
  const code = await codeOn(asking)
  const thief = await from('192.0.2.78')
  await thief.goto(link)
  for (let miss = 1; miss <= 4; miss++) {
    await enterCode(thief, code === '000000' ? '111111' : '000000')
    const field = thief.getByRole('textbox', { name: 'Six-digit code' })
    await expect(field).toHaveValue('')
    await expect(field).toHaveAccessibleDescription(/That is not the code/)
  }
  await enterCode(thief, code === '000000' ? '111111' : '000000')
  await isTold(thief, 'This link no longer works')
  await isAccessible(thief)
  expect((await thief.goto(link))?.status()).toBe(410)
  await isTold(thief, 'This link no longer works')
  await says(asking, 'The link was closed after too many wrong codes.')
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE])
  expect((await gatehouse.seed.auditOf(id)).map(({ action }) => action)).toContain('link.killed')
})

async function enterCode(page: Page, code: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Six-digit code' })
  await field.fill(code)
  await page.getByRole('button', { name: 'Authorize IP' }).click()
}

test('another link can be sent after a minute, and the earlier one stays good', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { ana } = await account(LISTED)
  const page = await from(HOTEL)
  const first = await askForLink(page, ana, mailbox)
  const resend = page.getByRole('button', { name: /^Resend/ })
  await expect(resend).toContainText(/in \d+ s/)
  await expect(resend).toBeDisabled()
  await gatehouse.seed.passForLinks(ana.id, MINUTE_MS)
  await page.reload()
  await expect(resend).toBeEnabled()
  await resend.click()
  await expect.poll(async () => (await gatehouse.seed.linksOf(ana.id)).length).toBe(2)
  await expect.poll(async () => (await mailbox.latest(ana.email, /^Authorize /)).link).not.toBe(first)
  const open = await page.context().newPage()
  await open.goto(first)
  await open.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(open.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
})

test('five links an hour are the most', async ({ account, from, mailbox, gatehouse }) => {
  const { ana } = await account(LISTED)
  const page = await from(HOTEL)
  await askForLink(page, ana, mailbox)
  for (let sent = 2; sent <= 5; sent++) {
    await gatehouse.seed.passForLinks(ana.id, MINUTE_MS)
    await page.reload()
    await page.getByRole('button', { name: /^Resend/ }).click()
    await expect.poll(async () => (await gatehouse.seed.linksOf(ana.id)).length).toBe(sent)
  }
  await gatehouse.seed.passForLinks(ana.id, MINUTE_MS)
  await page.reload()
  await page.getByRole('button', { name: /^Resend/ }).click()
  await says(page, 'Five links an hour is the most.')
  expect(await gatehouse.seed.linksOf(ana.id)).toHaveLength(5)
})

test('“Continue” checks everything anew: a changed password ends the pending sign-in', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL)
  await signIn(page, ana)
  await isRefused(page, HOTEL)
  await gatehouse.cli('agent', 'reset-password', ana.email, '--account', id)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
})

test('once the address is on the list, “Try again” goes on without the password', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, lena } = await account({ ...LISTED, agents: 1 })
  const page = await from(HOTEL)
  await signIn(page, lena)
  await isRefused(page, HOTEL)
  // Lax, since links come out of webmail.
  const cookies = await page.context().cookies()
  expect(cookies).toMatchObject([{ name: 'gatehouse.pending', sameSite: 'Lax', httpOnly: true }])
  await gatehouse.cli('allowlist', 'add', HOTEL, '--account', id)
  await page.getByRole('button', { name: 'Try again' }).click()
  await isIn(page, 'Agent Console')
})

test('a sign-in that was ended in another tab says so, whichever button is pressed', async ({
  account,
  from,
}) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  for (const button of ['Authorize this IP', 'Try again']) {
    const page = await from(HOTEL)
    await signIn(page, ana)
    await isRefused(page, HOTEL)
    const tab = await page.context().newPage()
    await tab.goto('/blocked')
    await tab.getByRole('button', { name: 'Sign out' }).click()
    await expect(tab).toHaveURL(/\/sign-in$/)
    await page.getByRole('button', { name: button }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await says(page, 'Your sign-in has ended, so nothing was done. Sign in again.')
    await isAccessible(page)
  }
})
