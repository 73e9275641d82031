import { PATHS } from '../lib/core/paths'

const ENTITIES: Record<string, string> = {
  '&quot;': '"',
  '&amp;': '&',
  '&#x27;': "'",
  '&lt;': '<',
  '&gt;': '>',
}

/** Signs in at a running server as a browser without scripts would; answers the cookie that a page wants. */
export async function signInOver(
  url: string,
  person: { email: string; password: string },
  ip: string,
): Promise<string> {
  const from = { 'x-forwarded-for': ip }
  const page = await (await fetch(url + PATHS.signIn, { headers: from })).text()
  const form = new FormData()
  for (const [, name = '', value = ''] of page.matchAll(
    /<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g,
  ))
    form.append(plain(name), plain(value))
  form.set('email', person.email)
  form.set('password', person.password)
  const headers = { ...from, origin: url }
  const answer = await fetch(url + PATHS.signIn, { method: 'POST', body: form, headers, redirect: 'manual' })
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('gatehouse.session='))
  if (!cookie) throw new Error(`Sign-in answered ${answer.status} without a session.`)
  return cookie.split(';')[0] ?? ''
}

function plain(html: string): string {
  return html.replace(/&(quot|amp|#x27|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
}
