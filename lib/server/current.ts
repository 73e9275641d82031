import 'server-only'
import { headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { getToken } from 'next-auth/jwt'
import { PATHS } from '../core/paths'
import { type Actor, hasAnyPermission, isPermitted, type Permission } from '../core/permissions'
import { findLiveSession, type SessionSnapshot } from '../data/sessions'
import { env } from '../env'
import { admitRequest } from './admit'
import { type Client, clientOf } from './client'
import { sessionCookie } from './cookies'
import { originOf, STAMP_HEADER } from './stamp'

/** The person behind the request at hand, with session and client. */
export interface Current {
  session: SessionSnapshot
  client: Client
  actor: Actor
  /** False while "Check every request" is on and the list refuses this address. */
  isAdmitted: boolean
}

/** The live session of a request, or null. Read once a request, however many ask. */
export async function findCurrent(requestHeaders?: Headers): Promise<Current | null> {
  const given = requestHeaders ?? (await headers())
  const cookie = given.get('cookie') ?? ''
  if (!cookie.includes(sessionCookie())) return null
  const memo = originOf(given.get(STAMP_HEADER))?.memo
  if (!memo) return readCurrent(given)
  const key = `current ${cookie}`
  const read = (memo.get(key) as Promise<Current | null> | undefined) ?? readCurrent(given)
  memo.set(key, read)
  return read
}

async function readCurrent(given: Headers): Promise<Current | null> {
  const token = await getToken({
    req: { headers: given },
    secret: env().AUTH_SECRET,
    cookieName: sessionCookie(),
    salt: sessionCookie(),
  })
  if (typeof token?.sid !== 'string') return null
  const client = clientOf(given)
  const session = await findLiveSession(token.sid, Date.now(), client.address)
  if (!session) return null
  const isAdmitted = await admitRequest(session.account, {
    surface: session.surface,
    address: client.address,
  })
  return { session, client, actor: actorOf(session, client), isAdmitted }
}

function actorOf({ agent, account }: SessionSnapshot, client: Client): Actor {
  return {
    accountId: account.id,
    agentId: agent.id,
    name: agent.name,
    role: agent.role,
    managesSecurity: agent.managesSecurity,
    managesAgents: agent.managesAgents,
    via: 'web',
    address: client.address,
  }
}

/**
 * The person behind the request; a stranger goes to sign-in and back to `returnTo`, one outside the list to /blocked, one
 * who has to enrol a second factor first to the page for it, which leads back as well.
 */
export async function requireAgent(returnTo: string): Promise<Current> {
  const current = await requireAdmitted(returnTo)
  if (current.session.mustEnrol) redirect(enrolPath(returnTo))
  return current
}

/** The same, also for who has to enrol a second factor first. For that page and its frame alone. */
export async function requireAdmitted(returnTo: string): Promise<Current> {
  const current = await findCurrent()
  if (!current) redirect(signInPath(returnTo))
  if (!current.isAdmitted) redirect(blockedPath(returnTo))
  return current
}

/** The same, and the 403 page for who lacks the permission. */
export async function requirePermission(permission: Permission, returnTo: string): Promise<Current> {
  const current = await requireAgent(returnTo)
  if (!isPermitted(current.session.agent, permission)) forbidden()
  return current
}

/** The Control Panel is for people with any permission. */
export async function requireControlPanel(returnTo: string): Promise<Current> {
  const current = await requireAgent(returnTo)
  if (!hasAnyPermission(current.session.agent)) forbidden()
  return current
}

/** Sign-in, and back to where somebody was going. */
export function signInPath(returnTo: string): string {
  return `${PATHS.signIn}?to=${encodeURIComponent(returnTo)}`
}

/** The page of the second factor for who has to enrol one, and then on to where they were going. */
export function enrolPath(returnTo: string): string {
  return `${PATHS.ownFactors}?to=${encodeURIComponent(returnTo)}`
}

/** The screen of a session outside the list, and back to where somebody was going. */
export function blockedPath(returnTo: string): string {
  return `${PATHS.blocked}?to=${encodeURIComponent(returnTo)}`
}
