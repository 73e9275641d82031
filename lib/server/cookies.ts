import 'server-only'
import { env } from '../env'

/** next-auth's cookie: an encrypted token that names the session row. */
export function sessionCookie(): string {
  return `${prefix()}gatehouse.session`
}

/** Names a pending sign-in; good for nothing else. */
export function pendingCookie(): string {
  return `${prefix()}gatehouse.pending`
}

/** SameSite=Lax because authorization links are opened out of webmail. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps() } as const
}

function prefix(): string {
  return isHttps() ? '__Host-' : ''
}

function isHttps(): boolean {
  return env().APP_URL.startsWith('https:')
}
