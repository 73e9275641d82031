import 'server-only'
import { cookies, headers } from 'next/headers'
import { homeOf, parseDestination } from '../core/paths'
import { hasAnyPermission } from '../core/permissions'
import { type SignInStopped, signIn } from './auth'
import { sessionCookie } from './cookies'
import { enrolPath, findCurrent } from './current'

/** How an attempt to begin a session went. */
export type Entry =
  | { outcome: 'entered'; destination: string }
  | { outcome: SignInStopped['code']; minutes: number }
  /** Something is broken, most likely the database; the log has it, and nobody was let in. */
  | { outcome: 'unavailable' }

/** Begins a session with e-mail and password. `to`: where the person was going. */
export function enterWithPassword(input: { email: string; password: string; to?: string }): Promise<Entry> {
  const { email, password, to = '' } = input
  return enter('password', { email, password, to }, to)
}

/** Completes the half sign-in of this browser with a code, or the answer of a passkey as JSON. */
export function enterWithFactor(input: { code: string } | { passkey: string }, to: string): Promise<Entry> {
  return enter('second-factor', input, to)
}

/** Begins a session out of the pending sign-in of this browser. */
export function enterFromPending(destination: string): Promise<Entry> {
  return enter('pending', {}, destination)
}

async function enter(provider: string, input: Record<string, string>, to: string): Promise<Entry> {
  try {
    await signIn(provider, { ...input, redirect: false, redirectTo: '/' })
  } catch (error) {
    const stopped = asStopped(error)
    return stopped ? { outcome: stopped.code, minutes: stopped.minutes } : { outcome: 'unavailable' }
  }
  return { outcome: 'entered', destination: await destinationOf(parseDestination(to)) }
}

const CODES: readonly string[] = [
  'wrong',
  'throttled',
  'busy',
  'refused',
  'pending-over',
  'second-factor',
  'half-over',
] satisfies SignInStopped['code'][]

/** Told by its code, since each bundle has a class of its own by that name. */
function asStopped(error: unknown): Pick<SignInStopped, 'code' | 'minutes'> | null {
  const { code, minutes = 0 } = (error ?? {}) as Partial<SignInStopped>
  return code && CODES.includes(code) ? { code, minutes } : null
}

/**
 * Where the session that has just begun goes: to `wanted`, else home; by way of a second factor that has to be set up
 * first. The request itself still came without its cookie.
 */
async function destinationOf(wanted: string | null): Promise<string> {
  const cookie = (await cookies()).get(sessionCookie())
  const own = new Headers(await headers())
  own.set('cookie', `${sessionCookie()}=${cookie?.value ?? ''}`)
  const current = await findCurrent(own)
  const destination = wanted ?? homeOf(current !== null && hasAnyPermission(current.actor))
  return current?.session.mustEnrol ? enrolPath(destination) : destination
}
