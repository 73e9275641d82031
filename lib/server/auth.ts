import 'server-only'
import { cookies } from 'next/headers'
import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { PENDING_SIGN_IN_LIFETIME_MS } from '../core/authorization-link'
import { homeOf, parseDestination, surfaceOf } from '../core/paths'
import { hasAnyPermission } from '../core/permissions'
import { SESSION_ABSOLUTE_MS } from '../core/session'
import { transact } from '../data/database'
import type { Identity } from '../data/identities'
import { rememberDevice } from '../data/known-devices'
import {
  beginPendingSignIn,
  consumePendingSignIn,
  findPendingSignIn,
  type PendingSignIn,
} from '../data/pending-sign-ins'
import { tellOfRefusal } from '../data/refusal-notices'
import { replaceSession, startSession } from '../data/sessions'
import { env } from '../env'
import { admit } from './admit'
import { type Client, currentClient } from './client'
import { callbackCookie, cookieOptions, pendingCookie, sessionCookie } from './cookies'
import { findCurrent } from './current'
import { keepDeviceToken } from './known-device'
import { logger } from './logger'
import { proveIdentity } from './sign-in'

/** Why a sign-in was not let through; travels through next-auth as its `code`. */
export class SignInStopped extends CredentialsSignin {
  constructor(
    readonly code: 'wrong' | 'throttled' | 'busy' | 'refused' | 'pending-over',
    /** With `throttled`: minutes until the next try. */
    readonly minutes = 0,
  ) {
    super(code)
  }
}

/**
 * Its route handler is not exposed: sign-in happens through the actions of this site only. The cookie holds an
 * encrypted token that names the session row; the row decides whether the session lives.
 */
export const { signIn, signOut } = NextAuth(() => {
  // Without it next-auth takes the host of its links from request headers.
  process.env.AUTH_URL = env().APP_URL
  return {
    secret: env().AUTH_SECRET,
    trustHost: true,
    session: { strategy: 'jwt', maxAge: SESSION_ABSOLUTE_MS / 1000 },
    cookies: {
      sessionToken: { name: sessionCookie(), options: cookieOptions() },
      // Not used here, and it would remember addresses that hold a set-up code: gone as soon as it is set.
      // Its name may not begin with the other's: next-auth would take it for a part of that cookie.
      callbackUrl: { name: callbackCookie(), options: { ...cookieOptions(), maxAge: 0 } },
    },
    pages: { signIn: '/sign-in' },
    providers: [
      Credentials({
        id: 'password',
        credentials: { email: {}, password: {}, to: {} },
        authorize: signInWithPassword,
      }),
      Credentials({ id: 'pending', credentials: {}, authorize: signInFromPending }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : token),
    },
    logger: {
      error: (error) => {
        // What was thrown stands in the cause; next-auth's own wrapper says nothing.
        const { err = error } = (error.cause ?? {}) as { err?: Error }
        if (!(error instanceof CredentialsSignin)) logger().error({ err }, 'Sign-in failed')
      },
      warn: (code) => logger().debug({ code }, 'next-auth warned'),
      debug: () => {},
    },
  }
})

/** Password, then limits and equal answers in `proveIdentity`, then the one judge in `admit`. */
async function signInWithPassword(input: Partial<Record<string, unknown>>): Promise<{ id: string }> {
  const client = await currentClient()
  const wanted = parseDestination(String(input.to ?? ''))
  const proof = await proveIdentity({
    email: String(input.email ?? ''),
    password: String(input.password ?? ''),
    ...client,
    surface: surfaceOf(wanted ?? '/control-panel'),
  })
  if (proof.outcome === 'throttled') throw new SignInStopped('throttled', proof.minutes)
  if (proof.outcome !== 'proven') throw new SignInStopped(proof.outcome)
  const { agent } = proof
  const destination = wanted ?? homeOf(hasAnyPermission(agent))
  const verdict = await admit(entrant(agent, client, destination))
  if (verdict.admit) {
    await forgetPending()
    return begin(agent, client, destination)
  }
  await rememberPending(agent, client, destination)
  await tellOfRefusal(agent, { ...client, surface: surfaceOf(destination) })
  throw new SignInStopped('refused')
}

/** "Continue" and "Try again": everything is checked anew, only the password need not be typed again. */
async function signInFromPending(): Promise<{ id: string }> {
  const client = await currentClient()
  const pending = await currentPending()
  if (!pending) throw new SignInStopped('pending-over')
  const verdict = await admit(entrant(pending.agent, client, pending.destination))
  if (!verdict.admit) throw new SignInStopped('refused')
  const session = await begin(pending.agent, client, pending.destination, pending.id)
  await forgetPending()
  return session
}

function entrant(agent: Identity, client: Client, destination: string) {
  return {
    accountId: agent.accountId,
    agentId: agent.id,
    email: agent.email,
    surface: surfaceOf(destination),
    ...client,
  }
}

/** A new session with an id of its own; the one that this browser had before ends with it. */
async function begin(agent: Identity, { address, device }: Client, destination: string, pendingId?: string) {
  const before = await findCurrent()
  const token = await keepDeviceToken()
  return transact(async (tx) => {
    if (pendingId && !(await consumePendingSignIn(tx, pendingId))) throw new SignInStopped('pending-over')
    const { accountId, id: agentId, passwordChangedAt } = agent
    const surface = surfaceOf(destination)
    await rememberDevice(tx, { token, accountId, agentId, surface, device, address })
    if (before) await replaceSession(tx, before.actor, before.session.id)
    const session = await startSession(tx, {
      accountId,
      agentId,
      passwordChangedAt,
      surface,
      address,
      device,
    })
    if (!session) throw new SignInStopped('wrong')
    return session
  })
}

/** The pending sign-in of this browser, or null. */
export async function currentPending(): Promise<PendingSignIn | null> {
  return findPendingSignIn(await pendingToken())
}

export async function pendingToken(): Promise<string | null> {
  return (await cookies()).get(pendingCookie())?.value ?? null
}

/** Begins the pending sign-in of this browser, in place of an earlier one; answers its token. */
export async function rememberPending(
  agent: Identity,
  { address, device }: Client,
  destination: string,
): Promise<string> {
  const surface = surfaceOf(destination)
  const token = await beginPendingSignIn({ agent, surface, destination, address, device })
  ;(await cookies()).set(pendingCookie(), token, {
    ...cookieOptions(),
    maxAge: PENDING_SIGN_IN_LIFETIME_MS / 1000,
  })
  return token
}

/** Clears the cookie of a pending sign-in. */
export async function forgetPending(): Promise<void> {
  const jar = await cookies()
  if (jar.has(pendingCookie())) jar.set(pendingCookie(), '', { ...cookieOptions(), maxAge: 0 })
}
