import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { newRangeDialog, rowOf, says } from '../fixtures/allowlist-screen'
import { callMobile, send } from '../fixtures/http'
import { tabTo } from '../fixtures/keyboard'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { ALLOWLIST, AUDIT_LOG, HOTEL, OFFICE, SIGN_IN_LOG } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const SET_UP = { agents: 2, ranges: ['198.51.100.0/24 Office'], allowlistEnabled: true }

/** The row of the log that holds all of these words. */
function row(page: Page, ...words: string[]) {
  return words.reduce((rows, word) => rows.filter({ hasText: word }), page.getByRole('row'))
}

async function apply(page: Page) {
  await page.getByRole('button', { name: 'Filter' }).click()
}

async function textOf(download: Download): Promise<string> {
  return readFile((await download.path()) ?? '', 'utf8')
}

test('an admin finds out why somebody was refused, and lets them in', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana, lena, sam } = await account(SET_UP)
  const hotel = await from(HOTEL, { device: 'Firefox on Windows' })
  await signIn(hotel, lena)
  await isRefused(hotel, HOTEL)
  await trySignIn(await from(OFFICE), { ...sam, password: 'wrong wrong wrong' })
  await callMobile(gatehouse, 'sign-in', {
    json: { email: sam.email, password: sam.password, device: '<img src=x onerror=alert(1)>' },
    ip: '192.0.2.99',
  })

  const page = await from(OFFICE)
  await signIn(page, ana)
  await page
    .getByRole('navigation', { name: 'Global Settings' })
    .getByRole('link', { name: 'Sign-in Log' })
    .click()
  await isIn(page, 'Sign-in Log')
  await expect(row(page, ana.name)).toContainText('Signed in')
  await expect(row(page, ana.name)).toContainText('In 198.51.100.0/24')
  await expect(row(page, sam.name, 'Control Panel')).toContainText('Wrong password')
  await expect(row(page, sam.name, 'Mobile app')).toContainText('Not asked for the mobile app')
  // Text from outside is shown as it is, and is never markup.
  await expect(row(page, sam.name, 'Mobile app')).toContainText('<img src=x onerror=alert(1)>')
  await expect(row(page, lena.name)).toContainText('Refused: IP not allowed')
  await expect(row(page, lena.name)).toContainText('Firefox on Windows')
  await expect(row(page, lena.name).getByRole('time')).toHaveAttribute('datetime', /^\d{4}-.+Z$/)
  // The chart, for who can't see it.
  const today = page.getByRole('table', { name: 'Attempts per day, in UTC' }).getByRole('row').last()
  await expect(today.getByRole('cell')).toHaveText(['2', '1', '1'])
  await isAccessible(page)

  await row(page, lena.name).getByRole('link', { name: 'Why?' }).click()
  await expect(page.getByRole('heading', { name: 'Why?', level: 1 })).toBeVisible()
  await expect(page.getByText(`no range in force held ${HOTEL}`)).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: HOTEL })).toContainText('Taken')
  await expect(page.getByRole('listitem').filter({ hasText: '127.0.0.1' })).toContainText(
    'Trusted proxy, passed over',
  )
  await isAccessible(page)

  await page.getByRole('link', { name: 'Add this address' }).click()
  await expect(newRangeDialog(page).getByRole('textbox', { name: 'Start IP' })).toHaveValue(HOTEL)
  await isAccessible(page)
  await newRangeDialog(page).getByRole('textbox', { name: 'Description' }).fill('Lena’s hotel')
  await newRangeDialog(page).getByRole('button', { name: 'Save' }).click()
  await says(page, 'added')
  await expect(rowOf(page, HOTEL)).toContainText('Lena’s hotel')
  await page.getByRole('button', { name: 'New IP Range' }).click()
  await expect(newRangeDialog(page).getByRole('textbox', { name: 'Start IP' })).toHaveValue('')
  await page.keyboard.press('Escape')

  await hotel.getByRole('button', { name: 'Try again' }).click()
  await isIn(hotel, 'Agent Console')
  // The refusal is still explained as it was then.
  await page.goto(`${SIGN_IN_LOG}?verdict=refused`)
  await row(page, lena.name).getByRole('link', { name: 'Why?' }).click()
  await expect(page.getByText(`no range in force held ${HOTEL}`)).toBeVisible()
  // What holds by now is one click away, with the range that would let them in.
  await gatehouse.seed.setRange(id, HOTEL, { enabled: false })
  await page.getByRole('link', { name: 'Check this address now' }).click()
  await says(page, `Lena’s hotel (${HOTEL}) holds it, but is disabled.`)
})

test('the filter is in the address bar, and a wrong value loses nothing', async ({
  account,
  page,
  gatehouse,
  from,
}) => {
  const { ana, lena, sam } = await account(SET_UP)
  await signIn(await from(HOTEL), lena)
  await signIn(await from(OFFICE), sam)
  await signIn(page, ana, SIGN_IN_LOG)
  await page.getByRole('textbox', { name: 'Person' }).fill('lena')
  await page.getByRole('textbox', { name: 'IP address or range' }).fill('203.0.113.0/24')
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('Refused by the list')
  await page.getByRole('combobox', { name: 'Surface' }).selectOption('Agent Console')
  await page.getByRole('textbox', { name: 'First day (UTC)' }).fill(dayFromNow(0))
  await apply(page)
  await expect(page).toHaveURL(
    new RegExp(
      `person=lena&ip=203\\.0\\.113\\.0%2F24&verdict=refused&surface=AGENT_CONSOLE&from=${dayFromNow(0)}`,
    ),
  )
  await expect(row(page, HOTEL)).toHaveCount(1)
  await expect(row(page, sam.name)).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Person' })).toHaveValue('lena')
  await expect(page.getByRole('combobox', { name: 'Surface' })).toHaveValue('AGENT_CONSOLE')

  await page.getByRole('textbox', { name: 'IP address or range' }).fill('203.0.113.9/24')
  await apply(page)
  const wrong = page.getByRole('textbox', { name: 'IP address or range' })
  await expect(wrong).toHaveAccessibleDescription(/Did you mean 203\.0\.113\.0\/24\?/)
  await expect(wrong).toHaveValue('203.0.113.9/24')
  await expect(page.getByRole('textbox', { name: 'Person' })).toHaveValue('lena')
  await expect(page.getByRole('heading', { name: 'The filter can’t be used yet' })).toBeVisible()
  await isAccessible(page)
  await wrong.fill('192.0.2.1')
  await apply(page)
  await expect(page.getByRole('heading', { name: 'No attempt matches' })).toBeVisible()
  await page.getByRole('link', { name: 'Show all attempts' }).click()
  await expect(row(page, sam.name)).toHaveCount(1)
  // One filter at a time: each leaves out what the others would show.
  for (const [query, found, left] of [
    ['verdict=admitted', sam.name, HOTEL],
    [`ip=${HOTEL}`, lena.name, sam.name],
    ['surface=CONTROL_PANEL', ana.name, HOTEL],
    [`from=${dayFromNow(-1)}&to=${dayFromNow(0)}`, lena.name, 'Nobody'],
  ] as const) {
    await page.goto(`${SIGN_IN_LOG}?${query}`)
    await expect(row(page, found), query).toHaveCount(1)
    await expect(row(page, left), query).toHaveCount(0)
  }
  await page.goto(`${SIGN_IN_LOG}?to=${dayFromNow(-1)}`)
  await expect(page.getByRole('heading', { name: 'No attempt matches' })).toBeVisible()

  await page.goto(`${SIGN_IN_LOG}?from=yesterday&verdict=maybe`)
  await expect(page.getByRole('textbox', { name: 'First day (UTC)' })).toHaveValue('yesterday')
  await expect(page.getByText('yesterday is not a day.')).toBeVisible()
  await expect(page.getByText('There is no such verdict.')).toBeVisible()
  const bad = await send(`${gatehouse.url}${SIGN_IN_LOG}/csv?from=yesterday`, {
    headers: { cookie: await cookieOf(page), 'x-forwarded-for': OFFICE },
  })
  expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('yesterday is not a day.')])
})

test('the log is paged, and kept as long as the account says', async ({ account, page, gatehouse }) => {
  const { id, ana } = await account()
  await gatehouse.seed.fillSignIns(id, ana.id, 119)
  await signIn(page, ana, SIGN_IN_LOG)
  const figures = page.getByRole('table', { name: 'Attempts per day, in UTC' })
  await expect(figures.getByRole('row')).not.toHaveCount(0)
  const attempts = page.getByRole('table', { name: 'Attempts to sign in, latest first' })
  await expect(attempts.getByRole('row')).toHaveCount(51)
  await expect(page.getByRole('link', { name: 'Newer' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(row(page, 'Attempt 50')).toHaveCount(1)
  await page.getByRole('link', { name: 'Older' }).click()
  await expect(attempts.getByRole('row')).toHaveCount(21)
  await expect(page.getByRole('link', { name: 'Older' })).toHaveCount(0)
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(row(page, 'Attempt 50')).toHaveCount(1)
  await page.getByRole('link', { name: 'Newer' }).click()
  await expect(row(page, 'Attempt 49')).toHaveCount(1)

  await page.getByRole('combobox', { name: 'Keep for' }).selectOption('30 days')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Attempts are kept for 30 days.' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Keep for' })).toHaveValue('30')
  await page.goto(AUDIT_LOG)
  await expect(row(page, 'changed how long sign-ins are kept')).toContainText('Days: from 90 → to 30')
})

test('the CSV holds what the filter shows, safe for a spreadsheet, and is written down', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana, sam } = await account(SET_UP)
  await callMobile(gatehouse, 'sign-in', {
    json: { email: sam.email, password: sam.password, device: '=HYPERLINK("http://evil.example")' },
    ip: '192.0.2.99',
  })
  await signIn(page, ana, `${SIGN_IN_LOG}?person=sam`)
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('sign-in-log.csv')
  const lines = (await textOf(download)).trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toBe('Time,Name,E-mail,Surface,IP address,Verdict,Reason,Range,Device')
  expect(lines[1]).toMatch(/Z,Sam Okoye,.+,Mobile app,192\.0\.2\.99,Signed in,.+,,"'=HYPERLINK\(""http/)
  expect((await gatehouse.seed.auditOf(id)).at(-1)).toMatchObject({
    ...{ action: 'log.exported', actorName: ana.name, subjectName: 'Sign-in Log' },
    after: JSON.stringify({ format: 'CSV', person: 'sam' }),
  })
})

test('who may not see the log gets none of it, by no way', async ({ account, from, gatehouse, page }) => {
  const { id, lena } = await account({ agents: 1 })
  const theirs = await account()
  await signIn(page, theirs.ana)
  const agent = await from(OFFICE)
  await signIn(agent, lena)
  const cookie = await cookieOf(agent)
  const before = await gatehouse.seed.auditOf(id)
  for (const path of [`${SIGN_IN_LOG}/csv`, `${AUDIT_LOG}/csv`, `${AUDIT_LOG}/json`]) {
    const own = await send(gatehouse.url + path, { headers: { cookie, 'x-forwarded-for': OFFICE } })
    expect([path, own.status]).toEqual([path, 403])
    const stranger = await send(gatehouse.url + path)
    expect([path, stranger.status]).toEqual([path, 307])
  }
  expect(await gatehouse.seed.auditOf(id)).toEqual(before)
  for (const path of [SIGN_IN_LOG, AUDIT_LOG, `${SIGN_IN_LOG}/019ab000-0000-7000-8000-000000000000`])
    expect((await agent.goto(path))?.status(), path).toBe(403)

  await page.goto(SIGN_IN_LOG)
  await row(page, theirs.ana.name).getByRole('link', { name: 'Why?' }).click()
  await expect(page.getByRole('heading', { name: 'Why?' })).toBeVisible()
  const theirAttempt = page.url()
  const ours = await from(OFFICE)
  await signIn(ours, (await account()).ana, SIGN_IN_LOG)
  await expect(row(ours, theirs.ana.email)).toHaveCount(0)
  expect((await ours.goto(theirAttempt))?.status()).toBe(404)
})

test('the filter works without JavaScript', async ({ account, from }) => {
  const { ana, lena } = await account(SET_UP)
  await signIn(await from(HOTEL), lena)
  const page = await from(OFFICE, { javaScriptEnabled: false })
  await signIn(page, ana, SIGN_IN_LOG)
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('Refused by the list')
  await apply(page)
  await expect(page).toHaveURL(/verdict=refused/)
  await expect(row(page, HOTEL)).toHaveCount(1)
  await expect(row(page, ana.name)).toHaveCount(0)
  await page.getByRole('link', { name: /^Add this address/ }).click()
  await expect(page).toHaveURL(new RegExp(`${ALLOWLIST}\\?add=${HOTEL}`))
})

test('with the keyboard alone: filter, open one, add its address', async ({ account, from }) => {
  const { ana, lena } = await account(SET_UP)
  await signIn(await from(HOTEL), lena)
  const page = await from(OFFICE)
  await signIn(page, ana, SIGN_IN_LOG)
  await tabTo(page, page.getByRole('textbox', { name: 'Person' }))
  await page.keyboard.type('lena')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/person=lena/)
  await expect(row(page, ana.email)).toHaveCount(0)
  await tabTo(page, page.getByRole('link', { name: 'Why?' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Why?', level: 1 })).toBeVisible()
  await page.goBack()
  await tabTo(page, page.getByRole('link', { name: /^Add this address/ }))
  await page.keyboard.press('Enter')
  await expect(newRangeDialog(page).getByRole('textbox', { name: 'Start IP' })).toHaveValue(HOTEL)
  await expect(newRangeDialog(page).getByRole('textbox', { name: 'Start IP' })).toBeFocused()
})

/** "2026-11-24", in UTC. */
function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies()
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
