import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { mainSwitch, openAllowlist } from '../fixtures/allowlist-screen'
import { cookieOf, formOf, post, send } from '../fixtures/http'
import { isIn, signIn } from '../fixtures/people'
import { AGENTS, ALLOWLIST, AUDIT_LOG, OFFICE, SIGN_IN_LOG } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const DENIED = "You don't have permission to view this page."

test('a plain agent gets the 403 page by link', async ({ account, page }) => {
  const { lena } = await account({ agents: 1 })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  await page.getByRole('button', { name: /^Your menu/ }).click()
  await expect(page.getByRole('link', { name: 'Control Panel' })).toHaveCount(0)
  for (const path of [
    '/control-panel',
    ALLOWLIST,
    `${ALLOWLIST}?tab=advanced`,
    AGENTS,
    SIGN_IN_LOG,
    AUDIT_LOG,
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(403)
    await expect(page.getByRole('heading', { name: DENIED })).toBeVisible()
    const permission = path === AGENTS ? 'Manage Agents' : 'Manage Security'
    await expect(page.getByText(`It needs the permission ${permission}`), path).toBeVisible()
  }
  await isAccessible(page)
})

test('a plain agent gets 403 for a forged request, and nothing changes', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana, lena } = await account({ agents: 1, ranges: [OFFICE] })
  const admin = await from(OFFICE, { javaScriptEnabled: false })
  await openAllowlist(admin, ana)
  const turnOn = await formOf(mainSwitch(admin))
  const disable = await formOf(admin.getByRole('button', { name: `Disable ${OFFICE}` }))
  const before = [await gatehouse.seed.rangesOf(id), await gatehouse.seed.auditOf(id)]

  const agent = await from(OFFICE)
  await signIn(agent, lena)
  const cookie = await cookieOf(agent)
  gatehouse.log.expect(/Failed to find Server Action|^\s+at /)
  for (const form of [turnOn, disable]) {
    // A form sent without scripts is led to the page that refuses.
    const here = await post({ ...form, cookie })
    expect(here).toMatchObject({ status: 303, headers: { location: ALLOWLIST } })
    expect((await send(gatehouse.url + ALLOWLIST, { headers: { cookie } })).status).toBe(403)
    for (const path of ['/agent-console', '/sign-in']) {
      const { status } = await post({ ...form, cookie, url: gatehouse.url + path })
      expect(status, path).toBe(409)
    }
  }
  const stranger = await post({ ...turnOn, cookie: '' })
  expect(stranger.headers.location).toContain('/sign-in')
  expect([await gatehouse.seed.rangesOf(id), await gatehouse.seed.auditOf(id)]).toEqual(before)
  // The same form in the right hands does work.
  expect((await post(turnOn, { headers: { 'x-forwarded-for': OFFICE } })).status).toBe(200)
  expect((await gatehouse.seed.auditOf(id)).at(-1)).toMatchObject({ action: 'allowlist.turned_on' })
})

test('who only manages agents sees no security, and makes no admin', async ({ account, from, gatehouse }) => {
  const { id, ana, lena, sam } = await account({ agents: [{ managesAgents: true }, {}] })
  const page = await from(OFFICE)
  await signIn(page, lena, AGENTS)
  await isIn(page, 'Agents')
  const navigation = page.getByRole('navigation', { name: 'Global Settings' })
  await expect(navigation.getByRole('link', { name: 'Agents' })).toBeVisible()
  await expect(navigation.getByRole('link', { name: 'IP Allowlist' })).toHaveCount(0)
  expect((await page.goto(ALLOWLIST))?.status()).toBe(403)

  await page.goto(AGENTS)
  await expect(page.getByRole('row', { name: ana.name })).toContainText('Only an admin can change an admin.')
  await page.getByRole('button', { name: `Edit ${sam.name}` }).click()
  const edit = page.getByRole('dialog', { name: `Edit ${sam.name}` })
  await expect(edit.getByRole('option', { name: 'Admin' })).toHaveCount(0)
  await expect(edit.getByRole('checkbox', { name: 'Manage Security' })).toBeDisabled()
  await isAccessible(page)
  await forge(page, 'AGENT', 'ADMIN')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit.getByRole('alert')).toContainText('only an admin makes or changes an admin')
  const listed = JSON.parse(await gatehouse.cli('agent', 'list', '--json', '--account', id))
  expect(listed.agents.find(({ email }: { email: string }) => email === sam.email)).toMatchObject({
    role: 'AGENT',
  })
})

test('who only manages security sees no agents', async ({ account, page }) => {
  const { lena } = await account({ agents: [{ managesSecurity: true }] })
  await signIn(page, lena)
  await isIn(page, 'Control Panel')
  const navigation = page.getByRole('navigation', { name: 'Global Settings' })
  await navigation.getByRole('link', { name: 'IP Allowlist' }).click()
  await isIn(page, 'IP Allowlist')
  await expect(navigation.getByRole('link', { name: 'Agents' })).toHaveCount(0)
  expect((await page.goto(AGENTS))?.status()).toBe(403)
  await expect(page.getByRole('heading', { name: DENIED })).toBeVisible()
})

test('a permission taken away counts at once, in the page that is open', async ({
  account,
  page,
  gatehouse,
  expectTrouble,
}) => {
  expectTrouble(/status 403: POST/)
  const { id, lena } = await account({ agents: [{ managesSecurity: true }] })
  await openAllowlist(page, lena)
  await gatehouse.seed.setAgent(lena.id, { managesSecurity: false })
  await mainSwitch(page).click()
  await expect(page.getByRole('heading', { name: DENIED })).toBeVisible()
  expect((await gatehouse.seed.auditOf(id)).map(({ action }) => action)).not.toContain('allowlist.turned_on')
})

/** Replaces a word in every form that the page sends from now on. */
async function forge(page: Page, word: string, other: string): Promise<void> {
  await page.route('**/*', async (route) => {
    const body = route.request().postData()
    await route.continue(body ? { postData: body.replaceAll(word, other) } : {})
  })
}
