import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { stampRequests } from '@/lib/server/stamp'
import { listenLocally } from './listen'

type Routes = Readonly<Record<string, Readonly<Record<string, (request: Request) => Promise<Response>>>>>

/** Serves route modules over a real socket, with the stamp that every request of a real start gets. */
export async function serveRoutes(routes: Routes): Promise<{ port: number; close: () => Promise<void> }> {
  stampRequests()
  const server = createServer((incoming, outgoing) => {
    respond(routes, incoming, outgoing).catch((error) => outgoing.destroy(error))
  })
  const port = await listenLocally(server)
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { port, close }
}

async function respond(routes: Routes, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const method = incoming.method ?? 'GET'
  const handler = routes[url.pathname]?.[method]
  if (!handler) throw new Error(`No route ${method} ${url.pathname}`)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const answer = await handler(
    new Request(url, {
      method,
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit),
  )
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
  outgoing.end(Buffer.from(await answer.arrayBuffer()))
}

export interface Call {
  method?: string
  /** Sent as JSON; text is sent as it is. */
  body?: unknown
  token?: string
  headers?: Record<string, string>
  /** The address that the request comes from, one of 127.0.0.0/8. */
  from?: string
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  json: any
}

/** One request over a real socket. A body that is text goes out in chunks, without a length. */
export function call(
  port: number,
  path: string,
  { method, body, token, headers, from }: Call = {},
): Promise<Answer> {
  const options = {
    ...{ host: '127.0.0.1', port, path, agent: false, localAddress: from ?? '127.0.0.1' },
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
  }
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const parts: Buffer[] = []
      incoming.on('data', (part) => parts.push(part))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        const isJson = String(incoming.headers['content-type']).includes('json')
        const status = incoming.statusCode ?? 0
        resolve({ status, headers: incoming.headers, text, json: isJson && text ? JSON.parse(text) : null })
      })
    })
    outgoing.on('error', reject)
    if (body !== undefined) outgoing.write(typeof body === 'string' ? body : JSON.stringify(body))
    outgoing.end()
  })
}
