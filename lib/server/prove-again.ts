import 'server-only'
import type { FormState } from '../core/form-state'
import { throttledMessage } from '../core/rate-limit'
import { markProven } from '../data/sessions'
import type { Current } from './current'
import { currentDeviceToken } from './known-device'
import { proveIdentity } from './sign-in'

/** Asks the screen for the password; it sends the same form again with it. */
export function askForPassword(error?: string): FormState {
  return {
    status: 'confirm',
    question: 'prove-again',
    ...(error ? { fieldErrors: { password: error } } : {}),
  }
}

/**
 * Proves the password of a running session again; null when it was right, else what to answer: the question, with what
 * was wrong. The limits of sign-in apply.
 */
export async function proveAgain(current: Current, password: string | undefined): Promise<FormState | null> {
  if (!password) return askForPassword(password === '' ? 'Enter your password.' : undefined)
  const { session, client } = current
  const { id, email } = session.agent
  const proof = await proveIdentity({
    ...{ ...client, email, password, surface: session.surface },
    deviceToken: await currentDeviceToken(),
  })
  switch (proof.outcome) {
    case 'wrong':
      return askForPassword('This is not your password.')
    case 'busy':
      return askForPassword(throttledMessage(1))
    case 'throttled':
      return askForPassword(throttledMessage(proof.minutes))
    case 'proven':
      // The request at hand has read its session already.
      session.provenAt = await markProven(session.id, id)
      return null
  }
}
