import { isAccessible } from '../fixtures/accessibility'
import { mainSwitch, openAllowlist, question, says } from '../fixtures/allowlist-screen'
import { callMobile } from '../fixtures/http'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { ALLOWLIST, HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'

const LISTED = { ranges: [OFFICE], allowlistEnabled: true }
const REASON = 'New office, list not updated'
const BREAK = ['allowlist', 'off', '--for', '15m', '--reason', REASON]

test('the operator breaks the glass for a time, and the list turns itself on again', async ({
  account,
  from,
  gatehouse,
  mailbox,
}) => {
  const { id, ana, lena } = await account({ ...LISTED, agents: 1, mobileEnforced: true })
  const page = await from(HOTEL)
  await signIn(page, ana)
  await isRefused(page, HOTEL)
  await gatehouse.cli(...BREAK, '--account', id)
  expect((await mailbox.latest(ana.email, /turned off$/)).text).toContain(`Reason: ${REASON}`)
  await page.getByRole('button', { name: 'Try again' }).click()
  await isIn(page, 'Control Panel')
  const banner = page.getByRole('note', { name: 'The IP Allowlist is off for a time' })
  await expect(banner).toContainText('The IP Allowlist is off for 15 minutes more')
  await expect(banner).toContainText(`Operator turned it off until`)
  await banner.getByRole('link', { name: 'IP Allowlist' }).click()
  await isIn(page, 'IP Allowlist')
  await expect(banner).toContainText(`“${REASON}”`)
  await expect(mainSwitch(page)).not.toBeChecked()
  await isAccessible(page)

  await gatehouse.seed.passForTimeOff(id)
  // Nobody waits for the row: the next to ask is refused.
  const phone = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  expect((await callMobile(gatehouse, 'sign-in', { json: phone, ip: HOTEL })).status).toBe(403)
  const other = await from(HOTEL)
  await signIn(other, lena)
  await isRefused(other, HOTEL)
  await page.reload()
  await expect(mainSwitch(page)).toBeChecked()
  await expect(banner).toHaveCount(0)
  // Told a moment ago that it was turned off, she is told the rest a little later.
  await gatehouse.seed.passForNotices(id)
  const mail = await mailbox.latest(ana.email, /is on again$/)
  expect(mail.text).toContain(`Reason: ${REASON}`)
  const audit = await gatehouse.seed.auditOf(id)
  expect(audit.filter(({ action }) => action.startsWith('allowlist.'))).toMatchObject([
    { action: 'allowlist.turned_off', actorName: 'Operator' },
    { action: 'allowlist.resumed', actorName: 'Gatehouse' },
  ])
})

test('it ends while the server is stopped, too, and before its end by the switch', async ({
  from,
  special,
  browsers: _,
}) => {
  const at = await special(BEHIND_PROXY)
  const { id, ana, lena } = await at.seed.makeAccount({ ...LISTED, agents: 1 })
  await at.end('SIGTERM')
  await at.cli(...BREAK, '--account', id)
  await at.seed.passForTimeOff(id)
  await at.startAgain()
  const page = await from(HOTEL, { at })
  await signIn(page, lena)
  await isRefused(page, HOTEL)
  const resumed = async () =>
    (await at.seed.auditOf(id)).filter(({ action }) => action === 'allowlist.resumed').length
  await expect.poll(resumed).toBe(1)

  await at.cli(...BREAK, '--account', id)
  const away = await from(HOTEL, { at })
  await openAllowlist(away, ana)
  await mainSwitch(away).click()
  await expect(question(away)).toBeVisible()
  await away.getByRole('button', { name: 'Add my current IP and turn on' }).click()
  await says(away, 'The IP Allowlist is on.')
  await expect(away.getByRole('note', { name: 'The IP Allowlist is off for a time' })).toHaveCount(0)
  expect(await resumed()).toBe(1)
})

test('the banner counts down, and the page draws itself anew at the end', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  await page.clock.install()
  await gatehouse.cli('allowlist', 'off', '--for', '20m', '--reason', REASON, '--account', id)
  await openAllowlist(page, ana, ALLOWLIST)
  const banner = page.getByRole('note', { name: 'The IP Allowlist is off for a time' })
  await expect(banner).toContainText(/off for (20|19) minutes more/)
  await page.clock.runFor(10 * 60_000)
  await expect(banner).toContainText(/off for (10|[6-9]) minutes more/)
  await gatehouse.seed.passForTimeOff(id)
  await page.clock.runFor(11 * 60_000)
  await expect(banner).toHaveCount(0)
  await expect(mainSwitch(page)).toBeChecked()
})
