import { createServer, request } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listenLocally } from '@/scripts/testing/listen'
import { ignoreUpgrades } from './upgrades'

const server = createServer((_, response) => void response.end('answered'))
let port = 0
beforeAll(async () => {
  // As Next does.
  server.on('upgrade', () => {})
  ignoreUpgrades()
  port = await listenLocally(server)
})
afterAll(() => void server.close())

it.each(['websocket', 'h2c'])('a request that asks for %s is answered like any other', async (upgrade) => {
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { connection: 'Upgrade', upgrade }
    const asked = request({ host: '127.0.0.1', port, headers, timeout: 2_000 }, (incoming) => {
      incoming.setEncoding('utf8').on('data', resolve)
    })
    asked.on('timeout', () => asked.destroy(new Error('No answer came.')))
    asked.on('error', reject).end()
  })
  expect(answer).toBe('answered')
})
