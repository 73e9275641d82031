import { isAccessible } from '../fixtures/accessibility'
import { openAllowlist, rowOf, says } from '../fixtures/allowlist-screen'
import { HOTEL, OFFICE } from '../fixtures/places'
import { expect, test } from '../fixtures/test'

test('an empty list suggests where people sign in from; each is taken or left', async ({
  account,
  page,
  gatehouse,
}) => {
  const { id, ana, lena, sam, yuki } = await account({ agents: 3 })
  await gatehouse.seed.plantSignIns(id, [
    { agentId: lena.id, address: '192.0.2.10', hoursAgo: 30 },
    { agentId: sam.id, address: '192.0.2.11', hoursAgo: 31 },
    { agentId: yuki.id, address: HOTEL, hoursAgo: 50 },
  ])
  await openAllowlist(page, ana)
  const section = page.getByRole('region', { name: '3 suggested ranges from recent sign-ins' })
  await expect(section.getByRole('listitem')).toContainText([
    `192.0.2.0/24 ${lena.name}, ${sam.name}`,
    `${OFFICE} ${ana.name}`,
    `${HOTEL} ${yuki.name}`,
  ])
  await isAccessible(page)
  await section.getByRole('button', { name: 'Add 192.0.2.0/24' }).click()
  await says(page, '192.0.2.0/24 is on the list now.')
  await expect(rowOf(page, '192.0.2.0')).toContainText(`${lena.name}, ${sam.name}`)
  const left = page.getByRole('region', { name: '2 suggested ranges from recent sign-ins' })
  await expect(left.getByText('2 suggested ranges')).toBeFocused()
  await left.getByRole('button', { name: `Dismiss ${HOTEL}` }).click()
  await says(page, `${HOTEL} is not suggested again.`)
  await page.reload()
  await page.getByText('1 suggested range from recent sign-ins').click()
  await expect(page.getByRole('button', { name: `Add ${OFFICE}` })).toBeVisible()
  await expect(page.getByRole('button', { name: `Add ${HOTEL}` })).toHaveCount(0)
  await page.getByRole('button', { name: `Add ${OFFICE}` }).click()
  await says(page, `${OFFICE} is on the list now.`)
  await expect(page.getByText(/suggested range/)).toHaveCount(0)
  await expect(page.getByText(`Your current IP: ${OFFICE}`)).toBeFocused()
})

test('a private address is called out, not suggested', async ({ account, page, gatehouse }) => {
  const { id, ana, lena, sam } = await account({ agents: 2, ranges: [OFFICE] })
  await gatehouse.seed.plantSignIns(id, [
    { agentId: lena.id, address: '10.0.0.5', hoursAgo: 1 },
    { agentId: sam.id, address: '10.0.0.5', hoursAgo: 2 },
  ])
  await openAllowlist(page, ana)
  await page.getByText('Sign-ins from a private address').click()
  const section = page.getByRole('region', { name: 'Sign-ins from a private address' })
  await expect(section).toContainText(`${lena.name}, ${sam.name} came from 10.0.0.5, a private address.`)
  await expect(section).toContainText('TRUSTED_PROXIES=10.0.0.5')
  await expect(section.getByRole('button')).toHaveCount(0)
  await isAccessible(page)
})
