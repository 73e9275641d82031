import { expect } from '@playwright/test'
import { says } from '../fixtures/allowlist-screen'
import { signIn, trySignIn } from '../fixtures/people'
import { codeOn, isTold } from '../fixtures/way-back'
import { AWAY, LISBON, test } from './demo'
import { shot } from './shot'

test('set-up', async ({ from, special, specialMail }) => {
  const mail = await specialMail()
  const at = await special({ SMTP_URL: mail.url })
  const page = await from(null, { at })
  await page.goto('/setup')
  await shot(page, 'setup-without-code')
  await page.goto(await at.setupLink())
  await shot(page, 'setup')
  await page.getByRole('textbox', { name: 'Company' }).fill('Northwind Support')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('Enter a name.')).toBeVisible()
  await shot(page, 'setup-errors')
})

test('sign-in and its errors', async ({ from, demo }) => {
  const { server, person } = await demo()
  const page = await from(LISBON, { at: server })
  await page.goto('/setup')
  await shot(page, 'setup-closed')
  await page.goto('/sign-in')
  await shot(page, 'sign-in')
  for (let attempt = 0; attempt < 6; attempt++) {
    await trySignIn(page, { ...person('ana'), password: 'something else' })
    await expect(page.getByRole('alert').filter({ hasText: /incorrect|Too many/ })).toBeVisible()
    if (attempt === 0) await shot(page, 'sign-in-wrong')
  }
  await shot(page, 'sign-in-throttled')
  await page.goto('/nowhere')
  await shot(page, 'not-found')
})

test('the refused', async ({ from, demo, specialMail }) => {
  const mail = await specialMail()
  const { server, person, accountId } = await demo({ SMTP_URL: mail.url })
  await server.seed.setSwitches(accountId, { allowlistEnabled: true })
  const agent = await from(AWAY, { at: server })
  await signIn(agent, person('lena'))
  await shot(agent, 'blocked-agent')

  const admin = await from(AWAY, { at: server, device: 'Firefox on Windows' })
  await signIn(admin, person('ana'))
  await shot(admin, 'blocked-admin')
  await admin.getByRole('button', { name: 'Authorize this IP' }).click()
  await says(admin, 'We sent an authorization link')
  await codeOn(admin)
  await shot(admin, 'blocked-admin-sent')
  const { link, html } = await mail.latest(person('ana').email, /^Authorize /)

  const letter = await from(null, { at: server })
  await letter.setContent(html)
  await shot(letter, 'mail-authorization-link')

  const other = await from('192.0.2.50', { at: server })
  await other.goto(link ?? '')
  await shot(other, 'link-other-browser')
  const same = await admin.context().newPage()
  await same.goto(link ?? '')
  await shot(same, 'link-same-browser')
  await same.getByRole('button', { name: 'Authorize IP' }).click()
  await isTold(same, 'IP address authorized')
  await shot(same, 'link-authorized')
  await says(admin, 'Your address is allowed now')
  await shot(admin, 'blocked-admin-allowed')
  await other.goto(link ?? '')
  await shot(other, 'link-used')
  await other.goto('/authorize-ip/unknown')
  await shot(other, 'link-unknown')

  const unknown = await from('nonsense', { at: server })
  await signIn(unknown, person('marcus'))
  await shot(unknown, 'blocked-address-unknown')
})

test('the links that are over', async ({ from, demo, specialMail }) => {
  const mail = await specialMail()
  const { server, person, accountId } = await demo({ SMTP_URL: mail.url })
  await server.seed.setSwitches(accountId, { allowlistEnabled: true })
  for (const [first, name] of [
    ['ana', 'link-denied'],
    ['marcus', 'link-guessed'],
    ['priya', 'link-expired'],
  ] as const) {
    const page = await from(AWAY, { at: server })
    await signIn(page, person(first))
    await page.getByRole('button', { name: 'Authorize this IP' }).click()
    const { link } = await mail.latest(person(first).email, /^Authorize/)
    const other = await from(LISBON, { at: server })
    await other.goto(link ?? '')
    if (name === 'link-denied') await other.getByRole('button', { name: "I didn't request this" }).click()
    for (let miss = 0; name === 'link-guessed' && miss < 5; miss++) {
      await other.getByRole('textbox', { name: 'Six-digit code' }).fill('00000')
      await other.getByRole('button', { name: 'Authorize IP' }).click()
      if (miss < 4) await expect(other.getByRole('textbox', { name: 'Six-digit code' })).toHaveValue('')
      if (miss === 0) await shot(other, 'link-wrong-code')
    }
    if (name === 'link-expired') {
      const agents = JSON.parse(await server.cli('agent', 'list', '--json', '--search', 'priya')).agents
      await server.seed.passForLinks(agents[0].id, 11 * 60_000)
      await other.reload()
    }
    await expect(other.getByRole('link', { name: 'Go to sign-in' })).toBeVisible()
    await shot(other, name)
  }
})
