import 'server-only'
import { ApiProblem } from '../core/problem'
import { isDatabaseDown } from '../data/database-errors'
import { env } from '../env'
import { logger } from './logger'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

export type Handler = (request: Request) => Promise<Response>

/** On every answer to a program: nothing is kept, nothing is guessed, nothing is a page. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/**
 * The handlers of one route for programs. Every error becomes problem+json (RFC 9457), other methods too; with the
 * database out of reach the answer is 503, and nobody is admitted.
 */
export function api(handlers: Partial<Record<Method, Handler>>): Record<Method, Handler> {
  const taken = handlers.GET && !handlers.HEAD ? { ...handlers, HEAD: handlers.GET } : handlers
  const refuse = refuseMethod(METHODS.filter((method) => taken[method]))
  const entries = METHODS.map((method) => [method, answering(taken[method] ?? refuse)] as const)
  return Object.fromEntries(entries) as Record<Method, Handler>
}

/** An answer with a JSON body; without one for `undefined`. */
export function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Response {
  if (body === undefined) return answerText(status, null, headers)
  return answerText(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
}

/** An answer with a body that is text already. */
export function answerText(status: number, text: string | null, headers: Record<string, string>): Response {
  return new Response(text, { status, headers: { ...HEADERS, ...headers } })
}

function answering(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request)
    } catch (error) {
      return answerProblem(error instanceof ApiProblem ? error : unexpected(error))
    }
  }
}

function answerProblem(problem: ApiProblem): Response {
  return answer(problem.status, problem.body(env().APP_URL), {
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...problem.more.headers,
    'content-type': 'application/problem+json',
  })
}

function unexpected(error: unknown): ApiProblem {
  logger().error({ err: error }, 'A request of a program failed')
  if (isDatabaseDown(error))
    return new ApiProblem('unavailable', "The database can't be reached. Try again in a moment.", {
      headers: { 'retry-after': '10' },
    })
  return new ApiProblem(
    'internal-error',
    'The request was not carried out. The operator finds the reason in the log.',
  )
}

function refuseMethod(allowed: readonly Method[]): Handler {
  return async (request) => {
    if (allowed.length === 0) throw new ApiProblem('not-found', 'Nothing answers at this address.')
    const headers = { allow: allowed.join(', ') }
    if (request.method === 'OPTIONS') return answer(204, undefined, headers)
    throw new ApiProblem('method-not-allowed', `Use ${allowed.join(' or ')} here.`, { headers })
  }
}
