import { isAccessible } from '../fixtures/accessibility'
import { enterRange, mainSwitch, openAllowlist, question, rowOf, says } from '../fixtures/allowlist-screen'
import { proveAgain } from '../fixtures/factors'
import { isIn, signIn } from '../fixtures/people'
import { ALLOWLIST, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const LATER_MS = 16 * 60_000
const TITLE = 'Enter your password again'

test('adding a range and turning the list off ask for the password again after fifteen minutes', async ({
  account,
  page,
  gatehouse,
}) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  await openAllowlist(page, ana)
  await enterRange(page, { start: '192.0.2.1' })
  await says(page, '192.0.2.1 was added.')

  await gatehouse.seed.passForProof(ana.id, LATER_MS)
  await enterRange(page, { start: '192.0.2.2', description: 'Branch' })
  const dialog = page.getByRole('dialog', { name: TITLE })
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toBeFocused()
  await isAccessible(page)
  await proveAgain(page, 'something else', 'Continue')
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(
    'This is not your password.',
  )
  await expect(rowOf(page, '192.0.2.2')).toHaveCount(0)
  await proveAgain(page, ana.password, 'Continue')
  await says(page, '192.0.2.2 was added.')
  await expect(rowOf(page, '192.0.2.2')).toContainText('Branch')

  await enterRange(page, { start: '192.0.2.3' })
  await says(page, '192.0.2.3 was added.')
  await gatehouse.seed.passForProof(ana.id, LATER_MS)
  await mainSwitch(page).click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(mainSwitch(page)).toBeChecked()
  await mainSwitch(page).click()
  await proveAgain(page, ana.password, 'Continue')
  await says(page, 'The IP Allowlist is off.')
})

test('what was typed is kept, also while another question follows', async ({ account, page, gatehouse }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  await gatehouse.seed.passForProof(ana.id, LATER_MS)
  await enterRange(page, { start: '0.0.0.0/0', description: 'Everybody' })
  await proveAgain(page, ana.password, 'Continue')
  await question(page, 'This lets every address in').getByRole('button', { name: 'Save anyway' }).click()
  await expect(rowOf(page, '0.0.0.0')).toContainText('Everybody')
})

test('it works with the keyboard alone', async ({ account, page, gatehouse }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  await gatehouse.seed.passForProof(ana.id, LATER_MS)
  await page.getByRole('button', { name: 'New IP Range' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('192.0.2.7')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: TITLE })
  await expect(dialog.getByRole('textbox', { name: 'Password' })).toBeFocused()
  await page.keyboard.type(ana.password)
  await page.keyboard.press('Enter')
  await says(page, '192.0.2.7 was added.')
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeFocused()
})

test('it works without JavaScript, and wrong passwords count', async ({ account, from, gatehouse }) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from('198.51.100.7', { javaScriptEnabled: false })
  await signIn(page, ana, ALLOWLIST)
  await isIn(page, 'IP Allowlist')
  await gatehouse.seed.passForProof(ana.id, LATER_MS)
  await mainSwitch(page).click()
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.getByRole('textbox', { name: 'Password' }).fill(`guess ${attempt}`)
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('')
    await expect(page.getByText('This is not your password.')).toBeVisible()
  }
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Too many attempts. Try again in 1 minute.')).toBeVisible()
  await page.goto(ALLOWLIST)
  await expect(mainSwitch(page)).toBeChecked()
})
