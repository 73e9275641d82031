import { isAccessible } from '../fixtures/accessibility'
import {
  enterRange,
  mainSwitch,
  newRangeDialog,
  openAllowlist,
  rowOf,
  says,
} from '../fixtures/allowlist-screen'
import { isIn, signIn } from '../fixtures/people'
import { AGENTS, ALLOWLIST, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { freePort, startProxy } from '../proxies/proxy'

const UNANSWERED = /No answer came from Gatehouse.*Check your connection, then try again/

test('without a connection a form says so, keeps what was typed, and works when sent again', async ({
  account,
  page,
  gatehouse,
  expectTrouble,
}) => {
  expectTrouble(/ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  const { id, ana } = await account({ ranges: [`${OFFICE} Office`] })
  await openAllowlist(page, ana)
  await page.context().setOffline(true)
  await enterRange(page, { start: '192.0.2.1', end: '192.0.2.9', description: 'Lab' })
  const dialog = newRangeDialog(page)
  await expect(dialog.getByRole('alert')).toHaveText(UNANSWERED)
  await expect(dialog.getByRole('alert')).toBeFocused()
  for (const [name, value] of [
    ['Start IP', '192.0.2.1'],
    ['End IP', '192.0.2.9'],
    ['Description', 'Lab'],
  ] as const)
    await expect(dialog.getByRole('textbox', { name })).toHaveValue(value)
  await isAccessible(page)
  await page.context().setOffline(false)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await says(page, '192.0.2.1 - 192.0.2.9 was added.')
  await expect(dialog).toBeHidden()

  await page.context().setOffline(true)
  await mainSwitch(page).click()
  await says(page, UNANSWERED)
  await expect(mainSwitch(page)).not.toBeChecked()
  await page.context().setOffline(false)
  await mainSwitch(page).click()
  await says(page, 'The IP Allowlist is on.')
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(2)
})

test('a password that was sent in vain does not stay in the form', async ({
  account,
  page,
  expectTrouble,
}) => {
  expectTrouble(/ERR_INTERNET_DISCONNECTED|Failed to fetch/)
  const { ana } = await account()
  await page.goto('/sign-in')
  await expect(page.getByRole('textbox', { name: 'Email' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: UNANSWERED })).toBeFocused()
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(ana.email)
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('')
  await isAccessible(page)
})

test('a session that ended while a form was open leads to sign-in and back to the page', async ({
  account,
  from,
  page,
  gatehouse,
}) => {
  const { id, ana, marcus } = await account({ admins: 2, ranges: [`${OFFICE} Office`] })
  await openAllowlist(page, ana, `${ALLOWLIST}?q=office`)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  const dialog = newRangeDialog(page)
  await dialog.getByRole('textbox', { name: 'Start IP' }).fill('192.0.2.1')
  const other = await from(OFFICE)
  await signIn(other, marcus, `${AGENTS}/${ana.id}`)
  await other.getByRole('button', { name: `End session: Chrome on Linux, ${OFFICE}` }).click()
  await says(other, 'The session was ended.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('You are not signed in any more, so nothing was changed.')).toBeVisible()
  await isAccessible(page)
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(1)
  await page.getByRole('textbox', { name: 'Email' }).fill(ana.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(ana.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await isIn(page, 'IP Allowlist')
  await expect(page).toHaveURL(/\?q=office$/)
  await expect(rowOf(page, OFFICE)).toBeVisible()
})

test('a range that somebody else deleted meanwhile leaves the focus on the list', async ({
  account,
  page,
}) => {
  const { ana } = await account({ ranges: [`${OFFICE} Office`, '192.0.2.1 Lab'] })
  await openAllowlist(page, ana)
  const tab = await page.context().newPage()
  await tab.goto(ALLOWLIST)
  await tab.getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  await tab.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await says(tab, '192.0.2.1 (Lab) was deleted.')
  await page.getByRole('button', { name: 'Disable 192.0.2.1' }).click()
  await says(page, 'Somebody deleted this range meanwhile. Nothing was changed.')
  await expect(rowOf(page, '192.0.2.1')).toBeHidden()
  await expect(page.getByRole('button', { name: 'New IP Range' })).toBeFocused()
})

test('a proxy that answers 502 for Gatehouse is told like no answer, and nothing typed is lost', async ({
  from,
  special,
  expectTrouble,
}) => {
  expectTrouble(/status 502/)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const at = await special({ APP_URL: url })
  const proxy = await startProxy('nginx', 'inner', `127.0.0.1:${at.port}`, port)
  const { id, ana } = await at.seed.makeAccount({ ranges: [`${OFFICE} Office`] })
  const page = await from(null, { at: { url } })
  await openAllowlist(page, ana)
  await at.end('SIGTERM')
  await enterRange(page, { start: '192.0.2.1', end: '192.0.2.9', description: 'Lab' })
  const dialog = newRangeDialog(page)
  await expect(dialog.getByRole('alert')).toHaveText(UNANSWERED)
  await expect(dialog.getByRole('alert')).toBeFocused()
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Lab')
  await at.startAgain()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await says(page, '192.0.2.1 - 192.0.2.9 was added.')
  expect(await at.seed.rangesOf(id)).toHaveLength(2)
  await page.close()
  await proxy.stop()
})

test('a page of an earlier version says that Gatehouse was updated, and what was typed stays', async ({
  account,
  page,
  gatehouse,
  expectTrouble,
}) => {
  expectTrouble(/status 409: POST/)
  gatehouse.log.expect(/Failed to find Server Action|^\s+at /)
  const { id, ana } = await account({ ranges: [`${OFFICE} Office`] })
  await openAllowlist(page, ana)
  // Another version gives its forms other identifiers.
  await page.route('**', async (route) => {
    const headers = await route.request().allHeaders()
    const action = headers['next-action']
    await route.continue(
      action ? { headers: { ...headers, 'next-action': action.replace(/.$/, ended) } } : {},
    )
  })
  await enterRange(page, { start: '192.0.2.1', description: 'Lab' })
  const dialog = newRangeDialog(page)
  await expect(dialog.getByRole('alert')).toHaveText(
    'Gatehouse was updated meanwhile, so nothing was changed. Reload this page and try again.',
  )
  await expect(dialog.getByRole('alert')).toBeFocused()
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Lab')
  await isAccessible(page)
  expect(await gatehouse.seed.rangesOf(id)).toHaveLength(1)
})

function ended(last: string): string {
  return last === '0' ? '1' : '0'
}
