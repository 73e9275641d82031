import { isAccessible } from '../fixtures/accessibility'
import { enterRange, newRangeDialog, openAllowlist, says } from '../fixtures/allowlist-screen'
import { expect, test } from '../fixtures/test'

/** What is typed, the field that says what is wrong, and what it says. */
const TABLE: [start: string, end: string, field: 'Start IP' | 'End IP', words: RegExp][] = [
  ['300.1.1.1', '', 'Start IP', /each part goes from 0 to 255/],
  ['010.0.0.1', '', 'Start IP', /must not begin with 0|Did you mean 10\.0\.0\.1\?/],
  ['10/8', '', 'Start IP', /Did you mean 10\.0\.0\.0\/8\?/],
  ['10.0.0.9-10.0.0.1', '', 'Start IP', /ends before it starts/],
  ['10.0.0.9', '10.0.0.1', 'End IP', /End IP comes before Start IP/],
  ['1.2.3.4', '::1', 'End IP', /must both be IPv4 or both be IPv6/],
  ['', '', 'Start IP', /Enter an IP address/],
  ['198.51.100.1/24', '', 'Start IP', /Did you mean 198\.51\.100\.0\/24\?/],
  ['198.51.100.1-20', '', 'Start IP', /Did you mean 198\.51\.100\.1 - 198\.51\.100\.20\?/],
  ['192.0.2.1, 192.0.2.9', '', 'Start IP', /is more than one entry\. Enter one at a time, or import a list/],
  ['0x7f.1', '', 'Start IP', /is not an IP address/],
  ['fe80::1%eth0', '', 'Start IP', /leave out the zone|Did you mean fe80::1\?/],
  ['١٩٨.51.100.1', '', 'Start IP', /is not an IP address/],
]

test('each wrong range gets its error next to its field, keeps what was typed, and changes nothing', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account()
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  const dialog = newRangeDialog(page)
  const field = (name: string) => dialog.getByRole('textbox', { name })
  await field('Description').fill('Kept')
  for (const [start, end, wrong, words] of TABLE) {
    await field('Start IP').fill(start)
    await field('End IP').fill(end)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(field(wrong), `${start} ${end}`).toHaveAccessibleDescription(words)
    await expect(field(wrong)).toHaveAttribute('aria-invalid', 'true')
    await expect(field(wrong), `${start} ${end}`).toBeFocused()
    await expect(field('Start IP')).toHaveValue(start)
    await expect(field('End IP')).toHaveValue(end)
    await expect(field('Description')).toHaveValue('Kept')
  }
  await isAccessible(page)
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
})

test('a 10,000-character description and a duplicate are refused in words', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account({ ranges: ['198.51.100.0/24 Office'] })
  await openAllowlist(page, ana)
  const long = 'x'.repeat(10_000)
  await enterRange(page, { start: '192.0.2.1', description: long })
  const dialog = newRangeDialog(page)
  const description = dialog.getByRole('textbox', { name: 'Description' })
  await expect(description).toHaveAccessibleDescription(/at most 200 characters; this one has 10000/)
  await expect(description).toHaveValue(long)
  await description.fill('Again')
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill(' 198.51.100.0 - 198.51.100.255 ')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Start IP' })).toHaveAccessibleDescription(
    /198\.51\.100\.0\/24 is on the list already as Office\./,
  )
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(1)
})

test('an expiry that has passed is refused', async ({ account, page }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  const dialog = newRangeDialog(page)
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('192.0.2.1')
  await dialog.getByRole('combobox', { name: 'Expires' }).selectOption('On a date of your choice')
  const date = dialog.getByLabel('Date and time (UTC)')
  await date.fill('2020-01-31T18:00')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(date).toHaveAccessibleDescription(/This time has passed/)
  await expect(date).toHaveValue('2020-01-31T18:00')
  await isAccessible(page)
})

test('an edit that somebody overtook is a message, not an overwrite', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana, marcus } = await account({ admins: 2, ranges: ['198.51.100.0/24 Office'] })
  const first = await from('198.51.100.7')
  const second = await from('198.51.100.8')
  await openAllowlist(first, ana)
  await openAllowlist(second, marcus)
  for (const page of [first, second]) await page.getByRole('button', { name: 'Edit 198.51.100.0/24' }).click()
  const save = async (page: typeof first, description: string) => {
    const dialog = page.getByRole('dialog', { name: 'Edit 198.51.100.0/24' })
    await dialog.getByRole('textbox', { name: 'Description' }).fill(description)
    await dialog.getByRole('button', { name: 'Save' }).click()
    return dialog
  }
  await save(first, 'Office Berlin')
  await says(first, '198.51.100.0/24 (Office Berlin) was saved.')
  const late = await save(second, 'Office Hamburg')
  await expect(late.getByRole('alert')).toContainText('It now reads 198.51.100.0/24 (Office Berlin).')
  await expect(late.getByRole('textbox', { name: 'Description' })).toHaveValue('Office Hamburg')
  await isAccessible(second)
  expect(await gatehouse.seed.rangesOf(id)).toMatchObject([{ description: 'Office Berlin' }])
})
