import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { question, rowOf, says } from '../fixtures/allowlist-screen'
import { signInByKeyboard, tabTo } from '../fixtures/keyboard'
import { isIn, signIn, signOut } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import type { Person } from '../seeder/account'

const IMPORT = `${ALLOWLIST}/import`

async function openImport(page: Page, person: Person): Promise<void> {
  await signIn(page, person, IMPORT)
  await isIn(page, 'Import ranges')
}

const ranges = (page: Page): Locator => page.getByRole('textbox', { name: 'Ranges' })
const preview = (page: Page): Locator => page.getByRole('region', { name: 'What it would do' })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a pasted list: what is wrong stays beside its line, and who would be refused is let in with it', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1, allowlistEnabled: true })
  const elsewhere = await from(HOTEL)
  await signIn(elsewhere, lena)
  await signIn(page, ana, ALLOWLIST)
  await page.getByRole('link', { name: 'Import' }).click()
  await isIn(page, 'Import ranges')
  await isAccessible(page)
  await ranges(page).fill('# Offices')
  await press(page, 'Preview')
  await expect(ranges(page)).toHaveAccessibleDescription(/^Enter at least one range\./)
  await expect(ranges(page)).toBeFocused()
  const pasted = `198.51.100.7/24 # Office\n192.0.2.10 - 192.0.2.20\n\n192.0.2.1,192.0.2.300`
  await ranges(page).fill(pasted)
  await press(page, 'Preview')
  await expect(ranges(page)).toBeFocused()
  await expect(ranges(page)).toHaveAccessibleDescription(/^2 lines can’t be read/)
  await expect(ranges(page)).toHaveValue(pasted)
  const wrong = page.getByRole('list', { name: 'Lines that can’t be read' }).getByRole('listitem')
  await expect(wrong).toContainText([/Line 1.*Did you mean 198\.51\.100\.0\/24\?/, /Line 4.*from 0 to 255/])
  await isAccessible(page)
  await press(page, 'Line 4')
  await page.keyboard.type('192.0.2.1,192.0.2.9,Desk')
  await expect(wrong).toHaveCount(1)
  await press(page, 'Line 1')
  await page.keyboard.type('198.51.100.0/24 # Office')
  await expect(wrong).toHaveCount(0)
  await press(page, 'Preview')
  await expect(preview(page)).toContainText('3 ranges will be added.')
  await expect(preview(page).getByText('What it would do')).toBeFocused()
  const headline = '1 of 2 people who signed in during the last 30 days would be refused.'
  await expect(preview(page)).toContainText(headline)
  await isAccessible(page)
  const who = preview(page).getByRole('listitem').filter({ hasText: lena.name })
  await who.getByRole('button', { name: `Add this address ${HOTEL}` }).click()
  const fine = page.getByText('All 2 people who signed in during the last 30 days would get in.')
  await expect(fine).toBeFocused()
  await expect(ranges(page)).toHaveValue(new RegExp(`Desk\n${HOTEL} # ${lena.name}\n$`))
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
  await press(page, 'Import 4 ranges')
  await says(page, '4 ranges were added.')
  const onward = page.getByRole('link', { name: 'Show the IP Allowlist' })
  await expect(onward).toBeFocused()
  await onward.click()
  await expect(rowOf(page, HOTEL)).toContainText(lena.name)
  await expect(rowOf(page, '192.0.2.1')).toContainText('Desk')
})

test('a file whose ranges would shut out who brings it asks first, and names what adds nothing', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account({ allowlistEnabled: true })
  await openImport(page, ana)
  const lines = ['CIDR;Comment;Owner', '203.0.113.0/24;Büro;x', '203.0.113.0/24;;', '::/0;Everything;']
  const file = (text: string) => ({
    name: 'offices.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text, 'latin1'),
  })
  await page.getByLabel('Choose a file').setInputFiles(file(lines.join('\r\n')))
  await says(page, 'offices.csv was read.')
  await press(page, 'Preview')
  await expect(preview(page)).toContainText('2 ranges will be added. 1 line repeats an earlier one.')
  await expect(preview(page)).toContainText('Columns that are not read: Owner.')
  await preview(page).getByText('1 line adds nothing').click()
  await expect(preview(page).getByRole('listitem')).toContainText(['Line 3: 203.0.113.0/24 stands in line 2'])
  await press(page, 'Import 2 ranges')
  await question(page, 'This lets every address in').getByRole('button', { name: 'Cancel' }).click()
  await page.getByLabel('Choose a file').setInputFiles(file(lines.slice(0, 3).join('\r\n')))
  await expect(preview(page)).toBeHidden()
  await press(page, 'Preview')
  await press(page, 'Import 1 range')
  await expect(question(page)).toContainText(OFFICE)
  expect(await gatehouse.seed.rangesOf(id)).toEqual([])
  await question(page).getByRole('button', { name: 'Add my current IP and import' }).click()
  await says(page, `1 range was added. 1 line repeats an earlier one. ${OFFICE} is on the list.`)
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE, '203.0.113.0/24'])

  await page.getByRole('link', { name: 'Show the IP Allowlist' }).click()
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export' }).click()
  const exported = await readFile((await (await waiting).path()) ?? '', 'utf8')
  expect(exported.split('\r\n')).toEqual([
    'Start IP,End IP,Description,Expires',
    `${OFFICE},${OFFICE},"${ana.name}’s IP, added along with a change",`,
    '203.0.113.0,203.0.113.255,Büro,',
    '',
  ])
  await page.getByRole('link', { name: 'Import' }).click()
  await ranges(page).fill(exported)
  await press(page, 'Preview')
  await expect(preview(page)).toContainText('No range will be added. 2 are on the list already')
})

test('as long a list as is taken goes there and back whole, and a longer one is refused in words', async ({
  account,
  page,
}) => {
  const { ana } = await account({})
  await openImport(page, ana)
  const lines = Array.from({ length: 10_000 }, (_, at) => `10.0.${at >> 8}.${at & 255} # ${'x'.repeat(80)}`)
  const choose = (text: string) =>
    page
      .getByLabel('Choose a file')
      .setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await choose([...lines, 'Office'].join('\n'))
  await expect(page.getByText('The list has 10,001 lines. Import at most 10,000 at a time.')).toBeVisible()
  await choose(lines.join('\n'))
  await press(page, 'Preview')
  await expect(preview(page)).toContainText('10,000 ranges will be added.')
  await press(page, 'Import 10,000 ranges')
  await says(page, '10,000 ranges were added.')
})

test('with the keyboard alone', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account({ ranges: ['192.0.2.1 Desk'] })
  await signInByKeyboard(page, ana, IMPORT)
  await isIn(page, 'Import ranges')
  await tabTo(page, ranges(page))
  await page.keyboard.insertText('192.0.2.1\n192.0.2.2 # Desk')
  await tabTo(page, page.getByRole('button', { name: 'Preview' }))
  await page.keyboard.press('Enter')
  await expect(preview(page).getByText('What it would do')).toBeFocused()
  await expect(preview(page)).toContainText(
    '1 range will be added. 1 is on the list already and stays as it is.',
  )
  await tabTo(page, page.getByRole('button', { name: 'Import 1 range' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('link', { name: 'Show the IP Allowlist' })).toBeFocused()
  await page.keyboard.press('Enter')
  await isIn(page, 'IP Allowlist')
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual(['192.0.2.1', '192.0.2.2'])
})

test('without scripts', async ({ account, from, gatehouse }) => {
  const { id, ana } = await account({})
  const page = await from(OFFICE, { javaScriptEnabled: false })
  await openImport(page, ana)
  await ranges(page).fill('192.0.2.1\n192.0.2.1/24')
  await press(page, 'Preview')
  await expect(page.getByRole('listitem').filter({ hasText: 'Line 2' })).toContainText('192.0.2.0/24?')
  await ranges(page).fill('192.0.2.1\n192.0.2.0/24')
  await press(page, 'Preview')
  await expect(preview(page)).toContainText('2 ranges will be added.')
  await press(page, 'Import 2 ranges')
  await says(page, '2 ranges were added.')
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(2)
})

test('what was typed is still there after the browser went back, and gone once it is imported', async ({
  account,
  page,
}) => {
  const { ana } = await account({ ranges: [`${OFFICE} Office`] })
  await signIn(page, ana, ALLOWLIST)
  await page.getByRole('link', { name: 'Import' }).click()
  await isIn(page, 'Import ranges')
  const typed = '192.0.2.0/28 # Lab\n192.0.2.77'
  await ranges(page).fill(typed)
  await page.goBack()
  await isIn(page, 'IP Allowlist')
  await page.goForward()
  await isIn(page, 'Import ranges')
  await expect(ranges(page)).toHaveValue(typed)
  await page.reload()
  await expect(ranges(page)).toHaveValue(typed)
  await press(page, 'Preview')
  await press(page, 'Import 2 ranges')
  await says(page, '2 ranges were added.')
  await page.goBack()
  await isIn(page, 'IP Allowlist')
  await page.goForward()
  await isIn(page, 'Import ranges')
  await expect(ranges(page)).toHaveValue('')
})

test('“Cancel” drops what was typed, and a colleague at the same browser never sees it', async ({
  account,
  page,
}) => {
  const { ana, marcus } = await account({ admins: 2, ranges: [`${OFFICE} Office`] })
  await openImport(page, ana)
  await ranges(page).fill('192.0.2.0/28 # Lab')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await isIn(page, 'IP Allowlist')
  await page.getByRole('link', { name: 'Import' }).click()
  await isIn(page, 'Import ranges')
  await expect(ranges(page)).toHaveValue('')
  await ranges(page).fill('192.0.2.0/28 # Laboratory')
  await signOut(page)
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('Laboratory')
  await openImport(page, marcus)
  await expect(ranges(page)).toHaveValue('')
})
