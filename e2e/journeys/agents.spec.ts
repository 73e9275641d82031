import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { isIn, signIn, trySignIn } from '../fixtures/people'
import { AGENTS } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('a new agent gets a temporary password, shown once, and chooses their own', async ({
  account,
  from,
  page,
}) => {
  const { ana } = await account()
  await signIn(page, ana, AGENTS)
  await isIn(page, 'Agents')
  await isAccessible(page)
  await page.getByRole('button', { name: 'Add agent' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add agent' })
  const email = `omar.${Date.now()}@example.com`
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Omar Haddad')
  await dialog.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await dialog.getByRole('checkbox', { name: 'Manage Security' }).check()
  await dialog.getByRole('radio', { name: 'Temporary password' }).check()
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Add agent' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Email' })).toHaveAccessibleDescription(/already in use/)
  await expect(dialog.getByRole('checkbox', { name: 'Manage Security' })).toBeChecked()
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email)
  await dialog.getByRole('button', { name: 'Add agent' }).click()
  const shown = dialog.getByRole('region', { name: 'Temporary password' })
  const password = await shown.getByRole('code').innerText()
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row', { name: 'Omar Haddad' })).toContainText('Temporary password')
  await expect(page.getByText(password)).toHaveCount(0)

  const omar = await from('192.0.2.40')
  await signIn(omar, { email, password }, '/agent-console')
  await expect(omar.getByText('Choose your own password')).toBeVisible()
  await omar.getByRole('textbox', { name: 'Current password' }).fill(password)
  await omar.getByRole('textbox', { name: 'New password' }).fill('a password of my own')
  await omar.getByRole('button', { name: 'Change password' }).click()
  await says(omar, 'Your password is changed.')
  await omar.reload()
  await expect(omar.getByText('Choose your own password')).toHaveCount(0)
})

test('the last active admin can be neither demoted nor disabled', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account({ agents: 1 })
  await signIn(page, ana, AGENTS)
  await page.getByRole('button', { name: `More actions for ${ana.name}` }).click()
  const disable = page.getByRole('menuitem', { name: `Disable ${ana.name}` })
  await expect(disable).toContainText('The last active admin stays.')
  await expect(disable).toBeDisabled()
  await isAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Edit ${ana.name}` }).click()
  const edit = page.getByRole('dialog', { name: `Edit ${ana.name}` })
  await expect(edit.getByRole('option', { name: 'Agent' })).toHaveCount(0)
  await expect(edit.getByText('The last active admin stays an admin.')).toBeVisible()
  await page.route('**/*', async (route) => {
    const forged = route.request().postData()?.replaceAll('ADMIN', 'AGENT')
    await route.continue(forged ? { postData: forged } : {})
  })
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit.getByRole('alert')).toContainText('This is the last active admin of the account')
  const { agents } = JSON.parse(await gatehouse.cli('agent', 'list', '--json', '--account', id))
  expect(agents.filter(({ role }: { role: string }) => role === 'ADMIN')).toHaveLength(1)
})

test('a change of role signs the agent out everywhere', async ({ account, from, page, gatehouse }) => {
  const { ana, lena } = await account({ agents: 1 })
  const theirs = await from('192.0.2.41')
  await signIn(theirs, lena)
  await isIn(theirs, 'Agent Console')
  await signIn(page, ana, AGENTS)
  await page.getByRole('button', { name: `Edit ${lena.name}` }).click()
  const edit = page.getByRole('dialog', { name: `Edit ${lena.name}` })
  await edit.getByRole('combobox', { name: 'Role' }).selectOption('Admin')
  await expect(edit.getByText(`Changing the role signs ${lena.name} out everywhere.`)).toBeVisible()
  await isAccessible(page)
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(`${lena.name} was changed. Ended: 1 session.`)).toBeVisible()
  await expect(page.getByRole('row', { name: lena.name })).toContainText('All permissions')
  expect(await gatehouse.seed.sessionsOf(lena.id)).toMatchObject([{ endedBecause: 'role-changed' }])
  await theirs.goto('/agent-console')
  await expect(theirs).toHaveURL(/\/sign-in/)
})

test('a disabled agent is out at once and stays out until enabled', async ({ account, from, page }) => {
  const { ana, lena } = await account({ agents: 1 })
  const theirs = await from('192.0.2.42')
  await signIn(theirs, lena)
  await signIn(page, ana, AGENTS)
  await choose(page, lena.name, 'Disable')
  const sure = page.getByRole('alertdialog', { name: `Disable ${lena.name}?` })
  await isAccessible(page)
  await sure.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByRole('row', { name: lena.name })).toContainText('Disabled')
  await theirs.goto('/agent-console')
  await expect(theirs).toHaveURL(/\/sign-in/)
  await trySignIn(theirs, lena)
  await expect(theirs.getByText('Email or password is incorrect.')).toBeVisible()
  await choose(page, lena.name, 'Enable')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Enable' }).click()
  await expect(page.getByRole('row', { name: lena.name })).toContainText('Active')
  await signIn(theirs, lena)
  await isIn(theirs, 'Agent Console')
})

test('a new temporary password, and ending the sessions, sign the agent out', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { ana, lena } = await account({ agents: 1 })
  const theirs = await from('192.0.2.43')
  await signIn(theirs, lena)
  await signIn(page, ana, AGENTS)
  await choose(page, lena.name, 'End sessions')
  await page.getByRole('alertdialog').getByRole('button', { name: 'End sessions' }).click()
  await expect(page.getByText('Ended: 1 session.')).toBeVisible()
  await signIn(theirs, lena)
  await choose(page, lena.name, 'New temporary password')
  const dialog = page.getByRole('dialog', { name: `New temporary password for ${lena.name}` })
  await dialog.getByRole('button', { name: 'Make temporary password' }).click()
  const password = await dialog.getByRole('code').innerText()
  await isAccessible(page)
  expect((await gatehouse.seed.sessionsOf(lena.id)).map(({ endedAt }) => endedAt === null)).toEqual([
    false,
    false,
  ])
  await trySignIn(theirs, lena)
  await expect(theirs.getByText('Email or password is incorrect.')).toBeVisible()
  await signIn(theirs, { email: lena.email, password })
  await isIn(theirs, 'Agent Console')
})

async function choose(page: Page, name: string, deed: string): Promise<void> {
  await page.getByRole('button', { name: `More actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: `${deed} ${name}` }).click()
}
