import 'server-only'
import { cookies } from 'next/headers'
import NextAuth, { CredentialsSignin } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { PENDING_SIGN_IN_LIFETIME_MS } from '../core/authorization-link'
import { homeOf, parseDestination, surfaceOf } from '../core/paths'
import { hasAnyPermission } from '../core/permissions'
import { HALF_SIGN_IN_LIFETIME_MS } from '../core/second-factor'
import { SESSION_ABSOLUTE_MS } from '../core/session'
import { evidenceOf } from '../core/sign-in-evidence'
import { transact } from '../data/database'
import { findFactorKinds } from '../data/factors'
import { beginHalfSignIn, consumeHalfSignIn, findHalfSignIn, type HalfSignIn } from '../data/half-sign-ins'
import type { Identity } from '../data/identities'
import { rememberDevice } from '../data/known-devices'
import {
  beginPendingSignIn,
  consumePendingSignIn,
  findPendingSignIn,
  type PendingSignIn,
} from '../data/pending-sign-ins'
import { tellOfRefusal } from '../data/refusal-notices'
import { newToken } from '../data/secrets'
import { replaceSession, startSession } from '../data/sessions'
import { env } from '../env'
import { admit } from './admit'
import { type Client, currentClient } from './client'
import { callbackCookie, cookieOptions, halfCookie, pendingCookie, sessionCookie } from './cookies'
import { findCurrent } from './current'
import { currentDeviceToken, keepDeviceToken } from './known-device'
import { logger } from './logger'
import { measureSignIn } from './measures'
import { proveCode, provePasskey } from './second-factor'
import { proveIdentity } from './sign-in'

/** Why a sign-in was not let through; travels through next-auth as its `code`. */
export class SignInStopped extends CredentialsSignin {
  constructor(
    readonly code:
      | 'wrong'
      | 'throttled'
      | 'busy'
      | 'refused'
      | 'pending-over'
      /** The password is right, and the person has a second factor. */
      | 'second-factor'
      /** There is no half sign-in that a second factor could complete. */
      | 'half-over',
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
        authorize: (input) => measureSignIn('web', nameOfStop, () => signInWithPassword(input)),
      }),
      Credentials({
        id: 'second-factor',
        credentials: { code: {}, passkey: {} },
        authorize: signInWithFactor,
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

/** Somebody who proved all that Gatehouse asks of them: the password at `provenAt`, and the second factor if they have one. */
export interface Proven {
  agent: Identity
  provenAt: Date
  factorProven: boolean
}

function nameOfStop(error: unknown): string {
  return error instanceof SignInStopped ? error.code : 'failed'
}

/**
 * Password, with limits and equal answers in `proveIdentity`; then the second factor, which begins a half sign-in; and
 * only with all of it proven the one judge in `admit`.
 */
async function signInWithPassword(input: Partial<Record<string, unknown>>): Promise<{ id: string }> {
  const client = await currentClient()
  const wanted = parseDestination(String(input.to ?? ''))
  const proof = await proveIdentity({
    email: String(input.email ?? ''),
    password: String(input.password ?? ''),
    ...client,
    surface: surfaceOf(wanted ?? '/control-panel'),
    deviceToken: await currentDeviceToken(),
  })
  if (proof.outcome === 'throttled') throw new SignInStopped('throttled', proof.minutes)
  if (proof.outcome !== 'proven') throw new SignInStopped(proof.outcome)
  const { agent } = proof
  const destination = wanted ?? homeOf(hasAnyPermission(agent))
  if (await findFactorKinds(agent.id)) {
    await rememberHalf(agent, client, destination)
    throw new SignInStopped('second-factor')
  }
  return enter({ agent, provenAt: new Date(), factorProven: false }, client, destination)
}

/** A code or a passkey, for the half sign-in of this browser, which it spends. */
async function signInWithFactor(input: Partial<Record<string, unknown>>): Promise<{ id: string }> {
  const client = await currentClient()
  const half = await currentHalf()
  if (!half) throw new SignInStopped('half-over')
  const { agent, destination, createdAt } = half
  const attempt = {
    ...{ agent, ...client, surface: surfaceOf(destination), halfSignInId: half.id },
    deviceToken: await currentDeviceToken(),
  }
  const passkey = String(input.passkey ?? '')
  const proof = passkey
    ? await provePasskey(attempt, half.id, passkey)
    : await proveCode(attempt, String(input.code ?? ''))
  if (proof.outcome === 'throttled') throw new SignInStopped('throttled', proof.minutes)
  if (proof.outcome !== 'proven') throw new SignInStopped(proof.outcome)
  if (!(await transact((tx) => consumeHalfSignIn(tx, half.id)))) throw new SignInStopped('wrong')
  await forgetHalf()
  return enter({ agent, provenAt: createdAt, factorProven: true }, client, destination)
}

/** A session, or what the refused are remembered by. */
async function enter(proven: Proven, client: Client, destination: string): Promise<{ id: string }> {
  const session = await beginAdmitted(proven, client, destination)
  if (session) return session
  await rememberPending(proven, client, destination)
  await tellOfRefusal(proven.agent, { ...client, surface: surfaceOf(destination) })
  throw new SignInStopped('refused')
}

/** "Continue" and "Try again": everything is checked anew, only password and factor need not be given again. */
async function signInFromPending(): Promise<{ id: string }> {
  const client = await currentClient()
  const pending = await currentPending()
  if (!pending) throw new SignInStopped('pending-over')
  const { agent, createdAt: provenAt, factorProven, destination } = pending
  const session = await beginAdmitted({ agent, provenAt, factorProven }, client, destination, pending.id)
  if (!session) throw new SignInStopped('refused')
  return session
}

/**
 * The judge and, in one transaction with its verdict, a new session with an id of its own; the one that this browser had
 * before ends with it. Null for somebody who is refused.
 */
async function beginAdmitted(
  { agent, provenAt, factorProven }: Proven,
  client: Client,
  destination: string,
  pendingId?: string,
): Promise<{ id: string } | null> {
  const before = await findCurrent()
  const token = (await currentDeviceToken()) ?? newToken()
  const { accountId, id: agentId, email, passwordChangedAt } = agent
  const { address, device } = client
  const surface = surfaceOf(destination)
  const admission = await admit({ ...client, accountId, agentId, email, surface }, async (tx) => {
    if (pendingId && !(await consumePendingSignIn(tx, pendingId))) throw new SignInStopped('pending-over')
    await rememberDevice(tx, { token, accountId, agentId, surface, device, address })
    if (before) await replaceSession(tx, before.actor, before.session.id)
    return startSession(tx, {
      ...{ accountId, agentId, passwordChangedAt, provenAt, factorProven },
      ...{ surface, address, device },
    })
  })
  if (!admission.admit) return null
  if (!admission.begun) throw new SignInStopped('wrong')
  await keepDeviceToken(token)
  await forgetPending()
  return admission.begun
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
  { agent, factorProven }: Omit<Proven, 'provenAt'>,
  { address, device }: Client,
  destination: string,
): Promise<string> {
  const surface = surfaceOf(destination)
  const token = await beginPendingSignIn({ agent, surface, destination, address, device, factorProven })
  ;(await cookies()).set(pendingCookie(), token, {
    ...cookieOptions(),
    maxAge: PENDING_SIGN_IN_LIFETIME_MS / 1000,
  })
  return token
}

/** The half sign-in of this browser, or null. */
export async function currentHalf(): Promise<HalfSignIn | null> {
  return findHalfSignIn((await cookies()).get(halfCookie())?.value)
}

/** Whether this browser had a half sign-in, which may be over by now. */
export async function wasHalf(): Promise<boolean> {
  return (await cookies()).has(halfCookie())
}

/** Begins the half sign-in of this browser, in place of an earlier one. */
export async function rememberHalf(agent: Identity, client: Client, destination: string): Promise<void> {
  const { address, device } = client
  const seen = { surface: surfaceOf(destination), address, device, evidence: evidenceOf(client, null) }
  const token = await beginHalfSignIn(agent, destination, seen)
  const maxAge = HALF_SIGN_IN_LIFETIME_MS / 1000
  ;(await cookies()).set(halfCookie(), token, { ...cookieOptions(), maxAge })
}

/** Clears the cookie of a half sign-in. */
export async function forgetHalf(): Promise<void> {
  const jar = await cookies()
  if (jar.has(halfCookie())) jar.set(halfCookie(), '', { ...cookieOptions(), maxAge: 0 })
}

/** Clears the cookie of a pending sign-in. */
export async function forgetPending(): Promise<void> {
  const jar = await cookies()
  if (jar.has(pendingCookie())) jar.set(pendingCookie(), '', { ...cookieOptions(), maxAge: 0 })
}
