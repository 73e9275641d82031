import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { enterRange, openAllowlist, says } from '../fixtures/allowlist-screen'
import { isIn, signIn } from '../fixtures/people'
import { AUDIT_LOG } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

function row(page: Page, ...words: string[]) {
  return words.reduce((rows, word) => rows.filter({ hasText: word }), page.getByRole('row'))
}

test('an admin reads who changed what, from where, and how it was before', async ({ account, page }) => {
  const { ana } = await account()
  await openAllowlist(page, ana)
  await enterRange(page, { start: '198.51.100.0/24', description: 'Office' })
  await says(page, 'added')
  await page.getByRole('button', { name: 'Edit 198.51.100.0/24' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit 198.51.100.0/24' })
  await edit.getByRole('textbox', { name: 'Description' }).fill('Office Berlin')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit).toHaveCount(0)

  const navigation = page.getByRole('navigation', { name: 'Global Settings' })
  await navigation.getByRole('link', { name: 'Audit Log' }).click()
  await isIn(page, 'Audit Log')
  const edited = row(page, `${ana.name} edited the range 198.51.100.0/24`)
  await expect(edited).toContainText('Description: from Office → to Office Berlin')
  await expect(edited).toContainText('On the web')
  await expect(edited).toContainText('198.51.100.7')
  await expect(edited.getByRole('time')).toHaveAttribute('datetime', /Z$/)
  await expect(row(page, `${ana.name} added the range`)).toContainText('Origin: entered by hand')
  await expect(row(page, 'Operator made the account')).toContainText('At the command line')
  await isAccessible(page)

  await page.getByRole('textbox', { name: 'Who did it' }).fill('ana')
  await page.getByRole('combobox', { name: 'Change' }).selectOption('Range edited')
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/person=ana&action=range\.edited/)
  await expect(row(page, 'edited the range')).toHaveCount(1)
  await expect(row(page, 'added the range')).toHaveCount(0)

  await page.goto(`${AUDIT_LOG}?person=ana&from=24.11.2026`)
  const day = page.getByRole('textbox', { name: 'First day (UTC)' })
  await expect(day).toHaveValue('24.11.2026')
  await expect(day).toHaveAccessibleDescription(/is not a day\. Enter one like 2026-11-24\./)
  await expect(page.getByRole('textbox', { name: 'Who did it' })).toHaveValue('ana')
  await isAccessible(page)
})

test('the log is taken along as CSV and as JSON, and that is written down', async ({ account, page }) => {
  const { ana } = await account({ ranges: ['198.51.100.0/24 =1+1', '203.0.113.9'] })
  await signIn(page, ana, `${AUDIT_LOG}?action=range`)
  const take = async (format: 'CSV' | 'JSON') => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: `Download ${format}` }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toBe(`audit-log.${format.toLowerCase()}`)
    return readFile((await download.path()) ?? '', 'utf8')
  }
  const csv = (await take('CSV')).trim().split('\r\n')
  expect(csv).toHaveLength(3)
  expect(csv[1]).toMatch(
    /^\d+,.+Z,Operator,At the command line,,Range added,Operator added the range 203\.0\.113\.9,/,
  )
  const json = JSON.parse(await take('JSON'))
  expect(json).toMatchObject([
    { action: 'range.added', subjectName: '203.0.113.9', via: 'cli' },
    { action: 'range.added', subjectName: '198.51.100.0/24', after: { description: '=1+1' } },
  ])
  expect(json[0].previousHash).toBe(json[1].hash)
  await page.goto(AUDIT_LOG)
  await expect(row(page, `${ana.name} downloaded the Audit Log`)).toHaveCount(2)

  await page.goto(`${AUDIT_LOG}?action=range`)
  await page.context().clearCookies()
  await page.getByRole('link', { name: 'Download CSV' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`to=${encodeURIComponent(`${AUDIT_LOG}?action=range`)}$`))
})

test('the operator finds the row that somebody changed in the database', async ({ account, gatehouse }) => {
  const { id, name } = await account({ ranges: ['198.51.100.0/24'] })
  expect(await gatehouse.cli('audit', 'verify', '--account', id)).toContain(
    `"${name}": 3 rows, all as written.`,
  )
  await gatehouse.seed.tamperWithAudit(id, 2, 'Somebody else')
  const failed = gatehouse.cli('audit', 'verify', '--account', id)
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/1 problem in 3 rows\.\n {2}Row 2 \(.+\) is not as it was written\./),
  })
})
