import 'server-only'
import { cookies } from 'next/headers'
import { KNOWN_DEVICE_LIFETIME_MS } from '../core/known-device'
import { newToken } from '../data/secrets'
import { cookieOptions, deviceCookie } from './cookies'

/** The token of this browser's long-lived cookie, or null when it has none that this site could have set. */
export async function currentDeviceToken(): Promise<string | null> {
  const token = (await cookies()).get(deviceCookie())?.value ?? ''
  return /^[\w-]{43}$/.test(token) ? token : null
}

/** The token of this browser, in a cookie that lasts from now on; a new one when it has none. For a sign-in. */
export async function keepDeviceToken(): Promise<string> {
  const token = (await currentDeviceToken()) ?? newToken()
  const maxAge = KNOWN_DEVICE_LIFETIME_MS / 1000
  ;(await cookies()).set(deviceCookie(), token, { ...cookieOptions(), maxAge })
  return token
}
