import type { Page } from '@playwright/test'
import { rowOf } from '../fixtures/allowlist-screen'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ADVANCED, AGENTS, ALLOWLIST, AUDIT_LOG, HOTEL, OFFICE, SIGN_IN_LOG } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const PHONE = { width: 390, height: 844 }
const LONG =
  'Head office, third and fourth floor, with the meeting rooms, the network for guests and the printers that the cleaning company uses for its time sheets'

/** Promises that nothing of the page is to be reached by scrolling sideways alone. */
async function fits(page: Page): Promise<void> {
  const { scrollWidth, innerWidth } = await page.evaluate(() => ({
    ...{ scrollWidth: document.documentElement.scrollWidth, innerWidth: window.innerWidth },
  }))
  expect(scrollWidth, page.url()).toBeLessThanOrEqual(innerWidth)
}

test('with text twice as large everything fits a phone', async ({ account, from }) => {
  const { ana, lena } = await account({
    ...{ admins: 2, agents: 1, allowlistEnabled: true, ranges: [`198.51.100.0/24 ${LONG}`] },
  })
  const enlarged = async (address: string) => {
    const page = await from(address, { viewport: PHONE })
    const devtools = await page.context().newCDPSession(page)
    // As the browser's own setting does, so that what depends on the size of text knows.
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })
    return page
  }
  for (const person of [ana, lena]) {
    const page = await enlarged(HOTEL)
    await page.goto('/sign-in')
    await fits(page)
    await signIn(page, person)
    await isRefused(page, HOTEL)
    await fits(page)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText(/Still not allowed/)).toBeVisible()
    await fits(page)
  }
  const page = await enlarged(OFFICE)
  await signIn(page, ana)
  await isIn(page, 'Control Panel')
  await fits(page)
  const second = '/agent-console/second-factor'
  for (const place of [ALLOWLIST, ADVANCED, AGENTS, SIGN_IN_LOG, AUDIT_LOG, '/agent-console', second]) {
    await page.goto(place)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await fits(page)
  }
})

test('a name that is one long word is broken where it ends the line', async ({
  account,
  from,
  gatehouse,
}) => {
  const { ana, lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  const name = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzbeauftragte'
  for (const { id } of [ana, lena]) await gatehouse.seed.setAgent(id, { name })
  const refused = await from(HOTEL, { viewport: PHONE })
  await signIn(refused, lena)
  await isRefused(refused, HOTEL)
  await expect(refused.getByRole('listitem').filter({ hasText: name })).toBeVisible()
  await fits(refused)
  const page = await from(OFFICE, { viewport: PHONE })
  await signIn(page, ana, `${AGENTS}/${lena.id}`)
  await expect(page.getByRole('heading', { name: `Sessions of ${name}`, level: 1 })).toBeVisible()
  await expect(page.getByText(`${lena.email} · Agent`, { exact: true })).toBeVisible()
  await fits(page)
})

test('on paper a page is dark on light, and without what can only be pressed', async ({ account, from }) => {
  const { ana } = await account({ ranges: [`${OFFICE} Office`] })
  const page = await from(OFFICE, { colorScheme: 'dark' })
  await signIn(page, ana, ALLOWLIST)
  await isIn(page, 'IP Allowlist')
  const heading = page.getByRole('heading', { name: 'IP Allowlist', level: 1 })
  await expect(heading).toHaveCSS('color', /^lab\(9/)
  await page.emulateMedia({ media: 'print' })
  await expect(heading).toHaveCSS('color', /^lab\(1/)
  await expect(rowOf(page, OFFICE)).toContainText('Office')
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeHidden()
  await expect(page.getByRole('button', { name: `Delete ${OFFICE}` })).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Global Settings' })).toBeHidden()
  await page.goto(`${SIGN_IN_LOG}?person=ana`)
  await expect(page.getByRole('textbox', { name: 'Person' })).toHaveValue('ana')
  for (const unused of ['IP address or range', 'Verdict', 'First day (UTC)'])
    await expect(page.getByLabel(unused)).toBeHidden()
  await page.goto(SIGN_IN_LOG)
  await expect(page.getByRole('rowheader').first()).toBeVisible()
  await expect(page.getByRole('search')).toBeHidden()
})

test('a long description has room beside its range, and the buttons are in sight', async ({
  account,
  from,
}) => {
  const { ana } = await account({ ranges: [`198.51.100.0/24 ${LONG}`, '198.51.100.7 Printer'] })
  const page = await from(OFFICE, { viewport: { width: 1440, height: 900 } })
  await signIn(page, ana, ALLOWLIST)
  const inner = rowOf(page, '198.51.100.7')
  await expect(inner).toContainText(`Already covered by ${LONG}`)
  const ofOuter = await rowOf(page, '198.51.100.0').boundingBox()
  const ofInner = await inner.boundingBox()
  expect(ofOuter?.height).toBeLessThan(220)
  expect(ofInner?.height).toBeLessThan(110)
  const deletion = page.getByRole('button', { name: 'Delete 198.51.100.7' })
  for (const width of [1440, 1280, 1100, 900]) {
    await page.setViewportSize({ width, height: 1800 })
    await fits(page)
    await expect(deletion, `at ${width}`).toBeInViewport({ ratio: 1 })
  }
})
