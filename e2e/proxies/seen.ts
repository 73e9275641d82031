import { request as requestPlain } from 'node:http'
import { type RequestOptions, request as requestTls } from 'node:https'
import type { Person } from '../seeder/account'
import { LISTENS_AT } from './placed'
import type { Front } from './proxy'

/** Somebody who is on no allowlist, so that Gatehouse answers each sign-in with the address it saw. */
export interface Stranger {
  lena: Person
}

/** What a stranger's account is made of. */
export const STRANGER = {
  ...{ agents: 1, ranges: ['192.0.2.1'], allowlistEnabled: true, mobileEnforced: true },
} as const

export type Headers = Record<string, string | string[]>

/** The address that Gatehouse sees behind the proxy when somebody at `from` signs in; null: unknown. */
export async function seen(
  { port, isTls }: Front,
  { lena }: Stranger,
  from: string,
  headers: Headers = {},
): Promise<string | null> {
  const host = from.includes(':') ? LISTENS_AT.ipv6 : LISTENS_AT.ipv4
  const body = JSON.stringify({ email: lena.email, password: lena.password, device: 'Pixel 9' })
  const { status, text } = await exchange(isTls, body, {
    ...{ host, port, localAddress: from, agent: false },
    ...{ method: 'POST', path: '/api/mobile/v1/sign-in' },
    ...{ rejectUnauthorized: false, servername: 'localhost' },
    headers: {
      host: `localhost:${port}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    },
  })
  const problem = status === 403 ? JSON.parse(text) : {}
  if (!String(problem.type).endsWith('/ip-not-allowed'))
    throw new Error(`Expected a refusal by the allowlist, got ${status}: ${text.slice(0, 300)}`)
  return problem.ip
}

function exchange(
  isTls: boolean,
  body: string,
  options: RequestOptions,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = (isTls ? requestTls : requestPlain)(options, (incoming) => {
      let text = ''
      incoming.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      incoming.on('error', reject).on('end', () => resolve({ status: incoming.statusCode ?? 0, text }))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
