import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { isIn, signOut } from '../fixtures/people'
import { expect, test } from '../fixtures/test'

test('whoever has the link from the terminal makes the account, and only once', async ({
  from,
  special,
  specialMail,
}) => {
  const mail = await specialMail()
  const at = await special({ SMTP_URL: mail.url })
  const page = await from(null, { at })

  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Set-up needs its link' })).toBeVisible()
  await isAccessible(page)
  expect((await page.goto('/setup'))?.status()).toBe(403)
  expect((await page.goto('/setup?code=wrong'))?.status()).toBe(403)
  await expect(page.getByRole('heading', { name: 'This set-up link is not valid' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Create account' })).toHaveCount(0)

  await page.goto(await at.setupLink())
  await expect(page.getByRole('definition').filter({ hasText: '127.0.0.1' })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('textbox', { name: 'Send a test mail to' }).fill('ana@example.com')
  await page.getByRole('button', { name: 'Send test mail' }).click()
  await expect(page.getByText('A mail has gone to ana@example.com.')).toBeVisible()
  expect((await mail.latest('ana@example.com')).text).toContain(at.url)

  await fillIn(page, 'ana@example.com', 'short')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(
    /at least 12 are needed/,
  )
  await expect(page.getByRole('textbox', { name: 'Company' })).toHaveValue('Northwind')
  await isAccessible(page)
  for (const [guessable, why] of [
    ['Password-2026!', /one of the most common passwords/],
    ['AnaSilva2026', /Leave yours out/],
  ] as const) {
    await fillIn(page, 'ana@example.com', guessable)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByRole('textbox', { name: 'Password' })).toHaveAccessibleDescription(why)
  }
  await fillIn(page, 'ana@example.com')
  await page.getByRole('button', { name: 'Create account' }).click()
  await isIn(page, 'IP Allowlist')
  await expect(page.getByText('Off: everyone can sign in from anywhere.')).toBeVisible()

  await signOut(page)
  expect((await page.goto(await at.setupLink()))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Set-up is closed' })).toBeVisible()
  await isAccessible(page)
})

test('where the output is kept, the command tells the link and the log does not', async ({
  from,
  special,
}) => {
  const at = await special({ PRINT_LINKS: 'terminal' })
  const page = await from(null, { at })
  await page.goto('/')
  await expect(page.getByText('gatehouse setup-link')).toBeVisible()
  expect(at.log.text()).toContain('Set up Gatehouse: run "gatehouse setup-link" here')
  const link = (await at.cli('setup-link')).trim()
  expect(at.log.text()).not.toContain(new URL(link).searchParams.get('code'))
  await page.goto(link)
  await fillIn(page, 'ana@example.com')
  await page.getByRole('button', { name: 'Create account' }).click()
  await isIn(page, 'IP Allowlist')
  await expect(at.cli('setup-link')).rejects.toThrow(/There is an account already, so set-up is closed/)
})

test('two people racing for the set-up make one account', async ({ from, special }) => {
  const at = await special()
  const pages = await Promise.all([from(null, { at }), from(null, { at })])
  for (const [index, page] of pages.entries()) {
    await page.goto(await at.setupLink())
    await fillIn(page, `founder${index}@example.com`)
  }
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Create account' }).click()))
  const outcomes = await Promise.all(
    pages.map(async (page) => {
      const won = page.getByRole('heading', { name: 'IP Allowlist', level: 1 })
      const lost = page.getByText(/Set-up is closed/)
      await expect(won.or(lost).first()).toBeVisible()
      return (await won.isVisible()) ? 'won' : 'lost'
    }),
  )
  expect(outcomes.sort()).toEqual(['lost', 'won'])
  expect(JSON.parse(await at.cli('agent', 'list', '--json'))).toMatchObject({ agents: [{ role: 'ADMIN' }] })
})

async function fillIn(page: Page, email: string, password = 'correct horse battery staple'): Promise<void> {
  await page.getByRole('textbox', { name: 'Company' }).fill('Northwind')
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana Silva')
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
}
