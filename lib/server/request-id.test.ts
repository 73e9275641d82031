import { createServer, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { listenLocally } from '@/scripts/testing/listen'
import '@/scripts/testing/sign-ins'
import { currentRequestId } from './request-id'
import { STAMP_HEADER, stampRequests } from './stamp'

vi.stubEnv('TRUSTED_PROXIES', '127.0.0.5')
vi.stubEnv('LOG_LEVEL', 'silent')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
let port = 0
const stamps: string[] = []
const server = createServer(async (asked, response) => {
  stamps.push(String(asked.headers[STAMP_HEADER]))
  await sleep(Number(asked.headers['x-wait'] ?? 0))
  response.end(currentRequestId())
})
beforeAll(async () => {
  stampRequests()
  port = await listenLocally(server)
})
afterAll(() => void server.close())

/** The id on the answer, and the one that the work for it carried to its end. */
function ask(
  from: string,
  headers: Record<string, string | string[]> = {},
  agent: false | undefined = false,
) {
  return new Promise<{ id: string; carried: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, localAddress: from, headers, agent }, (answer) => {
      let carried = ''
      answer.setEncoding('utf8').on('data', (part) => {
        carried += part
      })
      answer.on('end', () => resolve({ id: String(answer.headers['x-request-id']), carried }))
    })
    asked.on('error', reject).end()
  })
}

describe('the id of a request', () => {
  test('is a new one, which the answer names and the work for it carries', async () => {
    const [one, two] = [await ask('127.0.0.9'), await ask('127.0.0.9')]
    expect(one.id).toMatch(UUID)
    expect(one.carried).toBe(one.id)
    expect(two.id).not.toBe(one.id)
  })

  test('is never the stamp, which nobody outside may know', async () => {
    const { id } = await ask('127.0.0.9')
    expect(stamps).not.toContain(id)
  })

  test("of a client is ignored, a trusted proxy's is taken", async () => {
    const headers = { 'x-request-id': 'from-outside' }
    expect((await ask('127.0.0.9', headers)).id).toMatch(UUID)
    expect(await ask('127.0.0.5', headers)).toEqual({ id: 'from-outside', carried: 'from-outside' })
  })

  test.each([
    ['empty', ''],
    ['too long', 'x'.repeat(65)],
    ['with what could forge a line', 'a","level":60'],
    ['sent twice', ['a', 'b']],
  ])('that a proxy passes on %s is replaced', async (_what, sent) => {
    expect((await ask('127.0.0.5', { 'x-request-id': sent })).id).toMatch(UUID)
  })

  test('stays with its request while others are served', async () => {
    const waits = ['40', '0', '20', '10', '30']
    const answers = await Promise.all(waits.map((wait) => ask('127.0.0.9', { 'x-wait': wait }, undefined)))
    for (const { id, carried } of answers) expect(carried).toBe(id)
    expect(new Set(answers.map(({ id }) => id)).size).toBe(waits.length)
  })

  test('is none in work of the process itself', () => expect(currentRequestId()).toBeUndefined())
})
