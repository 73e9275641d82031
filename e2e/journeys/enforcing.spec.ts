import { isAccessible } from '../fixtures/accessibility'
import {
  enterRange,
  mainSwitch,
  newRangeDialog,
  openAllowlist,
  rowOf,
  says,
} from '../fixtures/allowlist-screen'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ADVANCED, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('turned on with an empty list it warns and admits everyone', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1 })
  await openAllowlist(page, ana)
  await isAccessible(page)
  await mainSwitch(page).click()
  await expect(mainSwitch(page)).toBeChecked()
  await expect(page.getByText(/Until you add a range, everyone can sign in\./)).toBeVisible()
  await isAccessible(page)
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await isIn(elsewhere, 'Agent Console')
  expect(await gatehouse.seed.signInsOf(id)).toMatchObject([
    { because: 'allowlist-off' },
    { because: 'list-empty', surface: 'AGENT_CONSOLE', outcome: 'admitted', address: HOTEL },
  ])
})

test('an admin adds ranges, turns the list on, and an agent from elsewhere is refused', async ({
  account,
  from,
  page,
  mailbox,
  gatehouse,
}) => {
  const { id, ana, marcus, lena } = await account({ admins: 2, agents: 1 })
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  await newRangeDialog(page).getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0/24')
  await expect(newRangeDialog(page).getByText('256 addresses')).toBeVisible()
  await isAccessible(page)
  await newRangeDialog(page).getByRole('textbox', { name: 'Description' }).fill('Office')
  await newRangeDialog(page).getByRole('button', { name: 'Save' }).click()
  await says(page, '198.51.100.0/24 was added.')
  await enterRange(page, { start: '2001:db8::1', end: '2001:db8::ff', description: 'Lab' })
  await expect(rowOf(page, '2001:db8::1')).toContainText('255')
  await expect(page.getByText('Covered by Office (198.51.100.0/24)')).toBeVisible()
  await mainSwitch(page).click()
  await expect(page.getByText('On: sign-in only from 2 ranges. Mobile app: from anywhere.')).toBeVisible()
  await isAccessible(page)
  const told = await mailbox.latest(marcus.email, /was turned on$/)
  expect(told.text).toContain('Ana Silva turned the IP allowlist')
  await mailbox.none(ana.email, id)

  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await isRefused(elsewhere, HOTEL)
  await expect(elsewhere.getByText('Contact your admins to get access from this network.')).toBeVisible()
  for (const admin of [ana, marcus]) {
    await expect(elsewhere.getByText(admin.name)).toBeVisible()
    const link = elsewhere.getByRole('link', { name: admin.email })
    await expect(link).toHaveAttribute('href', `mailto:${admin.email}`)
  }
  await expect(elsewhere.getByText(/198\.51\.100/)).toHaveCount(0)
  await isAccessible(elsewhere)
  const refused = await mailbox.latest(lena.email, /^Your password was used at /)
  expect(refused.text).toContain(`IP address: ${HOTEL}`)
  await elsewhere.getByRole('button', { name: 'Try again' }).click()
  await says(elsewhere, /Still not allowed at/)
  expect((await elsewhere.goto('/agent-console'))?.status()).toBe(403)
  expect(await gatehouse.seed.sessionsOf(lena.id)).toEqual([])

  const office = await from('198.51.100.200')
  await signIn(office, lena)
  await isIn(office, 'Agent Console')
  const attempts = await gatehouse.seed.signInsOf(id)
  expect(attempts.at(1)).toMatchObject({ outcome: 'refused', because: 'not-listed', address: HOTEL })
  expect(attempts.at(-1)).toMatchObject({ because: 'listed', rangeText: '198.51.100.0/24' })
})

test('the refused are told the contact address instead, when there is one', async ({
  account,
  from,
  page,
}) => {
  const { ana, lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  await openAllowlist(page, ana, ADVANCED)
  await page.getByRole('textbox', { name: 'Contact e-mail' }).fill('it@northwind.example')
  await page.getByRole('button', { name: 'Save contact' }).click()
  await says(page, 'it@northwind.example')
  await isAccessible(page)
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await expect(elsewhere.getByRole('link', { name: 'it@northwind.example' })).toBeVisible()
  await expect(elsewhere.getByText(ana.email)).toHaveCount(0)
})

test('a list whose ranges are disabled or expired does not fall open', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  await gatehouse.seed.expireRange(id, OFFICE)
  const page = await from(OFFICE)
  await signIn(page, lena)
  await isRefused(page, OFFICE)
})

test('turning on can end the sessions outside the list', async ({ account, from, page, gatehouse }) => {
  const { ana, lena, sam } = await account({ agents: 2, ranges: ['198.51.100.0/24'] })
  const away = await from(HOTEL)
  await signIn(away, lena)
  const inside = await from('198.51.100.50')
  await signIn(inside, sam)
  await openAllowlist(page, ana)
  await page.getByRole('checkbox', { name: 'End 1 session outside the list' }).check()
  await isAccessible(page)
  await mainSwitch(page).click()
  await says(page, '1 session was ended.')
  expect(await gatehouse.seed.sessionsOf(lena.id)).toMatchObject([{ endedBecause: 'outside-list' }])
  expect(await gatehouse.seed.sessionsOf(sam.id)).toMatchObject([{ endedAt: null }])
  await away.goto('/agent-console')
  await expect(away).toHaveURL(/\/sign-in/)
})

test('turning on ends nobody’s session by itself', async ({ account, from, page }) => {
  const { ana, lena } = await account({ agents: 1, ranges: ['198.51.100.0/24'] })
  const away = await from(HOTEL)
  await signIn(away, lena)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await expect(mainSwitch(page)).toBeChecked()
  await away.goto('/agent-console')
  await isIn(away, 'Agent Console')
  await expect(away.getByText('after signing out you may not get in again from this network')).toBeVisible()
})

test('a list of ten thousand ranges lets in who is on it, and nobody else', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, lena } = await account({ agents: 1 })
  await gatehouse.seed.fillRanges(id, 10_500)
  await gatehouse.seed.setSwitches(id, { allowlistEnabled: true })
  const listed = await from('198.18.82.6')
  await signIn(listed, lena)
  await isIn(listed, 'Agent Console')
  const between = await from('198.18.82.7')
  await signIn(between, lena)
  await isRefused(between, '198.18.82.7')
})
