import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { mainSwitch, openAllowlist, rowOf, says } from '../fixtures/allowlist-screen'
import { ADVANCED, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const check = (page: Page) => page.getByRole('region', { name: 'Check an address' })

async function ask(page: Page, address: string): Promise<void> {
  await check(page).getByRole('textbox', { name: 'Would this address get in?' }).fill(address)
  await check(page).getByRole('button', { name: 'Check' }).click()
}

test('an admin asks about an address, learns why it is refused, and adds it', async ({ account, page }) => {
  const { ana } = await account({ ranges: ['198.51.100.0/24 Office'] })
  await openAllowlist(page, ana)
  await ask(page, HOTEL)
  await says(page, `${HOTEL} gets in everywhere, because the IP Allowlist is off. If it were on:`)
  await says(page, 'Refused Control Panel, Agent Console, API No range in force holds it.')
  await says(page, 'Gets in Mobile app The list is not asked for the mobile app.')
  await mainSwitch(page).click()
  await expect(mainSwitch(page)).toBeChecked()
  await says(page, `${HOTEL} now:`)
  await isAccessible(page)
  await check(page)
    .getByRole('button', { name: `Add this address ${HOTEL}` })
    .click()
  await says(page, `${HOTEL} is on the list now.`)
  await says(page, `Gets in Control Panel, Agent Console, API ${HOTEL} holds it.`)
  await expect(check(page).getByText(`${HOTEL} now:`)).toBeFocused()
  await expect(rowOf(page, HOTEL)).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`check=${HOTEL}$`))
})

test('one’s own address is offered, and on every tab', async ({ account, page }) => {
  const { ana } = await account({ ranges: [`${OFFICE} Desk`], allowlistEnabled: true })
  await openAllowlist(page, ana, ADVANCED)
  await check(page).getByRole('link', { name: 'Check my own' }).click()
  await says(page, `Gets in Control Panel, Agent Console, API Desk (${OFFICE}) holds it.`)
  await expect(check(page).getByRole('textbox')).toHaveValue(OFFICE)
  await expect(page).toHaveURL(/tab=advanced/)
})

test('what the list shows stays while an address is checked', async ({ account, page }) => {
  const { ana } = await account({ ranges: [`${OFFICE} Desk`, '192.0.2.1 Lab'] })
  await openAllowlist(page, ana, `${ALLOWLIST}?q=desk&sort=start`)
  await ask(page, HOTEL)
  await says(page, 'No range in force holds it.')
  await expect(page).toHaveURL(new RegExp(`\\?q=desk&sort=start&check=${HOTEL}$`))
  await expect(rowOf(page, OFFICE)).toBeVisible()
  await expect(rowOf(page, '192.0.2.1')).toHaveCount(0)
})

test('what is no address is answered in words', async ({ account, page }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  for (const [typed, words] of [
    ['300.1.1.1', /each part goes from 0 to 255/],
    ['fe80::1%eth0', /Did you mean fe80::1\?/],
    ['', /^Enter one IP address/],
    ['198.51.100.0/24', /is 256 addresses/],
    ['<b>x</b>'.repeat(25), /… is not an IP address/],
  ] as const) {
    await ask(page, typed)
    const field = check(page).getByRole('textbox', { name: 'Would this address get in?' })
    await expect(field, typed).toHaveAccessibleDescription(words)
    await expect(field).toHaveValue(typed)
  }
  await isAccessible(page)
})

test('what is typed while an answer is on its way stays', async ({ account, page }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(
    (url) => url.searchParams.get('check') === HOTEL,
    async (route) => {
      await held
      await route.continue()
    },
  )
  await ask(page, HOTEL)
  const field = check(page).getByRole('textbox', { name: 'Would this address get in?' })
  await field.fill('203.0.113.77')
  release()
  await says(page, `${HOTEL} gets in everywhere, because the IP Allowlist is off.`)
  await expect(field).toHaveValue('203.0.113.77')
  await check(page).getByRole('button', { name: 'Check' }).click()
  await says(page, '203.0.113.77 gets in everywhere, because the IP Allowlist is off.')
  await expect(field).toHaveValue('203.0.113.77')
})

test('it works without scripts', async ({ account, from }) => {
  const { ana } = await account({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(OFFICE, { javaScriptEnabled: false })
  await openAllowlist(page, ana, `${ALLOWLIST}?check=${HOTEL}`)
  await says(page, 'No range in force holds it.')
  await check(page)
    .getByRole('button', { name: `Add this address ${HOTEL}` })
    .click()
  await expect(rowOf(page, HOTEL)).toBeVisible()
  await ask(page, HOTEL)
  await says(page, `${HOTEL} holds it.`)
})
