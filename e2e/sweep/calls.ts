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

interface Place {
  /** Of the action. */
  id: string
  /** The page that it is posted to. */
  at: string
}

/** What a server action said to a form that was forged for it: "done: ...", "invalid: field", "403", "to /sign-in". */
export async function act(
  scene: Scene,
  caller: Caller,
  { fields, ...place }: Place & { fields: Record<string, string> },
): Promise<string> {
  const encoded = new Response(encode(fields))
  const type = encoded.headers.get('content-type') ?? ''
  return post(scene, caller, place, new Uint8Array(await encoded.arrayBuffer()), type)
}

/** What it said to these arguments, as React sends those that are no form. */
export function actOn(scene: Scene, caller: Caller, place: Place, args: string): Promise<string> {
  return post(scene, caller, place, args, 'text/plain;charset=UTF-8')
}

async function post(
  { url, cookies }: Scene,
  caller: Caller,
  { id, at }: Place,
  body: string | Uint8Array,
  type: string,
): Promise<string> {
  const own = headers(cookies[caller])
  const answer = await send(url + at, {
    ...{ method: 'POST', body },
    headers: { ...own, 'content-type': type, 'next-action': id, origin: url },
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
