import { isAccessible } from '../fixtures/accessibility'
import { says } from '../fixtures/allowlist-screen'
import { formOf, post, send } from '../fixtures/http'
import { signIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'
import { askForLink, isTold } from '../fixtures/way-back'

const LISTED = { ranges: [OFFICE], allowlistEnabled: true }
const MINUTE_MS = 60_000

test('looking at the link a hundred times, by GET and by HEAD, changes nothing', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL)
  const link = await askForLink(page, ana, mailbox)
  const cookies = await page.context().cookies()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const state = async () => [
    await gatehouse.seed.linksOf(ana.id),
    await gatehouse.seed.rangesOf(id),
    await gatehouse.seed.auditOf(id),
  ]
  await expect.poll(async () => (await gatehouse.seed.linksOf(ana.id))[0]?.sentAt).toBeTruthy()
  const before = await state()
  for (let batch = 0; batch < 10; batch++) {
    const looks = Array.from({ length: 10 }, (_, index) =>
      send(link, { method: index % 2 ? 'GET' : 'HEAD', headers: { cookie, 'x-forwarded-for': HOTEL } }),
    )
    for (const { status } of await Promise.all(looks)) expect(status).toBe(200)
  }
  expect(await state()).toEqual(before)
})

test('a link works once, and fifty at once add one range and one audit row', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL, { javaScriptEnabled: false })
  const link = await askForLink(page, ana, mailbox)
  await page.goto(link)
  const form = await formOf(page.getByRole('button', { name: 'Authorize IP' }))
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(form)))
  const saying = (words: string) => answers.filter(({ text }) => text.includes(words)).length
  expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
  expect(saying('is now on the allowlist')).toBe(1)
  expect(saying('This link was used already')).toBe(49)
  const hotel = (await gatehouse.seed.rangesOf(id)).filter(({ text }) => text === HOTEL)
  expect(hotel).toHaveLength(1)
  const added = (await gatehouse.seed.auditOf(id)).filter(
    ({ action, subjectName }) => action === 'range.added' && subjectName === HOTEL,
  )
  expect(added).toMatchObject([{ actorName: 'Ana Silva', via: 'link' }])
  const later = await from(OFFICE)
  expect((await later.goto(link))?.status()).toBe(410)
  await isTold(later, 'This link was used already')
  await isAccessible(later)
})

test('an expired link is refused, and the screen that asked says so', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana } = await account(LISTED)
  const page = await from(HOTEL)
  const link = await askForLink(page, ana, mailbox)
  const open = await page.context().newPage()
  await open.goto(link)
  await gatehouse.seed.passForLinks(ana.id, 10 * MINUTE_MS + 1000)
  await open.getByRole('button', { name: 'Authorize IP' }).click()
  await isTold(open, 'This link has expired')
  await isAccessible(open)
  expect((await open.goto(link))?.status()).toBe(410)
  await says(page, 'has expired. Send another one.')
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE])
})

test('“I did not request this” stops every link and tells the other admins', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana, marcus } = await account({ ...LISTED, admins: 2 })
  const thief = await from(HOTEL)
  const link = await askForLink(thief, ana, mailbox)
  const owner = await from(OFFICE)
  await owner.goto(link)
  await owner.getByRole('button', { name: "I didn't request this" }).click()
  await isTold(owner, 'Request stopped')
  await isAccessible(owner)
  expect((await mailbox.latest(marcus.email)).subject).toBe(
    `${ana.name} did not request access from ${HOTEL}`,
  )
  // The screen that asked looks by itself.
  await says(thief, 'Your sign-in was ended, by the mailed link or by a change of your account.')
  await expect(thief).toHaveURL(/\/sign-in/)
  await isAccessible(thief)
  await signIn(thief, ana)
  await expect(thief.getByText('no more links are sent until your password is changed')).toBeVisible()
  await expect(thief.getByRole('button', { name: 'Authorize this IP' })).toHaveCount(0)
  await isAccessible(thief)
  expect((await owner.goto(link))?.status()).toBe(410)
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE])
})

test('a link of an admin who was demoted or disabled since is refused', async ({
  account,
  from,
  mailbox,
  gatehouse,
}) => {
  const { id, ana, marcus } = await account({ ...LISTED, admins: 3 })
  for (const [admin, change, address] of [
    [ana, { role: 'AGENT' }, '203.0.113.21'],
    [marcus, { enabled: false }, '203.0.113.22'],
  ] as const) {
    const page = await from(address)
    const link = await askForLink(page, admin, mailbox, address)
    const open = await page.context().newPage()
    await open.goto(link)
    await gatehouse.seed.setAgent(admin.id, change)
    await open.getByRole('button', { name: 'Authorize IP' }).click()
    await isTold(open, 'This link is no longer valid')
    await isAccessible(open)
  }
  expect((await gatehouse.seed.rangesOf(id)).map(({ text }) => text)).toEqual([OFFICE])
})

test('a link that nobody sent is unknown', async ({ page }) => {
  expect((await page.goto(`/authorize-ip/${'A'.repeat(43)}`))?.status()).toBe(404)
  expect((await page.goto('/authorize-ip/%ff'))?.status()).toBe(404)
  await isTold(page, 'This link is not known here')
  await isAccessible(page)
})
