import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist, says } from '../fixtures/allowlist-screen'
import { callMobile } from '../fixtures/http'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const CHECKED = { ranges: [OFFICE], allowlistEnabled: true, checkEveryRequest: true }

test('“Check every request” shuts a running session out, and lets it back in', async ({
  account,
  page,
  gatehouse,
}) => {
  const { lena } = await account({ ...CHECKED, agents: 1 })
  const move = (address: string) => page.context().setExtraHTTPHeaders({ 'x-forwarded-for': address })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  await move(HOTEL)
  const answer = await page.goto('/agent-console')
  expect(answer?.status()).toBe(403)
  await isRefused(page, HOTEL)
  await expect(page.getByText('You are signed in, but your account lets people in only from')).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await says(page, /Still not allowed at/)
  await move(OFFICE)
  await page.getByRole('button', { name: 'Try again' }).click()
  await isIn(page, 'Agent Console')
  expect(await gatehouse.seed.sessionsOf(lena.id)).toHaveLength(1)
})

test('an action from outside the list does nothing', async ({ account, page, gatehouse, expectTrouble }) => {
  // What would come of the change is asked first, and refused as well.
  expectTrouble(/ip-allowlist(\/|%2F)impact/)
  const { id, ana } = await account(CHECKED)
  await openAllowlist(page, ana)
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': HOTEL })
  await page.getByRole('button', { name: `Disable ${OFFICE}` }).click()
  await isRefused(page, HOTEL)
  expect(await gatehouse.seed.rangesOf(id)).toMatchObject([{ text: OFFICE, enabled: true }])
})

test('authorizing from a running session asks for the password again', async ({ account, page, mailbox }) => {
  const { ana } = await account(CHECKED)
  await openAllowlist(page, ana)
  await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': HOTEL })
  await page.goto(ALLOWLIST)
  await isRefused(page, HOTEL)
  const password = page.getByRole('textbox', { name: 'Password' })
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await expect(password).toHaveAccessibleDescription(/Enter your password/)
  await isAccessible(page)
  await password.fill('not the password')
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await expect(password).toHaveAccessibleDescription(/This is not your password/)
  await password.fill(ana.password)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  const { link } = await mailbox.latest(ana.email, /^Authorize /)
  const open = await page.context().newPage()
  await open.goto(link ?? '')
  await open.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(open.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await isIn(page, 'IP Allowlist')
})

test('mobile calls are checked, too, while mobile is enforced', async ({ account, gatehouse }) => {
  const { id, lena } = await account({ ...CHECKED, agents: 1, mobileEnforced: true })
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const { accessToken: token } = (await callMobile(gatehouse, 'sign-in', { json, ip: OFFICE })).json
  const status = async (ip: string) => (await callMobile(gatehouse, 'me', { token, ip })).status
  expect(await status(OFFICE)).toBe(200)
  expect(await status(HOTEL)).toBe(403)
  expect(await status(OFFICE)).toBe(200)
  await gatehouse.seed.setSwitches(id, { mobileEnforced: false })
  await expect.poll(() => status(HOTEL)).toBe(200)
})
