import { writeFileSync } from 'node:fs'
import { findFaketime } from '@/scripts/provision.mjs'
import { callMobile, formOf, post, send } from '../fixtures/http'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { allIsSent, isLinkMail, linkIn } from './link-mail'
import { DATABASES, expect, test } from './test'

const HOUR_S = 60 * 60
const PHONE = '192.0.2.20'

for (const kind of DATABASES)
  test(`${kind}: the clock goes back an hour: nobody is signed out, held up or let in by that`, async ({
    stage,
    from,
  }) => {
    const mail = await stage.mail()
    const clock = clockOf(test.info().outputPath('clock'))
    const server = await stage.start(
      { ...(await stage.database(kind)), SMTP_URL: mail.url },
      { preload: clock.preload },
    )
    const { id, ana, lena } = await server.seed.makeAccount({
      ...{ agents: 1, ranges: [OFFICE, PHONE], allowlistEnabled: true, mobileEnforced: true },
    })
    expect(await skewOf(server)).toBeLessThan(60)

    const page = await from(OFFICE, { at: server })
    await signIn(page, lena)
    await isIn(page, 'Agent Console')
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const phone = { email: lena.email, password: lena.password, device: 'Pixel 9' }
    const call = (verb: string, rest: object) => callMobile(server, verb, { ip: PHONE, ...rest })
    const going = (await call('sign-in', { json: phone })).json
    const copied = (await call('sign-in', { json: phone })).json
    await call('refresh', { json: { refreshToken: copied.refreshToken } })
    const ended = (await call('sign-in', { json: phone })).json
    await call('sign-out', { token: ended.accessToken, json: {} })
    for (let wrong = 0; wrong < 5; wrong++)
      await call('sign-in', { json: { ...phone, password: `wrong ${wrong}` }, ip: OFFICE })
    expect((await call('sign-in', { json: phone, ip: OFFICE })).status).toBe(429)

    // A spent link, and one that waits for its mail server.
    const refused = await from(HOTEL, { at: server, javaScriptEnabled: false })
    await signIn(refused, ana)
    await isRefused(refused, HOTEL)
    await refused.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.taken.some(isLinkMail)).toBe(true)
    await refused.goto(linkIn(mail.taken))
    const spent = await formOf(refused.getByRole('button', { name: 'Authorize IP' }))
    expect((await post(spent, { headers: { 'x-forwarded-for': HOTEL } })).text).toContain(
      'is now on the allowlist',
    )
    await allIsSent(server, id)
    mail.trouble = 'refuses'
    await server.cli('allowlist', 'off', '--account', id)
    const isTried = async () =>
      (await server.seed.outboxOf(id)).some(({ sentAt, attempts }) => !sentAt && attempts > 0)
    await expect.poll(isTried).toBe(true)
    await server.cli('allowlist', 'on', '--account', id)

    clock.goBack(HOUR_S)
    await expect.poll(() => skewOf(server)).toBeGreaterThan(HOUR_S - 60)

    // Nobody is signed out.
    expect(
      (await send(`${server.url}/agent-console`, { headers: { cookie, 'x-forwarded-for': OFFICE } })).status,
    ).toBe(200)
    expect((await call('me', { token: going.accessToken })).status).toBe(200)
    expect((await call('refresh', { json: { refreshToken: going.refreshToken } })).status).toBe(200)
    // Nobody is let in: what is over stays over, what is spent stays spent, what is not listed stays out.
    expect((await call('me', { token: ended.accessToken })).status).toBe(401)
    expect((await call('sign-in', { json: phone, ip: '192.0.2.99' })).status).toBe(403)
    expect((await call('sign-in', { json: { ...phone, password: 'wrong' } })).status).toBe(401)
    expect((await post(spent, { headers: { 'x-forwarded-for': HOTEL } })).text).toContain(
      'This link was used already',
    )
    // A refresh token that was used an hour ahead of now is no lost answer: two hold it.
    expect((await call('refresh', { json: { refreshToken: copied.refreshToken } })).status).toBe(401)
    // Nobody is held up: not by a wait that ends in an hour, nor by mail that is due in an hour.
    expect((await call('sign-in', { json: phone, ip: OFFICE })).status).toBe(200)
    mail.trouble = null
    await allIsSent(server, id)
  })

/** A clock for one process, set from outside: libfaketime stands between the process and the system's time. */
function clockOf(file: string) {
  const set = (offset: string) => writeFileSync(file, `${offset}\n`)
  set('+0')
  return {
    preload: {
      LD_PRELOAD: findFaketime() ?? '',
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // Timers go on as they do when the system's clock is set.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    goBack: (seconds: number) => set(`-${seconds}`),
  }
}

/** How many seconds the server's clock is behind this one. */
async function skewOf({ url }: { url: string }): Promise<number> {
  const { headers } = await send(`${url}/healthz`)
  return (Date.now() - Date.parse(String(headers.date))) / 1000
}
