import { Client } from 'pg'
import { formOf, post } from '../fixtures/http'
import { isRefused, signIn, trySignIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { codeOn } from '../fixtures/way-back'
import { addFrom, addressNumber, holdsTo, newLedger, recordAdding } from './ledger'
import { isLinkMail, linkIn } from './link-mail'
import { DATABASES, expect, test } from './test'

const ROUNDS = 10

for (const kind of DATABASES) {
  test(`${kind}: two instances race for the same range, the last admin and the same link`, async ({
    stage,
    from,
  }) => {
    test.setTimeout(4 * 60_000)
    const mail = await stage.mail()
    const settings = { ...(await stage.database(kind)), SMTP_URL: mail.url }
    const one = await stage.start(settings)
    // On SQLite both work on one file, which nobody should do for long; it holds all the same.
    const second = kind === 'sqlite' ? { DATA_DIR: one.folder } : {}
    const two = await stage.start({ ...settings, APP_URL: one.url, ...second })
    const both = [one, two]

    const account = await one.seed.makeAccount({ admins: 2, agents: 1 })
    const page = await from(OFFICE, { at: one })
    const adding = await recordAdding(page, account)
    const ledger = newLedger()
    for (let round = 0; round < ROUNDS; round++) {
      const ip = addressNumber(round)
      const added = await Promise.all(
        [0, 1, 2, 3, 4, 5].map((index) => addFrom(both[index % 2] ?? one, adding, ip, ledger)),
      )
      expect(added.filter(Boolean), 'one of them adds it').toHaveLength(1)
    }
    await holdsTo(one, account, ledger)

    for (let round = 0; round < ROUNDS; round++) {
      const { id, ana, marcus } = await one.seed.makeAccount({ admins: 2 })
      const outcomes = await Promise.all([
        one.seed.setAgent(ana.id, { enabled: false }).then(
          () => 'disabled',
          (error) => String(error),
        ),
        two.seed.setAgent(marcus.id, round % 2 ? { enabled: false } : { role: 'AGENT' }).then(
          () => 'disabled',
          (error) => String(error),
        ),
      ])
      expect(outcomes.filter((outcome) => outcome === 'disabled')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome.includes('last-admin'))).toHaveLength(1)
      expect(await two.seed.activeAdminsOf(id)).toBe(1)
    }

    const { id, ana } = await one.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
    const refused = await from(HOTEL, { at: one, javaScriptEnabled: false })
    await signIn(refused, ana)
    await isRefused(refused, HOTEL)
    await refused.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.taken.some(isLinkMail)).toBe(true)
    const link = linkIn(mail.taken)
    await refused.reload()
    const code = await codeOn(refused)
    const other = await from(OFFICE, { at: one, javaScriptEnabled: false })
    await other.goto(link)
    await other.getByRole('textbox', { name: 'Six-digit code' }).fill(code)
    const form = await formOf(other.getByRole('button', { name: 'Authorize IP' }))
    const origin = one.url
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post(
          { ...form, url: form.url.replace(origin, `http://127.0.0.1:${(both[index % 2] ?? one).port}`) },
          { headers: { origin } },
        ),
      ),
    )
    const saying = (words: string) => answers.filter(({ text }) => text.includes(words)).length
    expect([saying('is now on the allowlist'), saying('This link was used already')]).toEqual([1, 19])
    expect((await two.seed.rangesOf(id)).filter(({ text }) => text === HOTEL)).toHaveLength(1)
  })
}

test('postgresql: a list that is turned on between a verdict and its session is asked anew', async ({
  stage,
  from,
}) => {
  const settings = await stage.database('postgresql')
  const gatehouse = await stage.start(settings)
  const { id, lena } = await gatehouse.seed.makeAccount({ agents: 1, ranges: [OFFICE] })
  const turningOn = new Client({ connectionString: settings.DATABASE_URL })
  await turningOn.connect()
  stage.finally(() => turningOn.end())
  await turningOn.query('BEGIN')
  await turningOn.query(
    `UPDATE "Account" SET "allowlistEnabled" = true, "allowlistVersion" = "allowlistVersion" + 1 WHERE "id" = $1`,
    [id],
  )
  const page = await from(HOTEL, { at: gatehouse })
  await trySignIn(page, lena)
  const isAwaited = async () => {
    const { rows } = await turningOn.query(
      'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))',
    )
    return rows.length > 0
  }
  await expect.poll(isAwaited, 'the sign-in waits for the change').toBe(true)
  await turningOn.query('COMMIT')
  await isRefused(page, HOTEL)
  const reasons = (await gatehouse.seed.signInsOf(id)).map(({ because }) => because)
  expect(reasons).toEqual(['not-listed'])
  expect(await gatehouse.seed.sessionsOf(lena.id)).toEqual([])
})
