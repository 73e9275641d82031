import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { mainSwitch, openAllowlist, question, rowOf, says } from '../fixtures/allowlist-screen'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ADVANCED, ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'

const LISTED = { ranges: [OFFICE] }
const UNDONE = 'It is undone in 10 minutes, unless somebody who signs in after it confirms it.'

const toConfirm = (page: Page) => page.getByRole('region', { name: 'Changes to confirm' })
const confirmButton = (page: Page) => toConfirm(page).getByRole('button', { name: /^Confirm/ })

async function turnOnAnyway(page: Page): Promise<void> {
  await mainSwitch(page).click()
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, UNDONE)
}

test('a list turned on from outside it is confirmed from a sign-in that it lets in', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana, marcus } = await account({ ...LISTED, admins: 2 })
  const page = await from(HOTEL)
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await expect(question(page).getByRole('checkbox', { name: 'Keep without confirmation' })).not.toBeChecked()
  await isAccessible(page)
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, UNDONE)
  await expect(toConfirm(page)).toContainText(
    `${ana.name} turned the IP Allowlist on. It is undone in 10 minutes`,
  )
  await expect(toConfirm(page)).toContainText(HOTEL)
  await expect(toConfirm(page)).toContainText('Your own sign-in began before it')
  await expect(confirmButton(page)).toHaveCount(0)
  await isAccessible(page)
  await page.goto('/control-panel')
  await expect(page.getByText('A change of the allowlist is undone in 10 minutes')).toBeVisible()
  await isAccessible(page)
  await page.goto(ALLOWLIST)
  const told = await mailbox.latest(marcus.email, /turned on$/)
  expect(told.text).toContain('unless you or somebody else who manages security confirms it')

  const office = await from(OFFICE)
  await openAllowlist(office, marcus)
  await expect(toConfirm(office)).toContainText('You signed in after it, so you can.')
  await isAccessible(office)
  await confirmButton(office).click()
  await says(office, 'Confirmed. The change stays.')
  await expect(toConfirm(office)).toHaveCount(0)
  await page.reload()
  await expect(toConfirm(page)).toHaveCount(0)
  await expect(mainSwitch(page)).toBeChecked()
  const audit = await gatehouse.seed.auditOf(id)
  expect(audit.filter(({ action }) => action.startsWith('change.'))).toMatchObject([
    { action: 'change.held', actorName: ana.name },
    {
      action: 'change.confirmed',
      actorName: marcus.name,
      subjectName: `${ana.name} turned the IP Allowlist on`,
    },
  ])
})

test('what nobody confirms is undone by itself, and the next to sign in finds it so', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana, lena } = await account({ ...LISTED, agents: 1 })
  const page = await from(HOTEL)
  await openAllowlist(page, ana)
  await turnOnAnyway(page)
  const other = await from(HOTEL)
  await signIn(other, lena)
  await isRefused(other, HOTEL)
  await gatehouse.seed.passForConfirmation(id)
  await other.getByRole('button', { name: 'Try again' }).click()
  await isIn(other, 'Agent Console')
  await page.reload()
  await expect(mainSwitch(page)).not.toBeChecked()
  await expect(toConfirm(page)).toHaveCount(0)
  const mail = await mailbox.latest(ana.email, /was undone/)
  expect(mail.text).toContain(
    `${ana.name} turned the IP Allowlist on. That change refuses the address it was made from.`,
  )
  expect(await gatehouse.seed.auditOf(id)).toContainEqual(
    expect.objectContaining({ action: 'change.reverted', actorName: 'Gatehouse', via: 'system' }),
  )
})

test('it is undone although the server was stopped meanwhile, and leaves what others changed', async ({
  from,
  special,
  browsers: _,
}) => {
  const at = await special(BEHIND_PROXY)
  const { id, ana } = await at.seed.makeAccount({
    ranges: [`${HOTEL} Hotel`, OFFICE],
    allowlistEnabled: true,
  })
  const page = await from(HOTEL, { at })
  await openAllowlist(page, ana)
  await page.getByRole('button', { name: `Delete ${HOTEL}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await question(page).getByRole('button', { name: 'Save anyway' }).click()
  await says(page, UNDONE)
  await expect(rowOf(page, HOTEL)).toHaveCount(0)
  await at.end('SIGTERM')
  await at.cli('allowlist', 'add', '192.0.2.0/24', '--account', id)
  await at.seed.passForConfirmation(id)
  await at.startAgain()
  const actions = async () => (await at.seed.auditOf(id)).map(({ action }) => action)
  await expect.poll(actions).toContain('change.reverted')
  await page.reload()
  for (const start of [HOTEL, OFFICE, '192.0.2.0']) await expect(rowOf(page, start)).toBeVisible()
})

test('it can be kept without confirmation, or undone at once', async ({ account, from }) => {
  const { ana } = await account(LISTED)
  const page = await from(HOTEL)
  await openAllowlist(page, ana)
  await turnOnAnyway(page)
  await toConfirm(page)
    .getByRole('button', { name: /^Undo now/ })
    .click()
  await says(page, 'Undone. Everything else is as it was.')
  await expect(mainSwitch(page)).not.toBeChecked()
  await mainSwitch(page).click()
  await question(page).getByRole('checkbox', { name: 'Keep without confirmation' }).check()
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, 'The IP Allowlist is on.')
  await expect(mainSwitch(page)).toBeChecked()
  await expect(toConfirm(page)).toHaveCount(0)
})

test('somebody shut out by “Check every request” is back in when nobody has confirmed it', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL)
  await openAllowlist(page, ana, ADVANCED)
  await gatehouse.seed.setSwitches(id, { allowlistEnabled: true })
  await page.getByRole('switch', { name: 'Check every request' }).click()
  await question(page).getByRole('button', { name: 'Save anyway' }).click()
  await says(page, UNDONE)
  await page.goto(ADVANCED)
  await isRefused(page, HOTEL)
  await gatehouse.seed.passForConfirmation(id)
  await page.goto(ADVANCED)
  await isIn(page, 'IP Allowlist')
  await expect(page.getByRole('switch', { name: 'Check every request' })).not.toBeChecked()
})

test('all of it works without JavaScript', async ({ account, from }) => {
  const { ana } = await account(LISTED)
  const page = await from(HOTEL, { javaScriptEnabled: false })
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  await expect(page.getByRole('checkbox', { name: 'Keep without confirmation' })).not.toBeChecked()
  await page.getByRole('button', { name: 'Turn on anyway' }).click()
  await expect(toConfirm(page)).toContainText('It is undone in 10 minutes')
  const office = await from(OFFICE, { javaScriptEnabled: false })
  await openAllowlist(office, ana)
  await confirmButton(office).click()
  await expect(toConfirm(office)).toHaveCount(0)
  await expect(mainSwitch(office)).toBeChecked()

  await page.goto(page.url())
  await expect(toConfirm(page)).toHaveCount(0)
})
