import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { callMobile } from '../fixtures/http'
import { isIn, signIn, trySignIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('an agent sees who they are, where they are, and where they are signed in', async ({
  account,
  from,
}) => {
  const { lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(OFFICE, { device: 'Firefox on Windows' })
  await trySignIn(page, { ...lena, password: 'something else' })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  await expect(page.getByText('Covered by the allowlist')).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: lena.email })).toBeVisible()
  const sessions = page.getByRole('table', { name: 'Your sessions' })
  await expect(sessions.getByRole('row', { name: 'Firefox on Windows' })).toContainText(OFFICE)
  const signIns = page.getByRole('table', { name: 'Your last sign-ins' })
  await expect(signIns.getByRole('row').filter({ hasText: 'Wrong password' })).toHaveCount(1)
  await expect(signIns.getByRole('row').filter({ hasText: 'Signed in' })).not.toHaveCount(0)
  // By which range is nothing that a plain agent is told.
  await expect(page.getByText(/Covered by 198/)).toHaveCount(0)
  await isAccessible(page)
})

test('changing the password ends every other session, and mobile', async ({ account, from, gatehouse }) => {
  const { lena } = await account({ agents: 1 })
  const page = await from(OFFICE)
  const other = await from(HOTEL)
  await signIn(page, lena)
  await signIn(other, lena)
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const { accessToken: token } = (await callMobile(gatehouse, 'sign-in', { json })).json
  await page.getByRole('textbox', { name: 'Current password' }).fill('something else')
  await page.getByRole('textbox', { name: 'New password' }).fill('a new password of mine')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('textbox', { name: 'Current password' })).toHaveAccessibleDescription(
    /This is not your current password/,
  )
  await isAccessible(page)
  await page.getByRole('textbox', { name: 'Current password' }).fill(lena.password)
  await page.getByRole('textbox', { name: 'New password' }).fill('LenaFischer1')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('textbox', { name: 'New password' })).toHaveAccessibleDescription(
    /Leave yours out/,
  )
  await page.getByRole('textbox', { name: 'Current password' }).fill(lena.password)
  await page.getByRole('textbox', { name: 'New password' }).fill('a new password of mine')
  await page.getByRole('button', { name: 'Change password' }).click()
  await says(page, 'You stay signed in here and are signed out everywhere else.')
  await page.reload()
  await isIn(page, 'Agent Console')
  await other.goto('/agent-console')
  await expect(other).toHaveURL(/\/sign-in/)
  expect((await callMobile(gatehouse, 'me', { token })).status).toBe(401)
})

test('whoever sits at somebody’s session can’t guess at the password there without end', async ({
  account,
  from,
}) => {
  const { lena } = await account({ agents: 1 })
  const page = await from(HOTEL)
  await signIn(page, lena)
  const current = page.getByRole('textbox', { name: 'Current password' })
  const change = async (password: string) => {
    await current.fill(password)
    await page.getByRole('textbox', { name: 'New password' }).fill('a new password of mine')
    await page.getByRole('button', { name: 'Change password' }).click()
  }
  for (let guess = 1; guess <= 5; guess++) {
    await change(`guess ${guess}`)
    await expect(current).toHaveAccessibleDescription(/This is not your current password/)
    await expect(current).toHaveValue('')
  }
  await change(lena.password)
  await expect(current).toHaveAccessibleDescription(/Too many attempts\. Try again in 1 minute\./)
  const signIns = page.getByRole('table', { name: 'Your last sign-ins' })
  await page.reload()
  await expect(signIns.getByRole('row').filter({ hasText: 'Wrong password' })).toHaveCount(5)
})

test('an agent ends one session, then all the others', async ({ account, from }) => {
  const { lena } = await account({ agents: 1 })
  const page = await from(OFFICE)
  const laptop = await from(HOTEL, { device: 'Firefox on Windows' })
  const phone = await from('192.0.2.50', { device: 'Safari on iPhone' })
  for (const browser of [page, laptop, phone]) await signIn(browser, lena)
  await page.reload()
  await page.getByRole('button', { name: `End session: Firefox on Windows, ${HOTEL}` }).click()
  await says(page, 'The session was ended.')
  await laptop.goto('/agent-console')
  await expect(laptop).toHaveURL(/\/sign-in/)
  await page.getByRole('button', { name: 'End other sessions' }).click()
  await says(page, 'You are signed out everywhere else.')
  await isAccessible(page)
  await phone.goto('/agent-console')
  await expect(phone).toHaveURL(/\/sign-in/)
  await page.reload()
  await isIn(page, 'Agent Console')
})
