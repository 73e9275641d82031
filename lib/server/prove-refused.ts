import 'server-only'
import { surfaceOf } from '../core/paths'
import { findPendingSignIn, type PendingSignIn } from '../data/pending-sign-ins'
import { rememberPending } from './auth'
import type { Refusal } from './refusal'
import { proveIdentity } from './sign-in'

/**
 * Asks the person of a refused session for the password again and, when it is right, begins the pending sign-in that
 * a link can belong to. The limits of sign-in apply.
 */
export async function proveRefused(
  { person, client, destination }: Refusal,
  password: string,
): Promise<
  | { outcome: 'proven'; pending: PendingSignIn }
  | { outcome: 'wrong' }
  | { outcome: 'throttled'; minutes: number }
> {
  const proof = await proveIdentity({
    email: person.email,
    password,
    ...client,
    surface: surfaceOf(destination),
  })
  if (proof.outcome === 'busy') return { outcome: 'throttled', minutes: 1 }
  if (proof.outcome !== 'proven') return proof
  const pending = await findPendingSignIn(await rememberPending(proof.agent, client, destination))
  return pending ? { outcome: 'proven', pending } : { outcome: 'wrong' }
}
