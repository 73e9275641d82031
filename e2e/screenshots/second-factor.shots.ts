import { expect } from '@playwright/test'
import { codeOf, giveCode, keyOn, proveAgain, signInHalfway } from '../fixtures/factors'
import { isRefused, signIn } from '../fixtures/people'
import { AGENTS, ALLOWLIST } from '../fixtures/places'
import { AWAY, LISBON, test } from './demo'
import { shot } from './shot'

const OWN = '/agent-console/second-factor'
const SETTINGS = '/control-panel/global-settings/security/second-factor'

test('second factors', async ({ from, demo }) => {
  const { server, person, accountId } = await demo()
  await server.seed.setSwitches(accountId, { allowlistEnabled: true })
  const page = await from(LISBON, { at: server, device: 'Firefox on Windows' })
  await signIn(page, person('ana'), OWN)
  await shot(page, 'factors-none')
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await shot(page, 'prove-again', { whole: false })
  await proveAgain(page, person('ana').password, 'Set up')
  const secret = await keyOn(page)
  await shot(page, 'factors-set-up')
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(/This is not the code/)).toBeVisible()
  await page.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(secret))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText('Save your recovery codes now')).toBeVisible()
  await shot(page, 'factors-codes')
  await page.goto(AGENTS)
  await shot(page, 'agents-factors')
  await page.goto(SETTINGS)
  await page.getByRole('switch').click()
  await expect(page.getByRole('switch')).toBeChecked()
  await shot(page, 'factor-settings')

  const half = await from(LISBON, { at: server })
  await signInHalfway(half, person('ana'))
  await shot(half, 'second-factor')
  await giveCode(half, '000000')
  await expect(half.getByRole('alert').filter({ hasText: "didn't work" })).toBeVisible()
  await shot(half, 'second-factor-wrong')
  for (let attempt = 1; attempt < 5; attempt++) {
    await giveCode(half, '000000')
    await expect(half.getByRole('textbox', { name: 'Code' })).toHaveValue('')
  }
  await half.reload()
  await expect(half.getByRole('heading', { name: 'Start again' })).toBeVisible()
  await shot(half, 'second-factor-over')

  const marcus = await from(AWAY, { at: server })
  await signIn(marcus, person('marcus'))
  await isRefused(marcus, AWAY)
  await shot(marcus, 'blocked-needs-approval')
  await marcus.getByRole('button', { name: 'Ask another admin' }).click()
  await expect(marcus.getByText(/were asked by mail/)).toBeVisible()
  await shot(marcus, 'blocked-approval-asked')
  await page.goto(ALLOWLIST)
  await shot(page, 'allowlist-approval', { whole: false })

  const enrolling = await from(LISBON, { at: server })
  await signIn(enrolling, person('priya'))
  await expect(enrolling.getByText('Set up a second factor to go on')).toBeVisible()
  await shot(enrolling, 'factors-required')
  await enrolling.getByRole('button', { name: 'Set up an authenticator app' }).click()
  await proveAgain(enrolling, person('priya').password, 'Set up')
  const own = await keyOn(enrolling)
  await enrolling.getByRole('textbox', { name: 'Code that the app shows' }).fill(codeOf(own))
  await enrolling.getByRole('button', { name: 'Confirm' }).click()
  await expect(enrolling.getByRole('link', { name: 'Continue' })).toBeVisible()
  await shot(enrolling, 'factors-required-done')
})
