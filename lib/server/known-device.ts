import 'server-only'
import { cookies } from 'next/headers'
import { KNOWN_DEVICE_LIFETIME_MS } from '../core/known-device'
import { cookieOptions, deviceCookie } from './cookies'

/** The token of this browser's long-lived cookie, or null when it has none that this site could have set. */
export async function currentDeviceToken(): Promise<string | null> {
  const token = (await cookies()).get(deviceCookie())?.value ?? ''
  return /^[\w-]{43}$/.test(token) ? token : null
}

/** Gives this browser that token, in a cookie that lasts from now on. For a sign-in. */
export async function keepDeviceToken(token: string): Promise<void> {
  const maxAge = KNOWN_DEVICE_LIFETIME_MS / 1000
  ;(await cookies()).set(deviceCookie(), token, { ...cookieOptions(), maxAge })
}
