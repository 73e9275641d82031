import 'server-only'
import { cookies } from 'next/headers'
import { transact } from '../data/database'
import { consumePendingSignIn } from '../data/pending-sign-ins'
import { endOwnSession } from '../data/sessions'
import { currentPending, forgetPending } from './auth'
import { cookieOptions, sessionCookie } from './cookies'
import { findCurrent } from './current'

/** Ends what this browser holds: its session (audited), its pending sign-in, and both cookies. */
export async function leave(): Promise<void> {
  const current = await findCurrent()
  if (current) await endOwnSession(current.actor, current.session.id, 'signed-out')
  const pending = await currentPending()
  if (pending) await transact((tx) => consumePendingSignIn(tx, pending.id))
  await forgetPending()
  ;(await cookies()).set(sessionCookie(), '', { ...cookieOptions(), maxAge: 0 })
}
