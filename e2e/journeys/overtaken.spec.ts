import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist, rowOf, says } from '../fixtures/allowlist-screen'
import { ALLOWLIST, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const LAB = { ranges: [`${OFFICE} Office`, '192.0.2.1 Lab'] }

/** Another tab changes the description of the range 192.0.2.1. */
async function describeElsewhere(page: Page, description: string): Promise<void> {
  const tab = await page.context().newPage()
  await tab.goto(ALLOWLIST)
  await tab.getByRole('button', { name: 'Edit 192.0.2.1' }).click()
  const dialog = tab.getByRole('dialog', { name: 'Edit 192.0.2.1' })
  await dialog.getByRole('textbox', { name: 'Description' }).fill(description)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await says(tab, `192.0.2.1 (${description}) was saved.`)
  await tab.close()
}

test('an edit that somebody else overtook is told in the dialog, and overwrites nothing', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account(LAB)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Edit 192.0.2.1' }).click()
  await describeElsewhere(page, 'Workshop')
  const dialog = page.getByRole('dialog', { name: 'Edit 192.0.2.1' })
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Laboratory')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(
    'Somebody else changed this range meanwhile, so nothing was saved. It now reads 192.0.2.1 (Workshop). Close this, look at it, and make your change again.',
  )
  await expect(dialog.getByRole('alert')).toBeFocused()
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Laboratory')
  await isAccessible(page)
  const descriptions = (await gatehouse.seed.rangesOf(id)).map(({ description }) => description)
  expect(descriptions.sort()).toEqual(['Office', 'Workshop'])
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(rowOf(page, '192.0.2.1')).toContainText('Workshop')
  await page.getByRole('button', { name: 'Edit 192.0.2.1' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Workshop')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Laboratory')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await says(page, '192.0.2.1 (Laboratory) was saved.')
})

test('a delete that somebody else overtook is told in the dialog, and the next one is asked afresh', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account(LAB)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  await describeElsewhere(page, 'Workshop')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(
    'Somebody else changed this range meanwhile, so nothing was deleted. It now reads 192.0.2.1 (Workshop). Close this, look at it, and make your change again.',
  )
  await expect(dialog.getByRole('alert')).toBeFocused()
  await isAccessible(page)
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(2)
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeHidden()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('button', { name: 'Delete 192.0.2.1' })).toBeFocused()
  await page.getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Delete 192.0.2.1 (Workshop)?' })).toBeVisible()
  await expect(dialog.getByRole('alert')).toBeHidden()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await says(page, '192.0.2.1 (Workshop) was deleted.')
})

test('a range that is gone when it is to be deleted leaves the focus on the list', async ({
  account,
  page,
}) => {
  const { ana } = await account(LAB)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  const tab = await page.context().newPage()
  await tab.goto(ALLOWLIST)
  await tab.getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  await tab.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await says(tab, '192.0.2.1 (Lab) was deleted.')
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(
    'Somebody deleted this range meanwhile. Nothing was changed.',
  )
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeHidden()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(rowOf(page, '192.0.2.1')).toBeHidden()
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeFocused()
})
