import {
  ALLOWLIST,
  expect,
  isAccessible,
  isBlocked,
  isIn,
  linkIn,
  REFUSED_PAGE,
  signIn,
  test,
} from '../fixtures/test'

const OFFICE = '198.51.100.7'
const ELSEWHERE = '203.0.113.9'

test('an agent from elsewhere is refused and told which admins to contact', async ({
  account,
  from,
  seeder,
  expectTrouble,
}) => {
  expectTrouble(REFUSED_PAGE)
  const { id, people } = await account({
    admins: ['Ana Silva', 'Ben Okafor'],
    agents: [{ name: 'Cleo Martin' }],
    ranges: [OFFICE],
    allowlistOn: true,
  })
  const page = await from(ELSEWHERE)
  await signIn(page, people.cleo)
  await isBlocked(page)
  await expect(page.getByText(ELSEWHERE)).toBeVisible()
  await expect(page.getByText('Contact your admins to get access from this network.')).toBeVisible()
  for (const admin of [people.ana, people.ben])
    await expect(page.getByRole('link', { name: admin.email })).toHaveAttribute(
      'href',
      `mailto:${admin.email}`,
    )
  await expect(page.getByRole('button', { name: 'Authorize this IP' })).toHaveCount(0)
  await isAccessible(page)
  expect(await seeder.sessions(people.cleo.id)).toEqual([])
  expect(await seeder.signIns(id)).toMatchObject([
    { outcome: 'refused', because: 'not-listed', surface: 'AGENT_CONSOLE', address: ELSEWHERE },
  ])

  await page.goto(ALLOWLIST)
  await isBlocked(page)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('status')).toContainText('Still not allowed')
})

test('the same agent is let in from the office', async ({ account, from, seeder }) => {
  const { id, people } = await account({
    agents: [{ name: 'Cleo Martin' }],
    ranges: [OFFICE],
    allowlistOn: true,
  })
  const page = await from(OFFICE)
  await signIn(page, people.cleo)
  await page.waitForURL('/agent-console')
  expect(await seeder.signIns(id)).toMatchObject([
    { outcome: 'admitted', because: 'listed', rangeText: OFFICE },
  ])
})

test('an admin from elsewhere authorizes the address by e-mail and gets in without the password', async ({
  account,
  from,
  mailbox,
  seeder,
  expectTrouble,
}) => {
  expectTrouble(REFUSED_PAGE)
  const { id, people } = await account({ ranges: [OFFICE], allowlistOn: true })
  const page = await from(ELSEWHERE)
  await signIn(page, people.ana, `/sign-in?to=${encodeURIComponent(ALLOWLIST)}`)
  await isBlocked(page)
  await page.getByRole('button', { name: 'Authorize this IP' }).click()
  await expect(
    page.getByText(/We sent an authorization link to a•••@example\.com\. It expires in \d+ minutes\./),
  ).toBeVisible()
  await isAccessible(page)
  const mail = await mailbox.latest(people.ana.email)
  expect(mail.subject).toBe(`Authorize ${ELSEWHERE} to sign in`)
  expect(mail.text).not.toMatch(/\b\d{6}\b/)

  const link = await page.context().newPage()
  await link.goto(linkIn(mail))
  await expect(link.getByRole('heading', { name: 'Authorize this IP address?' })).toBeVisible()
  await isAccessible(link)
  await link.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(link.getByText(`${ELSEWHERE} is now on the allowlist.`)).toBeVisible()

  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(ALLOWLIST)
  await expect(page.getByRole('heading', { name: 'IP Allowlist', level: 1 })).toBeVisible()
  expect(await seeder.ranges(id)).toMatchObject([
    { start: OFFICE },
    {
      start: ELSEWHERE,
      end: ELSEWHERE,
      origin: 'EMAIL',
      description: 'Authorized by e-mail: Ana Silva',
      expiresAt: null,
    },
  ])
})

test('an admin adds a range and turns the allowlist on', async ({ account, from, seeder }) => {
  const { id, people } = await account()
  const page = await from(OFFICE)
  await isIn(page, people.ana)
  await page.getByRole('button', { name: 'New IP Range' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New IP Range' })
  await dialog.getByLabel('Start IP').fill('198.51.100.0/24')
  await expect(dialog.getByText('256 addresses')).toBeVisible()
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('cell', { name: '198.51.100.255' })).toBeVisible()
  await page.getByRole('switch', { name: 'IP Allowlist', exact: true }).click()
  await expect(page.getByText(/^On: sign-in only from 1 range/)).toBeVisible()
  await isAccessible(page)
  expect(await seeder.switches(id)).toMatchObject({ allowlistEnabled: true })
})
