import { isAccessible } from '../fixtures/accessibility'
import {
  mainSwitch,
  newRangeDialog,
  openAllowlist,
  question,
  rowOf,
  says,
} from '../fixtures/allowlist-screen'
import { cookieOf, send } from '../fixtures/http'
import { isIn, signIn } from '../fixtures/people'
import { ADVANCED, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('before turning on, an admin sees who would be refused, and lets them in', async ({
  account,
  from,
  page,
}) => {
  const { ana, lena } = await account({ agents: 1, ranges: ['198.51.100.0/24 Office'] })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await openAllowlist(page, ana)
  const line = 'Turned on now: 1 of 2 people who signed in during the last 30 days would be refused.'
  await page.getByText(line).click()
  const who = page.getByRole('listitem').filter({ hasText: lena.name })
  await expect(who).toContainText(HOTEL)
  await isAccessible(page)
  await who.getByRole('button', { name: `Add this address ${HOTEL}` }).click()
  await says(page, `${HOTEL} is on the list now.`)
  const after = page.getByText(
    'Turned on now: all 2 people who signed in during the last 30 days would get in.',
  )
  await expect(after).toBeVisible()
  await expect(after).toBeFocused()
  await expect(rowOf(page, HOTEL)).toContainText(lena.name)
  await mainSwitch(page).click()
  await expect(mainSwitch(page)).toBeChecked()
  await expect(page.getByText(/^Turned on now/)).toHaveCount(0)
})

test('turning on from outside the list names the others, too', async ({ account, from, page }) => {
  const { ana, lena } = await account({ agents: 1, ranges: ['192.0.2.0/24 Berlin'] })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await expect(question(page)).toContainText('2 of 2 people who signed in during the last 30 days')
  await expect(question(page).getByRole('listitem').filter({ hasText: lena.name })).toContainText(HOTEL)
  await isAccessible(page)
})

test('a range shows while it is typed who would be refused', async ({ account, from, page, gatehouse }) => {
  const { id, ana, lena } = await account({ agents: 1, allowlistEnabled: true })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'New IP Range' }).first().click()
  const dialog = newRangeDialog(page)
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0/24')
  await expect(dialog).toContainText('1 of 2 people who signed in during the last 30 days would be refused.')
  await expect(dialog.getByRole('listitem')).toContainText(`${lena.name} ${HOTEL}`)
  await isAccessible(page)
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0 - 203.0.113.255')
  await expect(dialog).toContainText('All 2 people who signed in during the last 30 days would get in.')
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('198.51.100')
  await expect(dialog.getByText(/people who signed in/)).toHaveCount(0)
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
})

test('an edit that narrows a range names who falls out of it, who can be let in at once', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({
    ...{ agents: 1, allowlistEnabled: true },
    ranges: ['198.51.100.0/24 Office', '203.0.113.0/24 Hotels'],
  })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Edit 203.0.113.0/24' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit 203.0.113.0/24' })
  await expect(dialog.getByText(/people who signed in/)).toHaveCount(0)
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('203.0.113.128')
  await expect(dialog).toContainText('1 of 2 people')
  await dialog.getByRole('button', { name: `Add this address ${HOTEL}` }).click()
  const fine = dialog.getByText('All 2 people who signed in during the last 30 days would get in.')
  await expect(fine).toBeVisible()
  await expect(fine).toBeFocused()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([
    '198.51.100.0/24',
    HOTEL,
    '203.0.113.128/25',
  ])
})

test('disabling and deleting a range that a colleague came from asks first', async ({
  account,
  from,
  page,
}) => {
  const { ana, lena } = await account({
    ...{ agents: 1, allowlistEnabled: true },
    ranges: ['198.51.100.0/24 Office', `${HOTEL} Hotel`, '192.0.2.1 Spare'],
  })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'Disable 192.0.2.1' }).click()
  await says(page, '192.0.2.1 (Spare) is disabled.')

  await page.getByRole('button', { name: `Disable ${HOTEL}` }).click()
  const asked = page.getByRole('alertdialog', { name: `Disable ${HOTEL} (Hotel)?` })
  await expect(asked).toContainText('1 of 2 people who signed in during the last 30 days would be refused.')
  await expect(asked.getByRole('listitem')).toContainText(lena.name)
  await isAccessible(page)
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(rowOf(page, HOTEL)).toContainText('Active')
  await expect(page.getByRole('button', { name: `Disable ${HOTEL}` })).toBeFocused()
  await page.getByRole('button', { name: `Delete ${HOTEL}` }).click()
  await expect(page.getByRole('alertdialog')).toContainText('1 of 2 people')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Disable ${HOTEL}` }).click()
  await asked.getByRole('button', { name: 'Disable' }).click()
  await says(page, `${HOTEL} (Hotel) is disabled.`)
  await expect(rowOf(page, HOTEL)).toContainText('Disabled')
})

test('asking the list for the mobile app, too, names who would be refused there', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  await gatehouse.seed.plantSignIns(id, [{ agentId: lena.id, address: HOTEL, surface: 'MOBILE' }])
  await openAllowlist(page, ana, ADVANCED)
  await page.getByText('Turned on now: 1 of 2 people who signed in').click()
  await expect(page.getByRole('listitem').filter({ hasText: lena.name })).toContainText('Mobile app')
  await isAccessible(page)
})

test('nobody without Manage Security learns who signed in from where', async ({
  account,
  from,
  gatehouse,
}) => {
  const { lena } = await account({ agents: [{ managesAgents: true }], ranges: [OFFICE] })
  const page = await from(OFFICE)
  await signIn(page, lena, '/agent-console')
  await isIn(page, 'Agent Console')
  const ask = `${gatehouse.url}${ALLOWLIST}/impact?change=add&start=192.0.2.1`
  const headers = { cookie: await cookieOf(page), 'x-forwarded-for': OFFICE }
  expect(await send(ask, { headers })).toMatchObject({ status: 403, text: 'null' })
  expect((await send(ask)).status).toBe(307)
})
