import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { proveAgain, signInHalfway } from '../fixtures/factors'
import { isIn, signIn } from '../fixtures/people'
import { AGENTS, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const SETTINGS = '/control-panel/global-settings/security/second-factor'

test('the only admin is told that there is nobody to ask, and what the operator can do', async ({
  account,
  from,
  gatehouse,
}) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  await gatehouse.seed.resetByMail(ana.id)
  const page = await from(HOTEL, { javaScriptEnabled: false })
  await signIn(page, ana)
  await page.getByRole('button', { name: 'Ask another admin' }).click()
  await expect(page.getByText(/There is no other active admin/)).toBeVisible()
  await expect(page.getByText(`allowlist add ${HOTEL}`)).toBeVisible()
})

test('a second factor is required of admins, and no longer', async ({ account, page, gatehouse }) => {
  const { ana } = await account({ admins: 2 })
  await signIn(page, ana, SETTINGS)
  await expect(page.getByRole('heading', { name: 'Second Factor', level: 1 })).toBeVisible()
  await expect(
    page.getByText('0 of 2 active admins have one. Without: Ana Silva, Marcus Webb.'),
  ).toBeVisible()
  await isAccessible(page)
  const demand = page.getByRole('switch', { name: 'Require a second factor for admins' })
  await demand.click()
  await says(page, 'Admins need a second factor from their next sign-in on.')
  await expect(demand).toBeChecked()
  await gatehouse.seed.passForProof(ana.id, 16 * 60_000)
  await demand.click()
  await proveAgain(page, ana.password, 'Continue')
  await says(page, 'A second factor is up to each admin again.')
  await expect(demand).not.toBeChecked()
})

test('an admin resets the second factor of another, and not their own', async ({
  account,
  from,
  page,
  gatehouse,
  mailbox,
}) => {
  const { ana, marcus } = await account({ admins: 2 })
  await gatehouse.seed.enrolTotp(marcus.id)
  await signIn(page, ana, AGENTS)
  await page.getByRole('button', { name: `More actions for ${ana.name}` }).click()
  await expect(page.getByRole('menuitem', { name: /Reset second factor/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `More actions for ${marcus.name}` }).click()
  await page.getByRole('menuitem', { name: /Reset second factor/ }).click()
  await isAccessible(page)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset second factor' }).click()
  await expect(page.getByText(`The second factor of ${marcus.name} is reset`)).toBeVisible()
  expect((await mailbox.latest(marcus.email, /was reset/)).text).toContain(ana.name)
  const other = await from('192.0.2.31')
  await signIn(other, marcus, ALLOWLIST)
  await isIn(other, 'IP Allowlist')
})

test('the operator resets a second factor at the command line', async ({ account, from, gatehouse }) => {
  const { ana } = await account()
  await gatehouse.seed.enrolTotp(ana.id)
  const page = await from('192.0.2.32')
  await signInHalfway(page, ana)
  expect(await gatehouse.cli('agent', 'reset-second-factor', ana.email)).toContain(
    'Ana Silva has no second factor any more',
  )
  await signIn(page, ana)
  await isIn(page, 'Control Panel')
})
