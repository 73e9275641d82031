import { isRefused, signIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { allIsSent, isLinkMail, linkMailOf } from './link-mail'
import { DATABASES, expect, test } from './test'

const LISTED = { ranges: [OFFICE], allowlistEnabled: true }

for (const kind of DATABASES) {
  test(`${kind}: an instance dies while the mail server is taking a mail; another one sends it, once`, async ({
    stage,
    from,
  }) => {
    const mail = await stage.mail()
    const shared = { ...(await stage.database(kind)), SMTP_URL: mail.url }
    const one = await stage.start(shared)
    const { id, ana } = await one.seed.makeAccount(LISTED)
    const page = await from(HOTEL, { at: one })
    await signIn(page, ana)
    await isRefused(page, HOTEL)
    await allIsSent(one, id)
    const before = mail.begun
    mail.trouble = 'is slow'
    await page.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.begun).toBe(before + 1)
    await one.end('SIGKILL')
    mail.trouble = null

    const DATA_DIR = one.folder
    const two = await stage.start({ ...shared, ...(kind === 'sqlite' ? { DATA_DIR } : {}) })
    expect(await linkMailOf(two, id)).toMatchObject({ sentAt: null, attempts: 1, isKept: true })
    await two.seed.passForClaims(id)
    await expect.poll(() => linkMailOf(two, id)).toMatchObject({ attempts: 2, isKept: false })
    expect(mail.taken.filter(isLinkMail)).toHaveLength(1)
  })

  test(`${kind}: an instance dies between the yes of the mail server and its record: twice, recognisably one`, async ({
    stage,
    from,
  }) => {
    const mail = await stage.mail()
    const server = await stage.start({ ...(await stage.database(kind)), SMTP_URL: mail.url })
    const { id, ana } = await server.seed.makeAccount(LISTED)
    const page = await from(HOTEL, { at: server })
    await signIn(page, ana)
    await isRefused(page, HOTEL)
    await allIsSent(server, id)
    mail.beforeYes = async () => {
      await server.end('SIGKILL')
    }
    await page.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.taken.filter(isLinkMail)).toHaveLength(1)
    mail.beforeYes = () => {}

    await server.startAgain()
    await server.seed.passForClaims(id)
    await expect.poll(() => linkMailOf(server, id)).toMatchObject({ attempts: 2, isKept: false })
    const links = mail.taken.filter(isLinkMail)
    expect(links).toHaveLength(2)
    const [first, second] = links
    expect(second?.messageId).toBe(first?.messageId)
    expect(second?.text).toBe(first?.text)
  })

  test(`${kind}: the database is away when a mail has gone: it is not sent again`, async ({
    stage,
    from,
  }) => {
    const postgres = kind === 'postgresql' ? await stage.postgres() : null
    const mail = await stage.mail()
    const AUTH_SECRET = 'a secret of forty characters for this test'
    const server = await stage.start({
      ...(postgres ? { DATABASE_URL: postgres.url, AUTH_SECRET } : {}),
      SMTP_URL: mail.url,
    })
    const { id, ana } = await server.seed.makeAccount(LISTED)
    const page = await from(HOTEL, { at: server })
    await signIn(page, ana)
    await isRefused(page, HOTEL)
    await allIsSent(server, id)
    let release = async () => {}
    mail.beforeYes = async () => {
      if (postgres) {
        await postgres.shutDown()
        release = () => postgres.startAgain()
      } else {
        await server.seed.holdDatabase()
        release = () => server.seed.releaseDatabase()
      }
    }
    await page.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.taken.filter(isLinkMail), { timeout: 20_000 }).toHaveLength(1)
    mail.beforeYes = () => {}
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await release()
    await expect
      .poll(() => linkMailOf(server, id), { timeout: 30_000 })
      .toMatchObject({ attempts: 1, isKept: false })
    expect(mail.taken.filter(isLinkMail)).toHaveLength(1)
  })
}
