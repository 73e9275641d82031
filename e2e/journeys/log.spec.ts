import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { says } from '../fixtures/allowlist-screen'
import { callMobile, send } from '../fixtures/http'
import { isIn, signIn, signOut, trySignIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'
import { askForLink, codeOn } from '../fixtures/way-back'
import { builtActions } from '../sweep/places'

const ANA = { id: '', name: 'Ana Silva', email: 'ana@example.com', password: 'ana likes long passwords' }
const TOKEN = 'metrics-token-0123456789abcdef'

/** What the server wrote, without the two kinds of lines that are meant for the operator's eyes. */
function logOnly(text: string): string {
  return text
    .replace(/^Set up Gatehouse: \S+$/m, '')
    .replace(/^Mail kept \(no SMTP_URL\): .+\n( {2}http\S+\n)? {2}\S+\.eml$/gm, '')
}

/** Promises that none of the secrets stands anywhere in the log, in whatever line. */
function keepsSecret(log: string, secrets: Record<string, string>): void {
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret.length, what).toBeGreaterThan(5)
    const isThere = /^\d+$/.test(secret)
      ? new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(log)
      : [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) =>
          log.includes(form),
        )
    expect(isThere, `The log tells ${what}`).toBe(false)
  }
}

async function cookiesOf(page: Page): Promise<Record<string, string>> {
  const cookies = await page.context().cookies()
  return Object.fromEntries(cookies.map(({ name, value }) => [`the cookie ${name}`, value]))
}

async function fillInSetup(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Company' }).fill('Northwind')
  await page.getByRole('textbox', { name: 'Your name' }).fill(ANA.name)
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(ANA.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(ANA.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await isIn(page, 'IP Allowlist')
}

test('no secret that somebody used stands in the log, however much it tells', async ({
  from,
  special,
  specialMail,
}) => {
  const mail = await specialMail()
  const settings = { SMTP_URL: mail.url, LOG_LEVEL: 'trace', METRICS_TOKEN: TOKEN }
  const at = await special({ ...BEHIND_PROXY, ...settings })
  const secrets: Record<string, string> = { "Ana's password": ANA.password, 'the token for metrics': TOKEN }
  const setup = await at.setupLink()
  secrets['the set-up code'] = new URL(setup).searchParams.get('code') ?? ''

  const office = await from(OFFICE, { at })
  await office.goto(setup)
  await fillInSetup(office)
  Object.assign(secrets, await cookiesOf(office))
  await signOut(office)
  const wrong = 'a wrong password of Ana'
  secrets['a wrong password'] = wrong
  await trySignIn(office, { ...ANA, password: wrong })
  await expect(office.getByText('Email or password is incorrect.')).toBeVisible()

  await at.cli('allowlist', 'add', OFFICE)
  await at.cli('allowlist', 'on')
  const hotel = await from(HOTEL, { at })
  const link = await askForLink(hotel, ANA, mail)
  secrets['the token of the link'] = link.split('/').at(-1) ?? ''
  await says(hotel, 'We sent an authorization link')
  secrets['the code on the screen'] = await codeOn(hotel)
  for (const [name, value] of Object.entries(await cookiesOf(hotel)))
    secrets[`${name} of the refused`] = value
  const elsewhere = await from(OFFICE, { at })
  await elsewhere.goto(link)
  await elsewhere
    .getByRole('textbox', { name: 'Six-digit code' })
    .fill(secrets['the code on the screen'] ?? '')
  await elsewhere.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(elsewhere.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await signIn(elsewhere, ANA)
  Object.assign(secrets, await cookiesOf(elsewhere))

  const json = { email: ANA.email, password: ANA.password, device: 'Pixel 9' }
  const phone = (await callMobile(at, 'sign-in', { json, ip: OFFICE })).json
  const { refreshToken } = phone
  const renewed = (await callMobile(at, 'refresh', { json: { refreshToken }, ip: OFFICE })).json
  secrets['the first access token'] = phone.accessToken
  secrets['the first refresh token'] = refreshToken
  secrets['the next access token'] = renewed.accessToken
  secrets['the next refresh token'] = renewed.refreshToken
  expect((await callMobile(at, 'me', { token: renewed.accessToken, ip: OFFICE })).status).toBe(200)
  const broken = { headers: { 'content-type': 'application/json' }, body: `{"password":"${ANA.password}"` }
  expect((await send(`${at.url}/api/mobile/v1/sign-in`, broken)).status).toBe(400)
  const metrics = { headers: { authorization: `Bearer ${TOKEN}` } }
  const measured = await send(`${at.url}/metrics`, metrics)
  expect(measured.text).toMatch(/^gatehouse_decisions_total\{.*verdict="refuse",reason="not-listed"\} 1$/m)
  expect(measured.text).toMatch(/^gatehouse_sign_in_seconds_count\{by="web",outcome="wrong"\} 1$/m)
  secrets.AUTH_SECRET = (await readFile(path.join(at.folder, 'auth-secret'), 'utf8')).trim()

  const log = logOnly(at.log.text())
  expect(log).toContain('"msg":"Sign-in decided"')
  expect(log).toContain('"path":"/authorize-ip/[hidden]"')
  keepsSecret(log, secrets)
})

test('without a mail server the kept mails are told outside the log, and nothing of them in it', async ({
  from,
  special,
}) => {
  const at = await special({ ...BEHIND_PROXY, LOG_LEVEL: 'trace' })
  const { ana } = await at.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL, { at })
  const link = await askForLink(page, ana, {
    async latest() {
      await says(page, "Mail isn't set up here, so the link was kept for your operator.")
      const kept = /http\S+\/authorize-ip\/\S+/.exec(at.log.text())?.[0] ?? null
      return { link: kept, to: ana.email, subject: '', text: '', html: '' }
    },
  })
  const log = logOnly(at.log.text())
  expect(log).toContain('"msg":"Mail was kept as a file"')
  keepsSecret(log, { 'the token of the link': link.split('/').at(-1) ?? '' })
})

test('where the output is kept, the link of a kept mail is in its file alone', async ({ from, special }) => {
  const at = await special({ ...BEHIND_PROXY, PRINT_LINKS: 'terminal', LOG_LEVEL: 'trace' })
  const { ana } = await at.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
  const page = await from(HOTEL, { at })
  const link = await askForLink(page, ana, {
    async latest() {
      await says(page, "Mail isn't set up here, so the link was kept for your operator.")
      const file = /^ {2}(\S+\.eml)$/m.exec(at.log.text())?.[1] ?? ''
      const { text = '' } = await simpleParser(await readFile(file))
      return {
        link: /http\S+\/authorize-ip\/\S+/.exec(text)?.[0] ?? null,
        to: ana.email,
        subject: '',
        text,
        html: '',
      }
    },
  })
  keepsSecret(at.log.text(), { 'the token of the link': link.split('/').at(-1) ?? '' })
})

test('the passwords of mail server and database are not told when these fail', async ({ special }) => {
  const [forMail, forData] = ['hush of the mail server', 'hush-of-the-database']
  const url = `smtp://gatehouse:${encodeURIComponent(forMail)}@127.0.0.1:9`
  const at = await special({ SMTP_URL: url, LOG_LEVEL: 'trace' })
  const { id } = await at.seed.makeAccount({})
  await at.cli('allowlist', 'on', '--account', id)
  await expect.poll(() => at.log.text()).toContain('Mail could not be sent')
  keepsSecret(at.log.text(), { 'the password of the mail server': forMail })

  const away = await special(
    { DATABASE_URL: `postgresql://gatehouse:${forData}@127.0.0.1:9/nothing`, AUTH_SECRET: 'x'.repeat(40) },
    { isReady: false },
  )
  away.log.expect(/./)
  const { status, headers } = await send(`${away.url}/setup?code=x`)
  expect(status).toBe(500)
  await expect.poll(() => away.log.text()).toContain(`"requestId":"${headers['x-request-id']}"`)
  expect(away.log.text()).toContain('"msg":"A request failed"')
  keepsSecret(away.log.text(), { 'the password of the database': forData })
})

test('every line that belongs to a request names it, as its answer does', async ({ account, gatehouse }) => {
  const { ana } = await account()
  const signIns = Array.from({ length: 8 }, () => {
    const body = JSON.stringify({ email: ana.email, password: ana.password, device: 'Pixel 9' })
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': OFFICE }
    return send(`${gatehouse.url}/api/mobile/v1/sign-in`, { headers, body })
  })
  const ids = (await Promise.all(signIns)).map(({ headers }) => String(headers['x-request-id']))
  const decided = () =>
    gatehouse.log
      .text()
      .split('\n')
      .filter((line) => line.includes('"Sign-in decided"') && line.includes(ana.id))
      .map((line) => JSON.parse(line).requestId)
      .sort()
  await expect.poll(decided).toEqual(ids.sort())
  expect(new Set(ids).size).toBe(ids.length)
})

test('nothing that a stranger sends acts on the terminal that shows the output', async ({ gatehouse }) => {
  const before = gatehouse.log.text().length
  const action = builtActions().find(({ name }) => name === '(entry)/sign-in/actions#signInAction')?.id ?? ''
  gatehouse.log.expect(/./)
  for (const [id, body] of [
    [action, '[\u001b[31mRED\u001b]0;title\u0007'],
    ['\u009b31mRED', '[]'],
  ] as const) {
    const headers = { 'next-action': id, origin: gatehouse.url, 'content-type': 'text/plain;charset=UTF-8' }
    expect((await send(`${gatehouse.url}/sign-in`, { body, headers })).status).toBeGreaterThanOrEqual(400)
  }
  const shown = () => gatehouse.log.text().slice(before)
  await expect.poll(shown).toContain("SyntaxError: Unexpected token '\ufffd'")
  await expect.poll(shown).toMatch(/Received ".?\ufffd31mRED"/)
  expect(shown()).not.toMatch(/[^\P{Cc}\n\t]/u)
})
