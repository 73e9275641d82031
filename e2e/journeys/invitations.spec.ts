import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { AGENTS, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { isTold } from '../fixtures/way-back'

const PASSWORD = 'four words of mine'
let serial = 0
const someEmail = () => `omar.${Date.now()}.${++serial}@example.com`

test('an invited person chooses name and password, and signs in', async ({
  account,
  page,
  from,
  mailbox,
}) => {
  const { ana, name } = await account()
  const email = someEmail()
  await signIn(page, ana, AGENTS)
  const said = await invite(page, email)
  expect(said).toContain(`a mail is on its way to ${email}`)
  const row = page.getByRole('row', { name: 'Omar Haddad' })
  await expect(row).toContainText('Invited')
  await expect(row).toContainText('Never')
  await isAccessible(page)

  const { link, text, subject } = await mailbox.latest(email)
  expect(subject).toBe(`Ana Silva invites you to ${name}`)
  expect(text).toContain('sign in and use the Agent Console')
  const omar = await from('192.0.2.70')
  for (let look = 0; look < 2; look++) await omar.goto(link ?? '')
  await isTold(omar, `Your place in ${name}`)
  await isAccessible(omar)
  await omar.getByRole('textbox', { name: 'Your name' }).fill('Omar H.')
  await omar.getByRole('textbox', { name: 'Password' }).fill('password2026')
  await omar.getByRole('button', { name: 'Accept the invitation' }).click()
  await expect(omar.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(/most common/)
  await expect(omar.getByRole('textbox', { name: 'Your name' })).toHaveValue('Omar H.')
  await omar.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await omar.getByRole('button', { name: 'Accept the invitation' }).click()
  await expect(omar.getByText('Welcome. Sign in with your e-mail address')).toBeVisible()
  await signIn(omar, { email, password: PASSWORD })
  await isIn(omar, 'Agent Console')
  expect((await omar.goto(link ?? ''))?.status()).toBe(410)
  await isTold(omar, 'This invitation was accepted already')
  await page.goto(`${AGENTS}?status=active`)
  await expect(page.getByRole('row', { name: 'Omar H.' })).toContainText('192.0.2.70')
})

test('accepting at a refused address lets nobody in', async ({ account, page, from, mailbox }) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const email = someEmail()
  await signIn(page, ana, AGENTS)
  await invite(page, email)
  const omar = await from(HOTEL, { javaScriptEnabled: false })
  await omar.goto((await mailbox.latest(email)).link ?? '')
  await omar.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await omar.getByRole('button', { name: 'Accept the invitation' }).click()
  await expect(omar.getByText('Welcome. Sign in with your e-mail address')).toBeVisible()
  await omar.goto('/agent-console')
  await expect(omar).toHaveURL(/\/sign-in/)
  await signIn(omar, { email, password: PASSWORD })
  await isRefused(omar, HOTEL)
})

test('an invitation that is withdrawn opens nothing', async ({ account, page, from, mailbox }) => {
  const { ana } = await account()
  const email = someEmail()
  await signIn(page, ana, AGENTS)
  await invite(page, email)
  const { link } = await mailbox.latest(email)
  await page.getByRole('button', { name: 'Resend the invitation of Omar Haddad' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'It was sent a moment ago.' })).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw the invitation of Omar Haddad' }).click()
  await isAccessible(page)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click()
  await expect(page.getByRole('row', { name: 'Omar Haddad' })).toHaveCount(0)
  await expect(page.getByRole('main')).toBeFocused()
  const omar = await from('192.0.2.71')
  await omar.goto(link ?? '')
  await isTold(omar, 'This invitation was withdrawn')
  await isAccessible(omar)
})

test('who belongs to another account shows nowhere but in their own mailbox', async ({
  account,
  page,
  from,
  mailbox,
}) => {
  const ours = await account()
  const theirs = await account({ agents: 1 })
  await signIn(page, ours.ana, AGENTS)
  const said = (await invite(page, theirs.lena.email)).replace(theirs.lena.email, 'E-MAIL')
  const email = someEmail()
  expect((await invite(page, email)).replace(email, 'E-MAIL')).toBe(said)
  await expect(page.getByRole('row', { name: 'Omar Haddad' })).toHaveCount(2)
  const { text } = await mailbox.latest(theirs.lena.email, /invites you/)
  expect(text).toContain('an address belongs to one place only')
  const lena = await from('192.0.2.72')
  await signIn(lena, theirs.lena)
  await isIn(lena, 'Agent Console')
})

test('inviting and accepting work with the keyboard alone', async ({ account, page, from, mailbox }) => {
  const { ana } = await account()
  const email = someEmail()
  await signIn(page, ana, AGENTS)
  await page.getByRole('button', { name: 'Add agent' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add agent' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Omar Haddad')
  await page.keyboard.press('Tab')
  await page.keyboard.type(email)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('a mail is on its way')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add agent' })).toBeFocused()
  const omar = await from('192.0.2.73')
  await omar.goto((await mailbox.latest(email)).link ?? '')
  await omar.getByRole('textbox', { name: 'Your name' }).focus()
  await omar.keyboard.press('Tab')
  await omar.keyboard.type(PASSWORD)
  await omar.keyboard.press('Enter')
  await expect(omar.getByRole('textbox', { name: 'Email' })).toBeFocused()
  await trySignIn(omar, { email, password: PASSWORD })
  await isIn(omar, 'Agent Console')
})

test('the list of agents is searched and filtered in the address bar', async ({
  account,
  page,
  gatehouse,
}) => {
  const { ana, lena } = await account({ agents: 2, admins: 2 })
  await gatehouse.seed.setAgent(lena.id, { enabled: false })
  await signIn(page, ana, AGENTS)
  const rows = page.getByRole('rowheader')
  await expect(rows).toHaveCount(4)
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Disabled')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/status=disabled/)
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText(lena.name)
  await isAccessible(page)
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(rows).toHaveCount(4)
  await page.getByRole('combobox', { name: 'Role' }).selectOption('Admin')
  await page.getByRole('searchbox', { name: 'Search by name or e-mail' }).fill('marcus')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=marcus.*role=admin/)
  await expect(rows).toHaveCount(1)
  await page.reload()
  await expect(rows).toHaveCount(1)
})

/** Invites Omar Haddad by mail; answers what the dialog says then. */
async function invite(page: Page, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Add agent' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add agent' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Omar Haddad')
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await dialog.getByRole('radio', { name: 'Invitation by e-mail' }).check()
  await dialog.getByRole('button', { name: 'Add agent' }).click()
  const said = dialog.getByText('Omar Haddad is invited')
  await expect(said).toBeVisible()
  const words = await said.innerText()
  await dialog.getByRole('button', { name: 'Done' }).click()
  return words
}
