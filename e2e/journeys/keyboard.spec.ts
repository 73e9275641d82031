import { isAccessible } from '../fixtures/accessibility'
import { newRangeDialog, rowOf, says } from '../fixtures/allowlist-screen'
import { tabTo } from '../fixtures/keyboard'
import { isIn } from '../fixtures/people'
import { ALLOWLIST, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('signing in and adding a range work with the keyboard alone', async ({ account, page }) => {
  const { ana } = await account()
  await page.goto(ALLOWLIST)
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused()
  await page.keyboard.type(ana.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(ana.password)
  await page.keyboard.press('Enter')
  await isIn(page, 'IP Allowlist')

  await tabTo(page, page.getByRole('button', { name: 'New IP Range' }))
  await page.keyboard.press('Enter')
  const dialog = newRangeDialog(page)
  await expect(dialog.getByRole('textbox', { name: 'Start IP' })).toBeFocused()
  await page.keyboard.type(OFFICE)
  await page.keyboard.press('Tab')
  await expect(dialog.getByRole('textbox', { name: 'End IP' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Office')
  await page.keyboard.press('Enter')
  await says(page, `${OFFICE} was added.`)
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeFocused()

  await tabTo(page, page.getByRole('button', { name: `Delete ${OFFICE}` }))
  await page.keyboard.press('Space')
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: `Delete ${OFFICE}` })).toBeFocused()
  await expect(rowOf(page, OFFICE)).toBeVisible()
})

test('tabs follow the arrow keys and stand in the address', async ({ account, page }) => {
  const { ana } = await account()
  await page.goto(ALLOWLIST)
  await page.keyboard.type(ana.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(ana.password)
  await page.keyboard.press('Enter')
  await isIn(page, 'IP Allowlist')
  await page.getByRole('tab', { name: 'Allowed IP List' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Advanced' })).toBeFocused()
  await expect(page).toHaveURL(/\?tab=advanced$/)
  await expect(page.getByRole('tabpanel', { name: 'Advanced' })).toBeVisible()
  await page.keyboard.press('Home')
  await expect(page).toHaveURL(ALLOWLIST)
})

test('the first Tab offers to skip to the content', async ({ account, page }) => {
  const { ana } = await account()
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.keyboard.press('Enter')
  await isIn(page, 'Control Panel')
  await page.reload()
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await isAccessible(page)
})

test('everything fits a screen of 320 pixels', async ({ account, from }) => {
  const longest = '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff'
  const { ana } = await account({
    ranges: [
      '2001:db8:4f00::/48 Lisbon office, IPv6',
      '198.51.100.0/24 Head office in Lisbon, behind the second gateway',
      longest,
    ],
  })
  const page = await from(OFFICE, { viewport: { width: 320, height: 640 } })
  await page.goto(ALLOWLIST)
  await page.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.keyboard.press('Enter')
  await isIn(page, 'IP Allowlist')
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  await isAccessible(page)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  expect(await overflow()).toBeLessThanOrEqual(0)
  await isAccessible(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Edit ${longest}` }).click()
  await expect(page.getByRole('dialog', { name: `Edit ${longest}` })).toBeVisible()
  expect(await overflow()).toBeLessThanOrEqual(0)
  await page.goto(`${ALLOWLIST}?q=${'n'.repeat(100)}`)
  await expect(page.getByRole('heading', { name: /^No range matches/ })).toBeVisible()
  expect(await overflow()).toBeLessThanOrEqual(0)
})
