import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { listenLocally } from '@/scripts/testing/listen'
import '@/scripts/testing/sign-ins'
import { env } from '../env'
import { originOf, type RequestOrigin, STAMP_HEADER, stampRequests } from './stamp'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})
beforeAll(() => stampRequests())

type Handler = (request: IncomingMessage, response: ServerResponse) => void

async function serving(handle: Handler): Promise<number> {
  const server = createServer(handle)
  closing.push(() => server.close())
  return listenLocally(server)
}

interface Asked {
  from?: string
  method?: string
  path?: string
  headers?: Record<string, string | string[]>
}

function ask(port: number, { from = '127.0.0.1', method = 'GET', path = '/', headers = {} }: Asked = {}) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, localAddress: from, method, path, headers }
    const asked = request(options, (answer) => {
      let body = ''
      answer.on('data', (part) => {
        body += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    asked.on('error', reject).end()
  })
}

function stampOf(request: IncomingMessage): string {
  return String(request.headers[STAMP_HEADER])
}

/** What the server knows about a request that is sent like this. */
async function originSeen(asked: Asked): Promise<RequestOrigin> {
  let seen: RequestOrigin | null = null
  const port = await serving((request, response) => {
    seen = originOf(stampOf(request))
    response.end()
  })
  await ask(port, asked)
  if (!seen) throw new Error('The request carries no stamp.')
  return seen
}

describe('the stamp', () => {
  it('names the TCP peer', async () => {
    expect((await originSeen({ from: '127.0.0.9' })).peer).toBe('127.0.0.9')
  })

  it('of a client is overwritten', async () => {
    for (const forged of ['x', '00000000-0000-4000-8000-000000000000', '{"peer":"203.0.113.7"}'])
      expect((await originSeen({ from: '127.0.0.9', headers: { [STAMP_HEADER]: forged } })).peer).toBe(
        '127.0.0.9',
      )
  })

  it('sent twice is overwritten too', async () => {
    const headers = { [STAMP_HEADER]: ['a', 'b'] }
    expect((await originSeen({ from: '127.0.0.9', headers })).peer).toBe('127.0.0.9')
  })

  it('holds every line of the forwarding header, as sent', async () => {
    const headers = { 'x-forwarded-for': ['203.0.113.7, 10.0.0.1', '10.0.0.2'] }
    expect(await originSeen({ headers })).toMatchObject({
      ...{ headerLines: ['203.0.113.7, 10.0.0.1', '10.0.0.2'], forwardingHeadersSeen: true },
    })
  })

  it.each(['forwarded', 'x-real-ip', 'via'])('notices the header %s without reading it', async (name) => {
    const origin = await originSeen({ headers: { [name]: 'for=203.0.113.7' } })
    expect(origin).toMatchObject({ headerLines: [], forwardingHeadersSeen: true })
  })

  it('notices the header that CLIENT_IP_HEADER names', async () => {
    const headers = { 'x-client-ip': '203.0.113.7' }
    expect((await originSeen({ headers })).forwardingHeadersSeen).toBe(false)
    const { CLIENT_IP_HEADER } = env()
    Object.assign(env(), { CLIENT_IP_HEADER: 'x-client-ip' })
    expect(await originSeen({ headers })).toMatchObject({
      ...{ headerLines: ['203.0.113.7'], forwardingHeadersSeen: true },
    })
    Object.assign(env(), { CLIENT_IP_HEADER })
  })

  it('without any forwarding header says so', async () => {
    expect(await originSeen({})).toMatchObject({ headerLines: [], forwardingHeadersSeen: false })
  })

  it('is carried by a request that the server makes to itself while it answers, with nothing it had read', async () => {
    const seen: (RequestOrigin | null)[] = []
    const port = await serving(async (request, response) => {
      seen.push(originOf(stampOf(request)))
      seen[0]?.memo.set('key', Promise.resolve('the first one'))
      const headers = { [STAMP_HEADER]: stampOf(request), 'x-forwarded-for': '192.0.2.1' }
      if (seen.length === 1) await ask(port, { headers })
      response.end()
    })
    await ask(port, { from: '127.0.0.9', headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(seen).toHaveLength(2)
    expect(seen[1]).toMatchObject({ peer: '127.0.0.9', headerLines: ['203.0.113.7'] })
    expect(seen[1]?.memo.size).toBe(0)
  })

  it('is worth nothing once its answer is over', async () => {
    const stamps: string[] = []
    const port = await serving((request, response) => {
      stamps.push(stampOf(request))
      response.end(originOf(stampOf(request))?.peer)
    })
    await ask(port, { from: '127.0.0.9' })
    await expect.poll(() => originOf(stamps[0] ?? '')).toBeNull()
    const replayed = await ask(port, { from: '127.0.0.8', headers: { [STAMP_HEADER]: stamps[0] ?? '' } })
    expect(replayed.body).toBe('127.0.0.8')
  })

  it('holds as long as its request is worked for, also once the client has gone', async () => {
    const seen: (RequestOrigin | null)[] = []
    const port = await serving(async (request, response) => {
      client.destroy()
      await new Promise((closed) => response.once('close', closed))
      await sleep(50)
      seen.push(originOf(stampOf(request)))
    })
    const options = { host: '127.0.0.1', port, localAddress: '127.0.0.9' }
    const client = request(options).on('error', () => {})
    client.end()
    await expect.poll(() => seen).toMatchObject([{ peer: '127.0.0.9' }])
  })

  it('names the peer of every request that is served, also where its connection was reset at once', async () => {
    const peers: unknown[] = []
    const port = await serving((request, response) => {
      peers.push(originOf(stampOf(request))?.peer)
      response.end()
    })
    const text = 'GET / HTTP/1.1\r\nHost: h.example\r\n\r\n'
    for (const afterMs of [0, 0, 0, 1, 2, 5, 50]) {
      const client = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.9' }).on('error', () => {})
      await new Promise((written) => client.write(text, written))
      if (afterMs > 0) await sleep(afterMs)
      client.resetAndDestroy()
    }
    await expect.poll(() => peers).toContain('127.0.0.9')
    await ask(port, { from: '127.0.0.9' })
    expect(new Set(peers)).toEqual(new Set(['127.0.0.9']))
  })

  it.each([
    ['a page that is read', {}, 403],
    ["what Next's client code fetches", { headers: { rsc: '1' } }, 200],
    ['a form', { method: 'POST' }, 200],
  ])('sets the status of %s', async (_claim, asked, status) => {
    const port = await serving((request, response) => {
      originOf(stampOf(request))?.setStatus(403)
      response.end()
    })
    expect((await ask(port, asked)).status).toBe(status)
  })

  it.each([
    ['TRACE', 'OPTIONS'],
    ['DELETE', 'DELETE'],
  ])('leaves of %s what Next can take: %s', async (method, taken) => {
    const port = await serving((request, response) => response.end(request.method))
    expect((await ask(port, { method })).body).toBe(taken)
  })

  it.each([
    ['/authorize-ip/%ff', '/authorize-ip/%EF%BF%BD'],
    ['/a/%E4?b=%', '/a/%EF%BF%BD?b=%EF%BF%BD'],
    ['/a/%4', '/a/%EF%BF%BD4'],
    ['/caf%C3%A9?q=%2F%25+', '/caf%C3%A9?q=%2F%25+'],
    ['*', '/'],
    ['http://user:hush@evil.example:80/a//b?c=//d', '/a//b?c=//d'],
    ['https://evil.example?a=/b', '/?a=/b'],
    ['http://evil.example', '/'],
    ['//evil.example/a', '//evil.example/a'],
  ])('leaves of %s what Next can take: %s', async (path, taken) => {
    const port = await serving((request, response) => response.end(request.url))
    expect((await ask(port, { path })).body).toBe(taken)
  })

  it('an unknown or missing one has no origin', () => {
    for (const stamp of [null, '', 'unknown']) expect(originOf(stamp)).toBeNull()
  })
})
