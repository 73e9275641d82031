import { isAccessible } from '../fixtures/accessibility'
import { proveAgain, signInHalfway } from '../fixtures/factors'
import { signIn, signOut } from '../fixtures/people'
import { expect, test } from '../fixtures/test'

const OWN = '/agent-console/second-factor'

test('a passkey is added, signs in, and is removed', async ({ browser, special }) => {
  // A server of its own, at a name, as browsers make no passkey for an address.
  test.slow()
  const at = await special({}, { host: 'localhost' })
  const { lena } = await at.seed.makeAccount({ agents: 1 })
  const context = await browser.newContext({ baseURL: at.url, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signIn(page, lena, OWN)
  await page.getByRole('textbox', { name: 'Name of the new passkey' }).fill('Blue key')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await proveAgain(page, lena.password, 'Add a passkey')
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible()
  const passkeys = page.getByRole('list', { name: 'Your passkeys' })
  await expect(passkeys.getByText('Blue key', { exact: true })).toBeVisible()
  await isAccessible(page)

  await signOut(page)
  await signInHalfway(page, lena, OWN)
  await isAccessible(page)
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page).toHaveURL(OWN)
  await expect(passkeys.getByText(/last used/)).toBeVisible()
  await page.getByRole('button', { name: 'Remove passkey Blue key' }).click()
  await proveAgain(page, lena.password, 'Remove passkey Blue key')
  await expect(page.getByText('None.')).toBeVisible()
  await context.close()
})
