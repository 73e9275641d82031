import { type Answer, send } from '../fixtures/http'
import { OFFICE } from '../fixtures/places'
import type { Caller, Scene } from './scene'

/** An address of the folder's form, for somebody who knows no better. */
export function addressOf(folder: string): string {
  return folder.replace(/\[+\.{0,3}\w+\]+/g, 'A'.repeat(43))
}

/** What a page or a handler answered: its status, or where it leads. */
export async function open(
  { url, cookies }: Scene,
  caller: Caller,
  address: string,
  method = 'GET',
): Promise<{ said: string; answer: Answer }> {
  const answer = await send(url + address, { method, headers: headers(cookies[caller]) })
  return { said: leadsTo(answer.headers.location) ?? String(answer.status), answer }
}

/** What a server action said to a form that was forged for it: "done: ...", "invalid: field", "403", "to /sign-in". */
export async function act(
  { url, cookies }: Scene,
  caller: Caller,
  { id, at, fields }: { id: string; at: string; fields: Record<string, string> },
): Promise<string> {
  const encoded = new Response(encode(fields))
  const answer = await send(url + at, {
    method: 'POST',
    body: new Uint8Array(await encoded.arrayBuffer()),
    headers: {
      ...headers(cookies[caller]),
      'content-type': encoded.headers.get('content-type') ?? '',
      'next-action': id,
      origin: url,
    },
  })
  return leadsTo(answer.headers['x-action-redirect']) ?? resultOf(answer)
}

function headers(cookie: string): Record<string, string> {
  return { 'x-forwarded-for': OFFICE, ...(cookie ? { cookie } : {}) }
}

/** The arguments of a form action, as React sends them: the state before, and the form as part 1. */
function encode(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(`_1_${name}`, value)
  data.set('0', JSON.stringify([{ status: 'idle' }, '$K1']))
  return data
}

function leadsTo(location: string | string[] | undefined): string | null {
  if (!location) return null
  const [target = ''] = String(location).split(';')
  return `to ${new URL(target, 'http://any.invalid').pathname}`
}

/** The value that the action returned, out of React's rows. */
function resultOf({ status, text }: Answer): string {
  const row = /"a":"\$@(\w+)"/.exec(text)?.[1]
  const json = new RegExp(`^${row}:(\\{.*\\})$`, 'm').exec(text)?.[1]
  if (status !== 200 || !json) return String(status)
  const { status: said, message, fieldErrors, question, result } = JSON.parse(json)
  const more = question ?? message ?? (fieldErrors && Object.keys(fieldErrors).join(' '))
  return `${said}: ${more ?? describe(result ?? {})}`
}

/** Names of what comes back once, such as a password; an outcome by itself. */
function describe(result: Record<string, string>): string {
  return 'outcome' in result ? `outcome ${result.outcome}` : Object.keys(result).join(' ')
}
