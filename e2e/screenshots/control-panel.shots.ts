import { expect } from '@playwright/test'
import { enterRange, mainSwitch, newRangeDialog, question, says } from '../fixtures/allowlist-screen'
import { isIn, signIn } from '../fixtures/people'
import { ADVANCED, AGENTS, ALLOWLIST, OFFICE } from '../fixtures/places'
import { AWAY, LISBON, test } from './demo'
import { shot } from './shot'

const LISTED = '192.0.2.10'

test('the IP Allowlist', async ({ from, demo }) => {
  const { server, person } = await demo()
  const page = await from(LISBON, { at: server })
  await signIn(page, person('ana'))
  await shot(page, 'control-panel')
  await page.goto(ALLOWLIST)
  await isIn(page, 'IP Allowlist')
  await shot(page, 'allowlist-off')
  await page.getByText(/^Turned on now/).click()
  await shot(page, 'allowlist-off-impact', { whole: false })
  await page.goto(ADVANCED)
  await shot(page, 'allowlist-advanced-off')
  await page.goto(ALLOWLIST)
  await mainSwitch(page).click()
  await says(page, 'The IP Allowlist is on.')
  await shot(page, 'allowlist-on', { whole: false })
  await page.reload()
  await shot(page, 'allowlist-on-whole')
  await page.goto(ADVANCED)
  await shot(page, 'allowlist-advanced')
  await page.goto(`${ALLOWLIST}?q=nothing`)
  await shot(page, 'allowlist-search-empty')
  await page.goto(`${ALLOWLIST}?check=${AWAY}`)
  await shot(page, 'allowlist-check', { whole: false })
  await page.getByText('Where you seem to come from').click()
  await shot(page, 'allowlist-check-where-from', { whole: false })
  await page.goto(`${ALLOWLIST}?check=300.1.1.1`)
  await shot(page, 'allowlist-check-error', { whole: false })
  await page.goto(ALLOWLIST)
  await page.getByRole('button', { name: 'New IP Range' }).click()
  await newRangeDialog(page).getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.0/24')
  await expect(newRangeDialog(page).getByText(/256 addresses/)).toBeVisible()
  await shot(page, 'range-new', { whole: false })
  await newRangeDialog(page).getByRole('textbox', { name: 'Start IP' }).fill('198.51.100.1/24')
  await newRangeDialog(page).getByRole('button', { name: 'Save' }).click()
  await expect(newRangeDialog(page).getByText(/Did you mean/)).toBeVisible()
  await shot(page, 'range-new-error', { whole: false })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Edit 203.0.113.0/26' }).click()
  await shot(page, 'range-edit', { whole: false })
  await page.getByRole('textbox', { name: 'Start IP' }).fill('203.0.113.12')
  await expect(page.getByText(/would be refused\./)).toBeVisible()
  await shot(page, 'range-edit-impact', { whole: false })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Disable 203.0.113.0/26' }).click()
  await expect(page.getByRole('alertdialog').getByText(/would be refused\./)).toBeVisible()
  await shot(page, 'range-disable-impact', { whole: false })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete 192.0.2.40/29' }).click()
  await server.cli('allowlist', 'remove', '192.0.2.40/29')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('alertdialog').getByRole('alert')).toBeVisible()
  await shot(page, 'range-delete-gone', { whole: false })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete 203.0.113.0/26' }).click()
  await shot(page, 'range-delete', { whole: false })
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(question(page)).toBeVisible()
  await shot(page, 'range-delete-locks-out', { whole: false })
})

test('the lock-out dialog and the empty list', async ({ from, demo, account, gatehouse }) => {
  const { server, person } = await demo()
  const others = await from(AWAY, { at: server })
  await signIn(others, person('lena'))
  const page = await from(OFFICE, { at: server })
  await signIn(page, person('ana'), ALLOWLIST)
  await isIn(page, 'IP Allowlist')
  await shot(page, 'allowlist-not-covered')
  await mainSwitch(page).click()
  await expect(question(page)).toBeVisible()
  await shot(page, 'lock-out', { whole: false })

  const { ana, lena, sam, yuki, id } = await account({ agents: 3 })
  await gatehouse.seed.plantSignIns(id, [
    { agentId: lena.id, address: '192.0.2.10', hoursAgo: 30 },
    { agentId: sam.id, address: '192.0.2.11', hoursAgo: 31 },
    { agentId: yuki.id, address: AWAY, hoursAgo: 50 },
    { agentId: yuki.id, address: '10.0.0.5', hoursAgo: 70 },
  ])
  const empty = await from(OFFICE)
  await signIn(empty, ana, ALLOWLIST)
  await isIn(empty, 'IP Allowlist')
  await shot(empty, 'allowlist-empty')
  await mainSwitch(empty).click()
  await expect(mainSwitch(empty)).toBeChecked()
  await empty.reload()
  await shot(empty, 'allowlist-empty-on')
  await enterRange(empty, { start: '0.0.0.0/0' })
  await expect(question(empty, 'This lets every address in')).toBeVisible()
  await shot(empty, 'range-everything', { whole: false })
})

test('what ends by itself: a time off, and a change to be confirmed', async ({
  from,
  account,
  gatehouse,
}) => {
  const { id, ana, marcus } = await account({
    admins: 2,
    ranges: [`${LISTED} Office`],
    allowlistEnabled: true,
  })
  const reason = 'New office, list not updated'
  await gatehouse.cli('allowlist', 'off', '--for', '15m', '--reason', reason, '--account', id)
  const page = await from(OFFICE)
  await signIn(page, ana)
  await isIn(page, 'Control Panel')
  await shot(page, 'control-panel-time-off')
  await page.goto(ALLOWLIST)
  await isIn(page, 'IP Allowlist')
  await shot(page, 'allowlist-time-off', { whole: false })
  await mainSwitch(page).click()
  await expect(question(page)).toBeVisible()
  await shot(page, 'lock-out-keep', { whole: false })
  await question(page).getByRole('button', { name: 'Turn on anyway' }).click()
  await says(page, 'The IP Allowlist is on.')
  await shot(page, 'allowlist-unconfirmed', { whole: false })
  const fresh = await from(LISTED)
  await signIn(fresh, marcus, ALLOWLIST)
  await isIn(fresh, 'IP Allowlist')
  await shot(fresh, 'allowlist-to-confirm', { whole: false })
})

test('importing ranges', async ({ from, account }) => {
  const { ana, lena, marcus } = await account({
    ...{ admins: 2, agents: 1, allowlistEnabled: true },
  })
  for (const [person, at] of [
    [lena, AWAY],
    [marcus, LISTED],
  ] as const)
    await signIn(await from(at), person)
  const page = await from(OFFICE)
  await signIn(page, ana, `${ALLOWLIST}/import`)
  await isIn(page, 'Import ranges')
  await shot(page, 'import-empty')
  const text = page.getByRole('textbox', { name: 'Ranges' })
  const lines = [
    '# Offices',
    '198.51.100.0/24 # Berlin',
    '192.0.2.77/28',
    '203.0.113.1,203.0.113.300,VPN',
    '300.1.1.1',
  ]
  await text.fill(lines.join('\n'))
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText(/^3 lines can’t be read/)).toBeVisible()
  await shot(page, 'import-problems')
  const list = Array.from({ length: 120 }, (_, at) => `10.20.${at}.0/24 # Branch ${at + 1}`)
  await text.fill(['198.51.100.0/24 # Berlin', ...list, '198.51.100.0/24'].join('\n'))
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText(/would be refused\./)).toBeVisible()
  await page.getByText('1 line adds nothing').click()
  await shot(page, 'import-preview')
  await text.fill('192.0.2.0/24')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('button', { name: 'Import 1 range' }).click()
  await expect(question(page)).toBeVisible()
  await shot(page, 'import-locks-out', { whole: false })
  await question(page).getByRole('button', { name: 'Add my current IP and import' }).click()
  await says(page, '1 range was added.')
  await shot(page, 'import-done')
})

test('a proxy that nobody declared', async ({ from, special }) => {
  const at = await special()
  const { ana } = await at.seed.makeAccount({})
  const page = await from(OFFICE, { at })
  await signIn(page, ana, ALLOWLIST)
  await shot(page, 'allowlist-undeclared-proxy')
  await page.getByText('Where you seem to come from').click()
  await shot(page, 'allowlist-where-from', { whole: false })
  await page.getByRole('button', { name: 'Add my current IP' }).click()
  await expect(question(page, 'This address looks like a proxy')).toBeVisible()
  await shot(page, 'range-proxy', { whole: false })
})

test('agents', async ({ from, demo }) => {
  const { server, person, accountId } = await demo()
  const page = await from(LISBON, { at: server })
  await signIn(page, person('ana'), AGENTS)
  await isIn(page, 'Agents')
  await shot(page, 'agents')
  await server.seed.fillAgents(accountId, 9_990)
  await page.goto(`${AGENTS}?sort=-name&page=3`)
  await shot(page, 'agents-many')
  await page.goto(`${AGENTS}?q=nobody`)
  await shot(page, 'agents-search-empty')
  await page.goto(AGENTS)
  await page.goto(`${AGENTS}?status=active&role=admin&sort=-last-sign-in`)
  await shot(page, 'agents-filtered')
  await page.goto(AGENTS)
  await page.getByRole('button', { name: 'Add agent' }).click()
  await shot(page, 'agent-new', { whole: false })
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Omar Haddad')
  await dialog.getByRole('textbox', { name: 'Email' }).fill('omar@northwind.example')
  await dialog.getByRole('button', { name: 'Add agent' }).click()
  await expect(dialog.getByRole('heading', { name: 'Temporary password' })).toBeVisible()
  await shot(page, 'agent-new-password', { whole: false })
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.goto(`${AGENTS}?status=invited`)
  await shot(page, 'agents-invited')
  await page.goto(AGENTS)
  await page.getByRole('button', { name: 'Edit Chloe Roy' }).click()
  await shot(page, 'agent-edit', { whole: false })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More actions for Chloe Roy' }).click()
  await shot(page, 'agent-menu', { whole: false })
  await page.getByRole('menuitem', { name: 'Show sessions Chloe Roy' }).click()
  await expect(page.getByRole('heading', { name: 'Sessions of Chloe Roy' })).toBeVisible()
  await shot(page, 'agent-sessions-empty')
  await page.goBack()
  await page.getByRole('button', { name: 'More actions for Chloe Roy' }).click()
  await page.getByRole('menuitem', { name: 'Disable Chloe Roy' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await shot(page, 'agent-disable', { whole: false })
})

test('the Agent Console and the page without permission', async ({ from, demo }) => {
  const { server, person } = await demo()
  const phone = await from(AWAY, { at: server, device: 'Safari on iPhone' })
  await signIn(phone, person('lena'))
  const page = await from(LISBON, { at: server, device: 'Firefox on Windows' })
  await signIn(page, person('lena'))
  await isIn(page, 'Agent Console')
  await shot(page, 'agent-console')
  await page.getByRole('button', { name: /^Your menu/ }).click()
  await shot(page, 'person-menu', { whole: false })
  await page.goto(ALLOWLIST)
  await shot(page, 'no-permission')
  const admin = await from(LISBON, { at: server, device: 'Firefox on Windows' })
  await signIn(admin, person('ana'), '/agent-console')
  await isIn(admin, 'Agent Console')
  await shot(admin, 'agent-console-admin')
})

test('what the others are mailed', async ({ from, demo, specialMail }) => {
  const mail = await specialMail()
  const { server, person, accountId } = await demo({ SMTP_URL: mail.url })
  const page = await from(LISBON, { at: server })
  await signIn(page, person('ana'), ALLOWLIST)
  const { email } = person('marcus')
  for (const state of ['on', 'off', 'on']) {
    await mainSwitch(page).click()
    await says(page, `The IP Allowlist is ${state}.`)
  }
  const letter = await from(null, { at: server })
  await letter.setContent((await mail.latest(email, /was turned on$/)).html)
  await shot(letter, 'mail-notice')
  await server.seed.passForNotices(accountId)
  await letter.setContent((await mail.latest(email, /2 times/)).html)
  await shot(letter, 'mail-summary')
})
