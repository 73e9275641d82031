import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist, rowOf } from '../fixtures/allowlist-screen'
import { signIn } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const show = (page: Page, what: string) =>
  page.getByRole('navigation', { name: 'Show ranges' }).getByRole('link', { name: what }).click()

test('a range says when it last let somebody in, and how often', async ({ account, from, page }) => {
  const { ana, lena } = await account({
    ...{ agents: 1, allowlistEnabled: true },
    ranges: ['198.51.100.0/24 Office', `${HOTEL} Hotel`],
  })
  for (const _ of [1, 2]) await signIn(await from('198.51.100.20'), lena)
  await openAllowlist(page, ana)
  await expect(rowOf(page, '198.51.100.0')).toContainText('3 times in 30 days')
  await expect(rowOf(page, HOTEL)).toContainText('Never')
})

test('ranges that may want tidying up are marked, and found', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account({
    ranges: ['198.51.100.0/24 Office', `${OFFICE} Desk`, '192.0.2.1 Fair', '192.0.2.2 Old', '192.0.2.3 Off'],
  })
  await gatehouse.seed.setRange(id, '192.0.2.1', { expiresInDays: 3 })
  await gatehouse.seed.setRange(id, '192.0.2.2', { addedDaysAgo: 91 })
  await gatehouse.seed.setRange(id, '192.0.2.3', { enabled: false })
  await openAllowlist(page, ana)
  await expect(rowOf(page, '192.0.2.1')).toContainText('Expires soon')
  await expect(rowOf(page, '192.0.2.2')).toContainText('Unused for 90 days')
  await expect(rowOf(page, OFFICE)).toContainText('Already covered by Office')
  for (const [what, start, address] of [
    ['Unused for 90 days', '192.0.2.2', 'unused'],
    ['Expiring soon', '192.0.2.1', 'expiring'],
    ['Covered by another', OFFICE, 'covered'],
    ['Disabled', '192.0.2.3', 'disabled'],
  ] as const) {
    await show(page, what)
    await expect(page).toHaveURL(new RegExp(`show=${address}`))
    await expect(page.getByRole('rowheader')).toHaveText([new RegExp(start.replaceAll('.', '\\.'))])
    await isAccessible(page)
  }
  await page.goto(`${ALLOWLIST}?show=unused&q=office`)
  await expect(page.getByRole('heading', { name: 'No range matches “office” and is unused' })).toBeVisible()
  await page.getByRole('link', { name: 'Show all ranges' }).click()
  await expect(page.getByRole('rowheader')).toHaveCount(5)
})
