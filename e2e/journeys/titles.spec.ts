import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist } from '../fixtures/allowlist-screen'
import { isIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { askForLink, codeOn, isTold } from '../fixtures/way-back'

/** Promises that the browser's tab says what the page says. */
async function isCalled(page: Page, heading: string): Promise<void> {
  await isTold(page, heading)
  await expect(page).toHaveTitle(`${heading} · Gatehouse`)
}

test('the tab says what came of a link, with scripts and without', async ({ account, from, mailbox }) => {
  for (const javaScriptEnabled of [true, false]) {
    const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
    const page = await from(HOTEL, { javaScriptEnabled })
    const link = await askForLink(page, ana, mailbox)
    await page.reload()
    const code = await codeOn(page)
    await expect(page).toHaveTitle('Your IP address is not allowed · Gatehouse')
    const phone = await from(OFFICE, { javaScriptEnabled })
    await phone.goto(link)
    await isCalled(phone, 'Authorize this IP address?')
    await phone.getByRole('textbox', { name: 'Six-digit code' }).fill(code)
    await phone.getByRole('button', { name: 'Authorize IP' }).click()
    await isCalled(phone, 'IP address authorized')
    await phone.goto(link)
    await isCalled(phone, 'This link was used already')
    if (!javaScriptEnabled) await page.reload()
    await isCalled(page, 'You can go on')
  }
})

test('the tab names a link or a page that is over', async ({ page }) => {
  for (const [address, heading] of [
    ['/authorize-ip/unknown', 'This link is not known here'],
    ['/accept-invite/unknown', 'This invitation is not valid'],
    ['/reset-password/unknown', 'This link is not valid'],
    ['/setup', 'Set-up is closed'],
  ] as const) {
    await page.goto(address)
    await isCalled(page, heading)
    await isAccessible(page)
  }
})

test('from page to page the tab is never without a title', async ({ account, page }) => {
  const { ana } = await account({ ranges: [OFFICE] })
  await openAllowlist(page, ana)
  const nav = page.getByRole('navigation', { name: 'Global Settings' })
  await page.evaluate(() => {
    const seen = new Set<string>()
    Object.assign(window, { titlesSeen: seen })
    new MutationObserver(() => seen.add(document.title)).observe(document.head, {
      ...{ childList: true, characterData: true, subtree: true },
    })
  })
  for (const where of ['Agents', 'Sign-in Log', 'Audit Log', 'IP Allowlist'] as const) {
    await nav.getByRole('link', { name: where }).click()
    await isIn(page, where)
    await expect(page).toHaveTitle(`${where} · Gatehouse`)
  }
  const seen = await page.evaluate(() => [...(window as unknown as { titlesSeen: Set<string> }).titlesSeen])
  expect(seen).toContain('Audit Log · Gatehouse')
  expect(seen).not.toContain('')
})
