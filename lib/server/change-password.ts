import 'server-only'
import { changeOwnPassword, type PasswordChange } from '../data/agent-passwords'
import type { Current } from './current'
import { currentDeviceToken } from './known-device'
import { proveIdentity } from './sign-in'

/**
 * A new password for the person of the request. Whoever holds somebody's session must not guess at the password
 * here: the limits of sign-in apply, before any hashing, and wrong ones count and are recorded alike.
 */
export async function changePassword(
  { actor, session, client }: Current,
  change: { currentPassword: string; newPassword: string },
): Promise<PasswordChange | { throttledMinutes: number }> {
  const proof = await proveIdentity({
    ...{ ...client, email: session.agent.email, password: change.currentPassword, surface: session.surface },
    deviceToken: await currentDeviceToken(),
  })
  if (proof.outcome === 'busy') return { throttledMinutes: 1 }
  if (proof.outcome === 'throttled') return { throttledMinutes: proof.minutes }
  if (proof.outcome === 'wrong') return 'wrong-password'
  return changeOwnPassword(actor, { ...change, sessionId: session.id })
}
