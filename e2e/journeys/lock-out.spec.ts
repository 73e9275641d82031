import { isAccessible } from '../fixtures/accessibility'
import {
  enterRange,
  mainSwitch,
  newRangeDialog,
  openAllowlist,
  question,
  rowOf,
  says,
} from '../fixtures/allowlist-screen'
import { ADVANCED, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const ELSEWHERE = { ranges: ['203.0.113.0/24 Berlin'] }
const ON = { allowlistEnabled: true }
const NOT_FROM_HERE =
  /Your current IP 198\.51\.100\.7 would be refused\. You stay signed in for now, but can't sign in again from here/

test('turning on while outside the list asks first, and “Cancel” leaves it off', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account(ELSEWHERE)
  await openAllowlist(page, ana)
  await expect(page.getByText('Not covered')).toBeVisible()
  await mainSwitch(page).click()
  await expect(question(page)).toContainText(NOT_FROM_HERE)
  await expect(question(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  await isAccessible(page)
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(question(page)).toBeHidden()
  await expect(mainSwitch(page)).toBeFocused()
  await expect(mainSwitch(page)).not.toBeChecked()
  expect((await gatehouse.seed.auditOf(id)).map(({ action }) => action)).not.toContain('allowlist.turned_on')
})

test('“Add my current IP and turn on” does both', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account(ELSEWHERE)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await question(page).getByRole('button', { name: 'Add my current IP and turn on' }).click()
  await says(page, `The IP Allowlist is on. ${OFFICE} is on the list.`)
  await expect(mainSwitch(page)).toBeChecked()
  await expect(rowOf(page, OFFICE)).toContainText('Ana Silva')
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE, '203.0.113.0/24'])
})

test('“Turn on anyway” turns on and nothing else', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account(ELSEWHERE)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, 'The IP Allowlist is on.')
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual(['203.0.113.0/24'])
})

test('the first range of a list that is on is caught when it leaves you out', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account(ON)
  await openAllowlist(page, ana)
  await enterRange(page, { start: '203.0.113.0/24', description: 'Berlin' })
  await expect(question(page)).toContainText(NOT_FROM_HERE)
  await isAccessible(page)
  await question(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(newRangeDialog(page).getByRole('textbox', { name: 'Start IP' })).toHaveValue('203.0.113.0/24')
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
  await newRangeDialog(page).getByRole('button', { name: 'Save' }).click()
  await question(page).getByRole('button', { name: 'Add my current IP and save' }).click()
  await says(page, '203.0.113.0/24 was added.')
  await expect(rowOf(page, OFFICE)).toBeVisible()
  await expect(rowOf(page, '203.0.113.0')).toBeVisible()
})

test('edit, disable, expiry and delete are caught the same way', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account({ ...ON, ranges: ['198.51.100.0/24 Office', '203.0.113.0/24 Berlin'] })
  const state = async () =>
    (await gatehouse.seed.rangesOf(id)).map(({ text, enabled, expiresAt }) => [text, enabled, expiresAt])
  await openAllowlist(page, ana)
  const before = await state()
  const row = rowOf(page, '198.51.100.0')
  const cancel = () => question(page).getByRole('button', { name: 'Cancel' }).click()

  await row.getByRole('button', { name: 'Disable 198.51.100.0/24' }).click()
  await expect(question(page)).toContainText(NOT_FROM_HERE)
  await cancel()

  await row.getByRole('button', { name: 'Edit 198.51.100.0/24' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit 198.51.100.0/24' })
  await isAccessible(page)
  await edit.getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.128/25')
  await edit.getByRole('textbox', { name: 'End IP' }).fill('')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(question(page)).toContainText(NOT_FROM_HERE)
  await cancel()
  await edit.getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0/24')
  await edit.getByRole('combobox', { name: 'Expires' }).selectOption('In 24 hours')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(question(page)).toContainText('would be refused, at the latest when the range expires.')
  await cancel()
  await edit.getByRole('button', { name: 'Cancel' }).click()

  await row.getByRole('button', { name: 'Delete 198.51.100.0/24' }).click()
  const sure = page.getByRole('alertdialog', { name: 'Delete 198.51.100.0/24 (Office)?' })
  await expect(sure.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await isAccessible(page)
  await sure.getByRole('button', { name: 'Delete' }).click()
  await expect(question(page)).toContainText(NOT_FROM_HERE)
  await expect(question(page).getByRole('button', { name: 'Cancel' })).toBeFocused()
  expect(await state()).toEqual(before)
  await question(page).getByRole('button', { name: 'Save anyway' }).click()
  await says(page, '198.51.100.0/24 (Office) was deleted.')
  await expect(row).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeFocused()
  await page.getByRole('button', { name: /^Undo now/ }).click()
  await says(page, 'Undone.')
  await expect(row).toHaveCount(1)
})

test('a change that takes your own address off does not offer to add it', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account({ ...ON, ranges: [`${OFFICE} Home`, '203.0.113.0/24 Berlin'] })
  await openAllowlist(page, ana)
  await rowOf(page, OFFICE)
    .getByRole('button', { name: `Disable ${OFFICE}` })
    .click()
  await expect(question(page)).toContainText('would be refused, since this range is that address.')
  await expect(question(page).getByRole('button', { name: /^Add my current IP/ })).toHaveCount(0)
  await isAccessible(page)
  await question(page).getByRole('button', { name: 'Save anyway' }).click()
  await says(page, `${OFFICE} (Home) is disabled.`)
  expect(await gatehouse.seed.rangesOf(id)).toMatchObject([
    { text: OFFICE, enabled: false },
    { enabled: true },
  ])
})

test('deleting the last range says that everyone can sign in again', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account({ ...ON, ranges: [`${OFFICE} Office`] })
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: `Delete ${OFFICE}` }).click()
  const sure = page.getByRole('alertdialog', { name: `Delete ${OFFICE} (Office)?` })
  await expect(sure).toContainText('While the list is empty, everyone can sign in from anywhere')
  await sure.getByRole('button', { name: 'Delete and let everyone in' }).click()
  await says(page, `${OFFICE} (Office) was deleted.`)
  await expect(page.getByText('No range is on the list yet')).toBeVisible()
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
})

test('“Check every request” asks first when it would shut you out with the next click', async ({
  account,
  page,
}) => {
  const { ana } = await account({ ...ELSEWHERE })
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, 'The IP Allowlist is on.')
  await page.goto(ADVANCED)
  const check = page.getByRole('switch', { name: 'Check every request' })
  await check.click()
  await expect(question(page)).toContainText('You would be shut out with your next click.')
  await isAccessible(page)
  await question(page).getByRole('button', { name: 'Add my current IP and save' }).click()
  await says(page, 'Check every request is on.')
  await expect(check).toBeChecked()
})

test('the server asks about the list as it is by then, not as the screen shows it', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account({ ranges: [OFFICE] })
  await openAllowlist(page, ana)
  await expect(page.getByText(`Covered by ${OFFICE}`)).toBeVisible()
  await gatehouse.cli('allowlist', 'remove', OFFICE, '--account', id)
  await gatehouse.cli('allowlist', 'add', '203.0.113.0/24', '--account', id)
  await mainSwitch(page).click()
  await expect(question(page)).toContainText(NOT_FROM_HERE)
})

test('a range of all addresses needs a confirmation', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account()
  await openAllowlist(page, ana)
  await enterRange(page, { start: '0.0.0.0/0' })
  const sure = question(page, 'This lets every address in')
  await expect(sure).toContainText('the whole internet would be on the list')
  await sure.getByRole('button', { name: 'Cancel' }).click()
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
})
