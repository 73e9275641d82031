import { mainSwitch, newRangeDialog, openAllowlist, question } from '../fixtures/allowlist-screen'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { ADVANCED, AGENTS, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { askForLink } from '../fixtures/way-back'
import { shoot } from './looks'

const RANGES = [
  '198.51.100.0/24 Lisbon office',
  '203.0.113.64/27 Office VPN',
  '2001:db8:40::/48 Lisbon office, IPv6',
  '192.0.2.15 Night shift contractor',
  '192.0.2.128-192.0.2.191 Porto office',
]

test('sign-in', async ({ page, account }) => {
  await page.goto('/sign-in')
  await shoot(page, 'sign-in')
  const { ana } = await account()
  await trySignIn(page, { ...ana, password: 'not the password' })
  await expect(page.getByText('Email or password is incorrect.')).toBeVisible()
  await shoot(page, 'sign-in-wrong')
})

test('set-up', async ({ special, from }) => {
  const server = await special()
  const page = await from(null, { at: server })
  await page.goto(await server.setupLink())
  await shoot(page, 'setup')
  await page.getByRole('button', { name: /set up|create/i }).click()
  await shoot(page, 'setup-wrong')
  await page.goto('/setup?code=wrong')
  await shoot(page, 'setup-closed')
})

test('IP allowlist', async ({ page, account, gatehouse }) => {
  const empty = await account()
  await openAllowlist(page, empty.ana)
  await shoot(page, 'allowlist-empty')
  await page.getByRole('button', { name: 'New IP Range' }).first().click()
  await newRangeDialog(page).getByRole('textbox', { name: 'Start IP' }).fill('300.1.1.1')
  await newRangeDialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(newRangeDialog(page).getByText(/300\.1\.1\.1 is not an IP address/)).toBeVisible()
  await shoot(page, 'allowlist-new-range-wrong')
  await newRangeDialog(page).getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0/24')
  await expect(newRangeDialog(page).getByText('256 addresses')).toBeVisible()
  await shoot(page, 'allowlist-new-range')

  const full = await account({ admins: 3, ranges: RANGES, allowlistEnabled: true, mobileEnforced: true })
  await gatehouse.seed.expireRange(full.id, '192.0.2.15')
  await page.context().clearCookies()
  await openAllowlist(page, full.ana)
  await shoot(page, 'allowlist-full')
  await page.goto(ADVANCED)
  await shoot(page, 'allowlist-advanced')
})

test('lock-out question', async ({ from, account }) => {
  const { ana } = await account({ ranges: RANGES })
  const page = await from(HOTEL)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await expect(question(page)).toBeVisible()
  await shoot(page, 'allowlist-lock-out')
})

test('agents', async ({ page, account }) => {
  const { ana } = await account({
    admins: 2,
    agents: [{ managesSecurity: true }, { managesAgents: true }, {}, {}],
  })
  await signIn(page, ana, AGENTS)
  await isIn(page, 'Agents')
  await shoot(page, 'agents')
  await page.getByRole('button', { name: 'Add agent' }).click()
  await shoot(page, 'agents-add')
})

test('agent console and 403', async ({ page, account }) => {
  const { lena } = await account({ agents: 1, ranges: RANGES, allowlistEnabled: true })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  await shoot(page, 'agent-console')
  await page.goto(ALLOWLIST)
  await expect(
    page.getByText('You don’t have permission').or(page.getByText("You don't have permission")).first(),
  ).toBeVisible()
  await shoot(page, 'forbidden')
  await page.goto('/nowhere')
  await shoot(page, 'not-found')
})

test('refused', async ({ from, account, mailbox }) => {
  const { lena, ana } = await account({ admins: 2, agents: 1, ranges: RANGES, allowlistEnabled: true })
  const page = await from(HOTEL)
  await signIn(page, lena)
  await isRefused(page, HOTEL)
  await shoot(page, 'blocked-agent')

  const admin = await from(HOTEL)
  await signIn(admin, ana)
  await isRefused(admin, HOTEL)
  await shoot(admin, 'blocked-admin')
  const asked = await from(HOTEL)
  const link = await askForLink(asked, ana, mailbox)
  await expect(asked.getByText(/We sent an authorization link/)).toBeVisible()
  await shoot(asked, 'blocked-admin-sent')

  const elsewhere = await from(OFFICE)
  await elsewhere.goto(link)
  await shoot(elsewhere, 'link-other-browser')
  const same = await asked.context().newPage()
  await same.goto(link)
  await shoot(same, 'link-same-browser')
  await same.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(same.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await shoot(same, 'link-authorized')
  await expect(asked.getByRole('button', { name: 'Continue' })).toBeVisible()
  await shoot(asked, 'blocked-admin-allowed')
  await elsewhere.reload()
  await shoot(elsewhere, 'link-used')
  await elsewhere.goto('/authorize-ip/unknown')
  await shoot(elsewhere, 'link-unknown')
})
