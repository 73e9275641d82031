import type { Page } from '@playwright/test'
import { isAccessible } from '../fixtures/accessibility'
import { enterRange, mainSwitch, openAllowlist, rowOf, says } from '../fixtures/allowlist-screen'
import { tabTo } from '../fixtures/keyboard'
import { isIn, signIn } from '../fixtures/people'
import { AUDIT_LOG, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const SWITCHED = /IP allowlist .* was turned on$/

function choice(page: Page, name: string) {
  return page.getByRole('checkbox', { name, exact: true })
}

async function save(page: Page) {
  await page.getByRole('button', { name: 'Save notices' }).click()
}

test('the first is mailed at once, and what follows within five minutes as one summary', async ({
  account,
  page,
  mailbox,
  mailServer,
  gatehouse,
}) => {
  const { id, name, ana, marcus, sam } = await account({
    admins: 2,
    agents: [{}, { managesSecurity: true }],
    ranges: ['198.51.100.0/24 Office'],
  })
  await openAllowlist(page, ana)
  await mainSwitch(page).click()
  for (const person of [marcus, sam]) {
    const told = await mailbox.latest(person.email, SWITCHED)
    expect(told.text).toContain('Ana Silva turned the IP allowlist')
    expect(told.text).toContain(`because you manage security of ${name}`)
  }
  for (const state of ['off', 'on']) {
    await mainSwitch(page).click()
    await says(page, `The IP Allowlist is ${state}.`)
  }
  await gatehouse.seed.passForNotices(id)
  const summary = await mailbox.latest(marcus.email, /2 times the IP allowlist was turned on or off$/)
  expect(summary.text).toContain('Ana Silva turned the IP allowlist off.')
  expect(summary.text).toContain('Ana Silva turned the IP allowlist on.')
  expect(mailServer.to(marcus.email)).toHaveLength(2)
  // Who makes a change isn't told about it.
  await mailbox.none(ana.email, id)
})

test('emptied, opened to everything, and a new manager: each is told', async ({
  account,
  page,
  mailbox,
  gatehouse,
}) => {
  const { ana, marcus, lena } = await account({ admins: 2, agents: 1, ranges: ['192.0.2.1 Depot'] })
  await openAllowlist(page, ana)
  await rowOf(page, '192.0.2.1').getByRole('button', { name: 'Delete 192.0.2.1' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await says(page, 'was deleted')
  expect((await mailbox.latest(marcus.email, /is empty$/)).text).toContain('deleted the last range')

  for (const half of ['0.0.0.0/1', '128.0.0.0/1']) await enterRange(page, { start: half })
  const opened = await mailbox.latest(marcus.email, /holds every IPv4 address$/)
  expect(opened.text).toContain('The list is off.')

  await gatehouse.seed.setAgent(lena.id, { managesSecurity: true })
  const added = await mailbox.latest(marcus.email, /can manage security of/)
  expect(added.text).toContain('gave Lena Fischer the permission')
  expect(added.text).toContain(lena.email)
})

test('each person chooses, with the keyboard, and the choice is in the Audit Log', async ({
  account,
  page,
  from,
  mailbox,
}) => {
  const { id, ana, marcus } = await account({ admins: 2, ranges: ['198.51.100.0/24 Office'] })
  await signIn(page, marcus, '/agent-console')
  await isIn(page, 'Agent Console')
  const switched = choice(page, 'The IP Allowlist is turned on or off')
  await expect(switched).toBeChecked()
  await expect(switched).toHaveAccessibleDescription(/By an admin, by the operator/)
  await tabTo(page, switched)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByText('You get 6 of 7 kinds of notices.')).toBeVisible()
  await expect(switched).not.toBeChecked()
  await isAccessible(page)
  await page.reload()
  await expect(switched).not.toBeChecked()
  await expect(choice(page, 'Somebody denies a link')).toBeChecked()

  const other = await from(OFFICE)
  await openAllowlist(other, ana)
  await mainSwitch(other).click()
  await says(other, 'The IP Allowlist is on.')
  await mailbox.none(marcus.email, id)

  await page.goto(AUDIT_LOG)
  const row = page.getByRole('row').filter({ hasText: 'chose which notices to get by e-mail' })
  await expect(row).toContainText('The IP Allowlist is turned on or off')
  await expect(row).toContainText('from yes → to no')
})

test('without JavaScript the choice is saved, and who manages no security has none', async ({
  account,
  from,
}) => {
  const { marcus, lena } = await account({ admins: 2, agents: 1 })
  const page = await from(OFFICE, { javaScriptEnabled: false })
  await signIn(page, marcus, '/agent-console')
  await choice(page, 'A link adds an address').uncheck()
  await save(page)
  await expect(page.getByText('You get 6 of 7 kinds of notices.')).toBeVisible()
  await expect(choice(page, 'A link adds an address')).not.toBeChecked()

  const agent = await from(OFFICE)
  await signIn(agent, lena)
  await isIn(agent, 'Agent Console')
  await expect(agent.getByRole('button', { name: 'Save notices' })).toHaveCount(0)
})
