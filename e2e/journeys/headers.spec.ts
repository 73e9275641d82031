import { send } from '../fixtures/http'
import { expect, test } from '../fixtures/test'
import { addressOf, open } from '../sweep/calls'
import { HANDLERS } from '../sweep/handlers'
import { PAGES } from '../sweep/pages'
import { type Scene, setScene } from '../sweep/scene'

/** What a browser is told with each page, whoever asks. */
function keepsToItself(headers: Record<string, unknown>, where: string): void {
  const policy = String(headers['content-security-policy'])
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? ''
  expect(scripts, where).toMatch(/'nonce-[\w+/=]{20,}'/)
  expect(scripts, where).not.toContain('unsafe')
  expect(policy, where).toContain("frame-ancestors 'none'")
  expect(policy, where).toContain("object-src 'none'")
  expect(policy, where).toContain("base-uri 'none'")
  expect(headers, where).toMatchObject({
    'cache-control': expect.stringMatching(/^private, (.*, )?no-store\b/),
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  })
  expect(headers, where).not.toHaveProperty('x-powered-by')
}

test('every page, to a stranger and to an admin, says who may run scripts, frame it and keep it', async ({
  gatehouse,
}) => {
  const scene = await setScene(gatehouse)
  const nonces = new Set<string>()
  for (const address of [...Object.keys(PAGES).map(addressOf), '/no-such-page'])
    for (const caller of ['stranger', 'admin'] as const) {
      const { answer } = await open(scene, caller, address)
      keepsToItself(answer.headers, `${address} to ${caller}`)
      const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? ''
      expect(nonces.has(nonce), 'a nonce is used once').toBe(false)
      nonces.add(nonce)
      for (const [tag] of answer.text.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`)
    }
})

test('every answer to a program is kept by nobody and runs nothing', async ({ gatehouse }) => {
  const scene = await setScene(gatehouse)
  for (const [folder, methods] of Object.entries(HANDLERS))
    for (const method of Object.keys(methods)) {
      const { answer } = await open(scene, 'stranger', addressOf(folder), method)
      const where = `${method} ${folder}`
      expect(answer.headers['cache-control'], where).toMatch(/no-store/)
      if (!folder.startsWith('/api/')) continue
      expect(answer.headers['content-security-policy'], where).toContain("default-src 'none'")
      expect(answer.headers['x-content-type-options'], where).toBe('nosniff')
    }
})

test('with an https address every page asks browsers to stay with https, and no http one does', async ({
  gatehouse,
  special,
}) => {
  const secure = await special({ APP_URL: 'https://gatehouse.example.com' })
  const asked = async (url: string, address: string) => {
    const stranger = { url, cookies: { stranger: '' } } as Scene
    const { answer } = await open(stranger, 'stranger', address)
    return answer.headers['strict-transport-security']
  }
  for (const address of Object.keys(PAGES).map(addressOf)) {
    expect(await asked(secure.url, address), address).toMatch(/^max-age=31536000/)
    expect(await asked(gatehouse.url, address), address).toBeUndefined()
  }
})

test('a request that asks for another protocol is answered like any other', async ({ gatehouse }) => {
  for (const upgrade of ['websocket', 'h2c'])
    for (const [path, status] of [
      ['/control-panel', 307],
      ['/sign-in', 200],
      ['/no-such-page', 404],
      ['/healthz', 200],
    ] as const) {
      const headers = { connection: 'Upgrade', upgrade }
      expect((await send(gatehouse.url + path, { headers })).status, `${upgrade} at ${path}`).toBe(status)
    }
})
