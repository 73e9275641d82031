import { openAllowlist, rowOf } from '../fixtures/allowlist-screen'
import { formOf, post } from '../fixtures/http'
import { signIn } from '../fixtures/people'
import { AGENTS, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

const OURS = { ranges: ['198.51.100.0/24 Ours'], agents: 1 }
const THEIRS = { ranges: ['203.0.113.0/24 Theirs'], agents: 1 }

test('another account sees none of our ranges and people', async ({ account, page }) => {
  const ours = await account(OURS)
  const theirs = await account(THEIRS)
  await openAllowlist(page, theirs.ana)
  await expect(rowOf(page, '203.0.113.0')).toBeVisible()
  await expect(page.getByText('Ours')).toHaveCount(0)
  await page.goto(`${AGENTS}?q=${encodeURIComponent(ours.lena.email)}`)
  await expect(page.getByText('Nobody matches')).toBeVisible()
})

test('another account changes nothing of ours, even with the right ids', async ({
  account,
  from,
  gatehouse,
}) => {
  const ours = await account(OURS)
  const theirs = await account(THEIRS)
  const [ourRange] = await gatehouse.seed.rangesOf(ours.id)
  const state = async () => [
    await gatehouse.seed.rangesOf(ours.id),
    await gatehouse.seed.auditOf(ours.id),
    await gatehouse.seed.sessionsOf(ours.lena.id),
  ]
  const ourBrowser = await from(OFFICE)
  await signIn(ourBrowser, ours.lena)
  const [ourSession] = await gatehouse.seed.sessionsOf(ours.lena.id)
  const before = await state()

  const page = await from(OFFICE, { javaScriptEnabled: false })
  await openAllowlist(page, theirs.ana)
  const disable = await formOf(page.getByRole('button', { name: 'Disable 203.0.113.0/24' }))
  const answer = await post(disable, { fields: { id: ourRange?.id ?? '' } })
  expect(answer.text).toContain('Somebody deleted this range meanwhile')

  const other = await from(OFFICE, { javaScriptEnabled: false })
  await signIn(other, theirs.ana)
  await page.goto('/agent-console')
  const end = await formOf(page.getByRole('button', { name: 'End other sessions' }))
  const ended = await post(end, { fields: { end: `web:${ourSession?.id}` } })
  expect(ended.text).toContain('That session was over already.')
  expect(await state()).toEqual(before)
})

for (const [deed, button] of [
  ['Edit', 'Save'],
  ['Delete', 'Delete'],
] as const)
  test(`another account's forged "${deed}" of our range finds nothing`, async ({
    account,
    page,
    gatehouse,
  }) => {
    const ours = await account(OURS)
    const theirs = await account(THEIRS)
    const [ourRange] = await gatehouse.seed.rangesOf(ours.id)
    const [theirRange] = await gatehouse.seed.rangesOf(theirs.id)
    await openAllowlist(page, theirs.ana)
    await page.route('**/*', async (route) => {
      const body = route.request().postData()
      const forged = body?.replaceAll(theirRange?.id ?? '-', ourRange?.id ?? '-')
      await route.continue(forged ? { postData: forged } : {})
    })
    await page.getByRole('button', { name: `${deed} 203.0.113.0/24` }).click()
    const dialog = page.getByRole(deed === 'Edit' ? 'dialog' : 'alertdialog')
    await dialog.getByRole('button', { name: button }).click()
    await expect(page.getByText('Somebody deleted this range meanwhile. Nothing was changed.')).toBeVisible()
    expect(await gatehouse.seed.rangesOf(ours.id)).toEqual([ourRange])
  })

test('another account’s forged change of our agent finds nobody', async ({ account, page, gatehouse }) => {
  const ours = await account(OURS)
  const theirs = await account(THEIRS)
  await signIn(page, theirs.ana, AGENTS)
  await page.route('**/*', async (route) => {
    const forged = route.request().postData()?.replaceAll(theirs.lena.id, ours.lena.id)
    await route.continue(forged ? { postData: forged } : {})
  })
  await page.getByRole('button', { name: `Edit ${theirs.lena.name}` }).click()
  const edit = page.getByRole('dialog')
  await edit.getByRole('combobox', { name: 'Role' }).selectOption('Admin')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(edit.getByRole('alert')).toContainText('This agent is not there any more.')
  const listed = JSON.parse(await gatehouse.cli('agent', 'list', '--json', '--account', ours.id))
  expect(listed.agents.map(({ role }: { role: string }) => role).sort()).toEqual(['ADMIN', 'AGENT'])
})
