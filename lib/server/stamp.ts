import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { env } from '../env'
import { carryRequestId, chooseRequestId, REQUEST_ID_HEADER } from './request-id'
import { logRequest } from './request-log'

/**
 * Next's own code never sees the socket and believes a client's `x-forwarded-for`. So the process itself notes, for
 * each request and before Next sees it, who the TCP peer is and what the forwarding header said, under an id that
 * nobody can guess. The id travels in a request header; whatever a client sends in that header is overwritten.
 */
export const STAMP_HEADER = 'x-gatehouse-request'

/** What is known about where a request came from, and what has been read for it so far. */
export interface RequestOrigin {
  /** Says which lines of the log belong together; no secret, other than the stamp. */
  requestId: string
  peer: string | null
  headerLines: readonly string[]
  forwardingHeadersSeen: boolean
  /** Results that live as long as the request, such as its session: one lookup a request. */
  memo: Map<string, Promise<unknown>>
  /** Sets the status of a page that is read (503: of any answer), before its first byte; what Next's client code fetches is left alone. */
  setStatus: (status: number) => void
}

const FORWARDING_HEADERS = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'via',
]

const ORIGINS = Symbol.for('gatehouse.request-origins')
const CARRIER = Symbol.for('gatehouse.request-origin')
const SUBSCRIBED = Symbol.for('gatehouse.stamp-subscribed')
const shared = globalThis as {
  [ORIGINS]?: Map<string, RequestOrigin>
  [CARRIER]?: AsyncLocalStorage<{ stamp: string; origin: RequestOrigin }>
  [SUBSCRIBED]?: true
}

/** Of requests that are still to be answered, by their stamps. */
function origins(): Map<string, RequestOrigin> {
  shared[ORIGINS] ??= new Map()
  return shared[ORIGINS]
}

/** What is done for a request goes on when its client hangs up, so its origin stays with that work. */
function carrier() {
  shared[CARRIER] ??= new AsyncLocalStorage()
  return shared[CARRIER]
}

/** The origin of the request that carries this stamp, or null: then the client address is unknown. */
export function originOf(stamp: string | null): RequestOrigin | null {
  if (!stamp) return null
  const carried = carrier().getStore()
  return (carried?.stamp === stamp ? carried.origin : origins().get(stamp)) ?? null
}

/** Starts stamping every request of this process. */
export function stampRequests(): void {
  if (shared[SUBSCRIBED]) return
  shared[SUBSCRIBED] = true
  channel('net.server.socket').subscribe((message) => keepPeer((message as { socket: Socket }).socket))
  channel('http.server.request.start').subscribe((message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    stamp(request, response)
  })
}

/**
 * A socket can name its peer only while it is connected, and keeps what it was asked once. Where a connection was reset
 * before it could be asked nobody waits for an answer, and what it asks for must not be done in the name of nobody.
 */
function keepPeer(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy()
}

/** Of these no Request can be made (Fetch forbids them), and Next answers 500. Like OPTIONS they ask and change nothing. */
const FORBIDDEN_METHODS = ['TRACE', 'TRACK']

function stamp(request: IncomingMessage, response: ServerResponse): void {
  if (FORBIDDEN_METHODS.includes(request.method ?? '')) request.method = 'OPTIONS'
  request.url = decodable(pathOf(request.url ?? '/'))
  // After an action's redirect Next fetches the target itself, over loopback, with the headers of the request it
  // serves. Such a request carries a living stamp and keeps its origin, but not what was read for the first one.
  const carried = origins().get(single(request.headers[STAMP_HEADER]) ?? '')
  const id = randomUUID()
  const origin = {
    ...(carried ?? readOrigin(request)),
    memo: new Map(),
    setStatus: statusSetter(request, response),
  }
  origins().set(id, origin)
  carrier().enterWith({ stamp: id, origin })
  request.headers[STAMP_HEADER] = id
  carryRequestId(origin.requestId)
  response.setHeader(REQUEST_ID_HEADER, origin.requestId)
  response.once('close', () => origins().delete(id))
  logRequest(origin.requestId, request, response)
}

/** The path and the query of a request target in any of its forms (RFC 9112 §3.2); Next knows no other than those. */
function pathOf(target: string): string {
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '')
  return path.startsWith('/') ? path : `/${path.replace(/^[^?]*/, '')}`
}

/** The same URL, with U+FFFD for what is no percent-encoded UTF-8 (RFC 3986 §2.1), on which Next answers 500. */
function decodable(url: string): string {
  return url.replace(/(?:%[\da-f]{2})+|%/gi, (encoded) => {
    try {
      decodeURIComponent(encoded)
      return encoded
    } catch {
      return '%EF%BF%BD'
    }
  })
}

function readOrigin(request: IncomingMessage): Omit<RequestOrigin, 'memo' | 'setStatus'> {
  const peer = request.socket.remoteAddress ?? null
  return {
    requestId: chooseRequestId(peer, request.headers[REQUEST_ID_HEADER]),
    peer,
    headerLines: request.headersDistinct[env().CLIENT_IP_HEADER] ?? [],
    forwardingHeadersSeen: [...FORWARDING_HEADERS, env().CLIENT_IP_HEADER].some(
      (name) => request.headers[name] !== undefined,
    ),
  }
}

function statusSetter(request: IncomingMessage, response: ServerResponse): RequestOrigin['setStatus'] {
  const isPage = ['GET', 'HEAD'].includes(request.method ?? '') && request.headers.rsc === undefined
  return (status) => {
    if ((isPage || status === 503) && !response.headersSent) response.statusCode = status
  }
}

function single(value: string | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null
}
