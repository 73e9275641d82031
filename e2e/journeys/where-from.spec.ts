import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist } from '../fixtures/allowlist-screen'
import { signIn } from '../fixtures/people'
import { OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

async function open(page: Page) {
  const summary = page.getByText('Where you seem to come from')
  const panel = page.getByRole('group').filter({ has: summary })
  await summary.click()
  return { panel, steps: panel.getByRole('listitem') }
}

test('the panel shows each step to the address that counts', async ({ account, from }) => {
  const { ana } = await account()
  const page = await from(`203.0.113.66, ${OFFICE}, 127.0.0.1`)
  await openAllowlist(page, ana)
  await expect(page.getByText('Look at this')).toHaveCount(0)
  const { panel, steps } = await open(page)
  await expect(steps).toHaveText([
    /^The connection *127\.0\.0\.1 *Trusted proxy, passed over$/,
    /^x-forwarded-for, last entry *127\.0\.0\.1 *Trusted proxy, passed over$/,
    /^x-forwarded-for, entry 2 from the right *198\.51\.100\.7 *Taken for you$/,
  ])
  await expect(panel).toContainText('A proxy you trust, 127.0.0.1, named it in the header x-forwarded-for.')
  await isAccessible(page)
})

test('a trusted proxy that sends no header is pointed out', async ({ account, from }) => {
  const { ana } = await account()
  const page = await from(null)
  await openAllowlist(page, ana)
  await expect(page.getByText('Look at this')).toBeVisible()
  const { panel, steps } = await open(page)
  await expect(steps).toHaveText([/127\.0\.0\.1 *Trusted proxy, taken for you$/])
  await expect(panel).toContainText('The trusted proxy 127.0.0.1 sent no header x-forwarded-for')
})

test('a proxy that nobody declared is pointed out, and everybody behind it', async ({ from, special }) => {
  const at = await special()
  const { ana, lena } = await at.seed.makeAccount({ agents: 1 })
  const page = await from(OFFICE, { at })
  await openAllowlist(page, ana)
  const { panel } = await open(page)
  await expect(panel).toContainText('The operator should set TRUSTED_PROXIES=127.0.0.1.')
  await isAccessible(page)

  const other = await from(null, { at })
  await signIn(other, lena)
  const direct = await from(null, { at })
  await openAllowlist(direct, ana)
  await expect(direct.getByText('There seems to be a proxy')).toHaveCount(0)
  const { panel: crowded } = await open(direct)
  await expect(crowded).toContainText('All 2 people who signed in lately came from 127.0.0.1')
})

test('a header that names nobody is shown as it was sent', async ({ account, from }) => {
  const { ana } = await account()
  const page = await from('<i>nonsense</i>')
  await openAllowlist(page, ana)
  const { panel, steps } = await open(page)
  await expect(steps.nth(1)).toHaveText(/<i>nonsense<\/i> *Not an address$/)
  await expect(panel).toContainText('CLIENT_IP_HEADER')
})
