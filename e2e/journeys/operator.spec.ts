import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { startPostgres } from '@/scripts/testing/postgres'
import { isAccessible } from '../fixtures/accessibility'
import { enterRange, newRangeDialog, openAllowlist, says } from '../fixtures/allowlist-screen'
import { callMobile, send } from '../fixtures/http'
import { isIn, isRefused, signIn, trySignIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'
import { askForLink } from '../fixtures/way-back'

test('what the command changes, the running server heeds within a second', async ({
  account,
  from,
  gatehouse,
}) => {
  const { id, lena } = await account({
    ...{ agents: 1, ranges: [OFFICE], allowlistEnabled: true },
    ...{ mobileEnforced: true, checkEveryRequest: true },
  })
  const page = await from(OFFICE)
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  const { accessToken: token } = (await callMobile(gatehouse, 'sign-in', { json, ip: OFFICE })).json
  const isShutOut = async () => (await callMobile(gatehouse, 'me', { token, ip: OFFICE })).status === 403
  await gatehouse.cli('allowlist', 'add', '192.0.2.0/24', '--account', id)
  expect(await isShutOut()).toBe(false)
  await gatehouse.cli('allowlist', 'remove', OFFICE, '--account', id)
  await expect.poll(isShutOut, { timeout: 1_000, intervals: [50] }).toBe(true)
  await page.goto('/agent-console')
  await isRefused(page, OFFICE)
  await gatehouse.cli('allowlist', 'off', '--account', id)
  await page.getByRole('button', { name: 'Try again' }).click()
  await isIn(page, 'Agent Console')
})

test('while the mail server is down no mail is lost, and the screen says so', async ({
  from,
  special,
  specialMail,
}) => {
  const down = await specialMail()
  const port = Number(new URL(down.url).port)
  await down.stop()
  const at = await special({ ...BEHIND_PROXY, SMTP_URL: down.url })
  const { id, ana } = await at.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL, { at })
  await signIn(page, ana)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await says(page, 'could not be sent yet. Gatehouse goes on trying.')
  await expect(page.getByText(`allowlist add ${HOTEL}`)).toBeVisible()
  await isAccessible(page)
  const links = async () => (await at.seed.outboxOf(id)).filter(({ kind }) => kind === 'authorization-link')
  expect(await links()).toMatchObject([{ sentAt: null, isKept: true }])

  const up = await specialMail(port)
  await at.seed.passForMail(id)
  const { link } = await up.latest(ana.email, /^Authorize /)
  await says(page, 'We sent an authorization link to a•••@example.com.')
  await expect.poll(links).toMatchObject([{ isKept: false }])
  const open = await page.context().newPage()
  await open.goto(link ?? '')
  await open.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(open.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
})

test('without a mail server the link is kept for the operator, and no screen says “sent”', async ({
  from,
  special,
}) => {
  const at = await special(BEHIND_PROXY)
  const { ana } = await at.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL, { at })
  const link = await askForLink(page, ana, {
    async latest() {
      await says(page, "Mail isn't set up here, so the link was kept for your operator.")
      const kept = /http\S+\/authorize-ip\/\S+/.exec(at.log.text())?.[0] ?? null
      return { link: kept, to: ana.email, subject: '', text: '', html: '' }
    },
  })
  await expect(page.getByText(/We sent/)).toHaveCount(0)
  await isAccessible(page)
  const files = await readdir(path.join(at.folder, 'mail'))
  // The link, and the note that the right password was refused here.
  expect(files).toMatchObject([expect.stringMatching(/\.eml$/), expect.stringMatching(/\.eml$/)])
  const open = await page.context().newPage()
  await open.goto(link)
  await open.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(open.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
})

test('with the database away nothing is let in, and pages say so plainly', async ({
  from,
  special,
  expectTrouble,
}) => {
  const postgres = await startPostgres()
  const secret = 'a secret of forty characters for this test'
  const at = await special({ ...BEHIND_PROXY, DATABASE_URL: postgres.url, AUTH_SECRET: secret })
  const { ana, lena } = await at.seed.makeAccount({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(OFFICE, { at })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  const admin = await from(OFFICE, { at })
  await openAllowlist(admin, ana)
  expect((await send(`${at.url}/readyz`)).status).toBe(200)

  at.log.expect(/./)
  expectTrouble(/./)
  await postgres.stop()
  expect((await send(`${at.url}/readyz`)).status).toBe(503)
  expect((await send(`${at.url}/healthz`)).status).toBe(200)
  await enterRange(admin, { start: '192.0.2.1', description: 'Lab' })
  const dialog = newRangeDialog(admin)
  await expect(dialog.getByRole('alert')).toHaveText(/Something went wrong.*Try again.*error number \d+/)
  await expect(dialog.getByRole('textbox', { name: 'Description' })).toHaveValue('Lab')
  expect((await page.goto('/agent-console'))?.status()).toBe(500)
  await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible()
  await expect(page.getByText(lena.name)).toHaveCount(0)
  await isAccessible(page)
  const stranger = await from(OFFICE, { at })
  await trySignIn(stranger, lena)
  await expect(stranger.getByText(/Sign-in doesn't work at the moment/)).toBeVisible()
  await isAccessible(stranger)
  const json = { email: lena.email, password: lena.password, device: 'Pixel 9' }
  expect((await callMobile(at, 'sign-in', { json, ip: OFFICE })).status).toBe(503)
})

test('a database that was never there is no reason to let anybody in', async ({ special }) => {
  const at = await special(
    { DATABASE_URL: 'postgresql://gatehouse@127.0.0.1:9/nothing', AUTH_SECRET: 'x'.repeat(40) },
    { isReady: false },
  )
  at.log.expect(/./)
  expect(await send(`${at.url}/readyz`)).toMatchObject({ status: 503 })
  for (const page of ['/', '/setup?code=x', '/control-panel', '/agent-console'])
    expect((await send(at.url + page)).status, page).not.toBe(200)
})
