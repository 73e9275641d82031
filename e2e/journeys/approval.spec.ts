import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { codeOf, giveCode, proveAgain, signInHalfway } from '../fixtures/factors'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { AGENTS, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, type Mailbox, test } from '../fixtures/test'
import type { Person } from '../seeder/account'

const SETTINGS = '/control-panel/global-settings/security/second-factor'

const NEW = 'four words of mine'

test('for a day after a reset by mail another admin approves before the link', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana, marcus } = await account({ admins: 2, ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL)
  await chooseNewPassword(page, ana, mailbox)
  await signIn(page, { ...ana, password: NEW })
  await isRefused(page, HOTEL)
  await expect(page.getByText(/Your password was reset by mail less than 24 hours ago/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Authorize this IP' })).toBeHidden()
  await isAccessible(page)
  await page.getByRole('button', { name: 'Ask another admin' }).click()
  await says(page, 'The other admins were asked by mail.')
  await isAccessible(page)
  const { link, text } = await mailbox.latest(marcus.email, /asks you to approve/)
  expect(text).toContain(HOTEL)
  expect(await gatehouse.seed.linksOf(ana.id)).toEqual([])

  const other = await from(OFFICE)
  await signIn(other, marcus, new URL(link ?? '').pathname)
  await isIn(other, 'IP Allowlist')
  await other.goto('/control-panel')
  await expect(other.getByText('1 request to approve')).toBeVisible()
  await other.getByRole('main').getByRole('link', { name: 'IP Allowlist' }).first().click()
  await isIn(other, 'IP Allowlist')
  await gatehouse.seed.passForProof(marcus.id, 16 * 60_000)
  await isAccessible(other)
  await other.getByRole('button', { name: `Approve the request of ${ana.name}` }).click()
  await proveAgain(other, marcus.password, 'Continue')
  await says(other, 'Approved. They can ask for their link now.')
  await expect(other.getByText(`${ana.name} asks to authorize`)).toBeHidden()
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(1)

  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  const mail = await mailbox.latest(ana.email, /^Authorize /)
  const tab = await page.context().newPage()
  await tab.goto(mail.link ?? '')
  await tab.getByRole('button', { name: 'Authorize IP' }).click()
  await tab.getByRole('link', { name: 'Continue' }).click()
  await tab.getByRole('button', { name: 'Continue' }).click()
  await isIn(tab, 'Control Panel')
})

test('another admin refuses, and no link is mailed', async ({ account, from, gatehouse, mailbox }) => {
  const { ana, marcus } = await account({ admins: 2, ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL)
  await chooseNewPassword(page, ana, mailbox)
  await signIn(page, { ...ana, password: NEW })
  await page.getByRole('button', { name: 'Ask another admin' }).click()
  await says(page, 'The other admins were asked by mail.')
  const other = await from(OFFICE)
  await signIn(other, marcus, ALLOWLIST)
  await other.getByRole('button', { name: `Refuse the request of ${ana.name}` }).click()
  await says(other, 'Refused. Nothing was authorized.')
  await expect(page.getByText('Another admin refused.')).toBeVisible()
  await isAccessible(page)
  await expect(page.getByRole('button', { name: 'Authorize this IP' })).toBeHidden()
  expect(await gatehouse.seed.linksOf(ana.id)).toEqual([])
})

test('a second factor is enough for the link, also after a reset by mail', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { ana } = await account({ admins: 2, ranges: [OFFICE], allowlistEnabled: true })
  const { secret } = await gatehouse.seed.enrolTotp(ana.id)
  const page = await from(HOTEL)
  await chooseNewPassword(page, ana, mailbox)
  await signInHalfway(page, { ...ana, password: NEW })
  await giveCode(page, codeOf(secret))
  await isRefused(page, HOTEL)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  expect((await mailbox.latest(ana.email, /^Authorize /)).text).toContain(HOTEL)
})

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

/** Chooses a new password with a mailed link, and ends at the form to sign in. */
async function chooseNewPassword(page: Page, person: Person, mailbox: Mailbox): Promise<void> {
  await page.goto('/reset-password')
  await page.getByRole('textbox', { name: 'Email' }).fill(person.email)
  await page.getByRole('button', { name: 'Mail me a link' }).click()
  await page.goto((await mailbox.latest(person.email, /^Choose a new password/)).link ?? '')
  await page.getByRole('textbox', { name: 'New password' }).fill(NEW)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your password is changed. Sign in with the new one.')).toBeVisible()
}
