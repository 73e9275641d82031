import 'server-only'
import { cookies } from 'next/headers'
import { transact } from '../data/database'
import { consumeHalfSignIn } from '../data/half-sign-ins'
import { consumePendingSignIn } from '../data/pending-sign-ins'
import { endOwnSession } from '../data/sessions'
import { currentHalf, currentPending, forgetHalf, forgetPending } from './auth'
import { cookieOptions, sessionCookie } from './cookies'
import { findCurrent } from './current'

/** Ends what this browser holds: its session (audited), its half and pending sign-ins, and their cookies. */
export async function leave(): Promise<void> {
  const current = await findCurrent()
  if (current) await endOwnSession(current.actor, current.session.id, 'signed-out')
  const pending = await currentPending()
  if (pending) await transact((tx) => consumePendingSignIn(tx, pending.id))
  await forgetPending()
  const half = await currentHalf()
  if (half) await transact((tx) => consumeHalfSignIn(tx, half.id))
  await forgetHalf()
  ;(await cookies()).set(sessionCookie(), '', { ...cookieOptions(), maxAge: 0 })
}
