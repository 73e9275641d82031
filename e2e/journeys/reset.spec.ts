import { isAccessible } from '../fixtures/accessibility'
import { callMobile } from '../fixtures/http'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { isTold } from '../fixtures/way-back'

const NEW = 'four words of mine'

test('somebody who forgot their password chooses a new one with a mailed link', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, lena } = await account({ agents: 1 })
  const laptop = await from('192.0.2.60')
  await signIn(laptop, lena)
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const { accessToken: token } = (await callMobile(gatehouse, 'sign-in', { json })).json

  const page = await from(OFFICE, { device: 'Firefox on Windows' })
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await isTold(page, 'Forgot your password?')
  await isAccessible(page)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  const email = page.getByRole('textbox', { name: 'Email' })
  await expect(email).toHaveAccessibleDescription(/Enter an e-mail address/)
  await email.fill(lena.email.toUpperCase())
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await isTold(page, 'Look into your mailbox')
  await isAccessible(page)

  const { link, text } = await mailbox.latest(lena.email, /^Choose a new password/)
  for (const part of [OFFICE, 'Firefox on Windows']) expect(text).toContain(part)
  expect(link).toMatch(/\/reset-password\/[\w-]{43}$/)
  // A scanner that looks at the link spends nothing.
  for (let look = 0; look < 3; look++) await page.goto(link ?? '')
  await isTold(page, 'Choose a new password')
  await isAccessible(page)
  await page.getByRole('textbox', { name: 'New password' }).fill('password2026')
  await page.getByRole('button', { name: 'Change password' }).click()
  const password = page.getByRole('textbox', { name: 'New password' })
  await expect(password).toHaveAccessibleDescription(/one of the most common passwords/)
  await expect(password).toBeFocused()
  await isAccessible(page)
  await password.fill(NEW)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible()
  await isAccessible(page)

  await laptop.goto('/agent-console')
  await expect(laptop).toHaveURL(/\/sign-in/)
  expect((await callMobile(gatehouse, 'me', { token })).status).toBe(401)
  const told = await mailbox.latest(lena.email, /^Your password was changed/)
  expect(told.text).toContain(OFFICE)
  expect(await gatehouse.seed.auditOf(id)).toContainEqual(
    expect.objectContaining({ action: 'agent.password_changed', via: 'link', address: OFFICE }),
  )
  await trySignIn(page, lena)
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible()
  await signIn(page, { ...lena, password: NEW })
  await isIn(page, 'Agent Console')

  expect((await page.goto(link ?? ''))?.status()).toBe(410)
  await isTold(page, 'This link was used already')
  await isAccessible(page)
  expect((await page.goto('/reset-password/unknown'))?.status()).toBe(404)
  await isTold(page, 'This link is not valid')
})

test('who has an account shows in no answer', async ({ account, from, mailbox, gatehouse }) => {
  const { id, ana, lena } = await account({ agents: 1 })
  await gatehouse.seed.setAgent(lena.id, { enabled: false })
  const page = await from('192.0.2.61')
  const said: string[] = []
  for (const email of [ana.email, lena.email, 'nobody@example.com']) {
    await page.goto('/reset-password')
    await page.getByRole('textbox', { name: 'Email' }).fill(email)
    await page.getByRole('button', { name: 'Mail me a link' }).click()
    await isTold(page, 'Look into your mailbox')
    said.push((await page.getByRole('main').innerText()).replace(email, 'E-MAIL'))
  }
  expect(new Set(said).size).toBe(1)
  await mailbox.latest(ana.email, /^Choose a new password/)
  await mailbox.none(lena.email, id)
})

test('too many questions for a link have to wait, for whoever it is', async ({ from }) => {
  const page = await from('192.0.2.62')
  const ask = async () => {
    await page.goto('/reset-password')
    await page.getByRole('textbox', { name: 'Email' }).fill('nobody@example.com')
    await page.getByRole('button', { name: 'Mail me a link' }).click()
  }
  for (let at = 0; at < 5; at++) {
    await ask()
    await isTold(page, 'Look into your mailbox')
  }
  await ask()
  await expect(page.getByRole('alert').filter({ hasText: 'Try again in 1 minute.' })).toBeVisible()
  await isAccessible(page)
})

test('a link opened at a refused address lets nobody in', async ({ account, from, mailbox }) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL)
  await page.goto('/reset-password')
  await page.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.goto((await mailbox.latest(ana.email, /^Choose/)).link ?? '')
  await page.getByRole('textbox', { name: 'New password' }).fill(NEW)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible()
  await page.goto('/control-panel')
  await expect(page).toHaveURL(/\/sign-in/)
  await signIn(page, { ...ana, password: NEW })
  await isRefused(page, HOTEL)
})

test('a reset works without JavaScript', async ({ account, from, mailbox }) => {
  const { lena } = await account({ agents: 1 })
  const page = await from('192.0.2.63', { javaScriptEnabled: false })
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByRole('textbox', { name: 'Email' }).fill(lena.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await isTold(page, 'Look into your mailbox')
  await page.goto((await mailbox.latest(lena.email, /^Choose/)).link ?? '')
  await page.getByRole('textbox', { name: 'New password' }).fill('short')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText(/^Too short: .* at least 12 are needed\.$/)).toBeVisible()
  await page.getByRole('textbox', { name: 'New password' }).fill(NEW)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Email' }).fill(lena.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(NEW)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await isIn(page, 'Agent Console')
})

test('a reset works with the keyboard alone', async ({ account, from, mailbox }) => {
  const { lena } = await account({ agents: 1 })
  const page = await from('192.0.2.64')
  await page.goto('/reset-password')
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused()
  await page.keyboard.type(lena.email)
  await page.keyboard.press('Enter')
  await isTold(page, 'Look into your mailbox')
  await page.goto((await mailbox.latest(lena.email, /^Choose/)).link ?? '')
  const password = page.getByRole('textbox', { name: 'New password' })
  for (let presses = 0; presses < 10 && !(await isFocused()); presses++) await page.keyboard.press('Tab')
  await expect(password).toBeFocused()
  await page.keyboard.type(NEW)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused()

  function isFocused() {
    return password.evaluate((element) => element === document.activeElement)
  }
})
