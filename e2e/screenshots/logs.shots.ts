import { expect } from '@playwright/test'
import { mainSwitch, newRangeDialog, says } from '../fixtures/allowlist-screen'
import { isIn, signIn } from '../fixtures/people'
import { ALLOWLIST, AUDIT_LOG, OFFICE, SIGN_IN_LOG } from '../fixtures/places'
import { AWAY, LISBON, test } from './demo'
import { shot } from './shot'

test('the logs', async ({ from, demo, account }) => {
  const { server, person } = await demo()
  const page = await from(LISBON, { at: server })
  await signIn(page, person('ana'), ALLOWLIST)
  await mainSwitch(page).click()
  await says(page, 'The IP Allowlist is on.')
  await signIn(await from(AWAY, { at: server, device: 'Safari on iPhone' }), person('marcus'))
  await page.goto(SIGN_IN_LOG)
  await isIn(page, 'Sign-in Log')
  await shot(page, 'sign-in-log')
  await page.goto(`${SIGN_IN_LOG}?verdict=refused&person=marcus`)
  await shot(page, 'sign-in-log-filtered', { whole: false })
  await page
    .getByRole('link', { name: /^Why\?/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Why?' })).toBeVisible()
  await shot(page, 'sign-in-log-why')
  await page.getByRole('link', { name: 'Add this address' }).click()
  await expect(newRangeDialog(page)).toBeVisible()
  await shot(page, 'sign-in-log-add', { whole: false })
  await page.goto(`${SIGN_IN_LOG}?ip=203.0.113.9/24&from=yesterday&person=ana`)
  await shot(page, 'sign-in-log-error')
  await page.goto(`${SIGN_IN_LOG}?ip=192.0.2.250`)
  await shot(page, 'sign-in-log-empty', { whole: false })

  await page.goto(AUDIT_LOG)
  await isIn(page, 'Audit Log')
  await shot(page, 'audit-log')
  await page.goto(`${AUDIT_LOG}?action=range.edited`)
  await shot(page, 'audit-log-empty', { whole: false })
  await page.goto(`${AUDIT_LOG}?action=nonsense&to=2026-13-01`)
  await shot(page, 'audit-log-error', { whole: false })

  const { ana } = await account()
  const fresh = await from(OFFICE)
  await signIn(fresh, ana, SIGN_IN_LOG)
  await isIn(fresh, 'Sign-in Log')
  await shot(fresh, 'sign-in-log-first')
})
