import 'server-only'
import { surfaceOf } from '../core/paths'
import { findFactorKinds } from '../data/factors'
import { findPendingSignIn, type PendingSignIn } from '../data/pending-sign-ins'
import { rememberHalf, rememberPending } from './auth'
import { currentDeviceToken } from './known-device'
import type { Refusal } from './refusal'
import { proveIdentity } from './sign-in'

/**
 * Asks the person of a refused session for the password again and, when it is right, begins the pending sign-in that
 * a link can belong to; with a second factor, only after that one is given, too. The limits of sign-in apply.
 */
export async function proveRefused(
  { person, client, destination }: Refusal,
  password: string,
): Promise<
  | { outcome: 'proven'; pending: PendingSignIn }
  /** A half sign-in has begun in this browser, and waits for the second factor. */
  | { outcome: 'second-factor' }
  | { outcome: 'wrong' }
  | { outcome: 'throttled'; minutes: number }
> {
  const proof = await proveIdentity({
    email: person.email,
    password,
    ...client,
    surface: surfaceOf(destination),
    deviceToken: await currentDeviceToken(),
  })
  if (proof.outcome === 'busy') return { outcome: 'throttled', minutes: 1 }
  if (proof.outcome !== 'proven') return proof
  const { agent } = proof
  if (await findFactorKinds(agent.id)) {
    await rememberHalf(agent, client, destination)
    return { outcome: 'second-factor' }
  }
  const pending = await findPendingSignIn(
    await rememberPending({ agent, factorProven: false }, client, destination),
  )
  return pending ? { outcome: 'proven', pending } : { outcome: 'wrong' }
}
