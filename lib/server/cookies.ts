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

/** Tells a browser in which somebody has signed in before from a new one; good for nothing else. */
export function deviceCookie(): string {
  return `${prefix()}gatehouse.device`
}

/** Names a half sign-in, which still owes the second factor; good for nothing else. */
export function halfCookie(): string {
  return `${prefix()}gatehouse.half`
}

/** next-auth's note of where a sign-in came from; nobody here reads it, and it is dropped at once. */
export function callbackCookie(): string {
  return `${prefix()}gatehouse.callback`
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
