import { revalidatePath } from 'next/cache'
import type { Asked, Consent } from '@/lib/core/allowlist-change'
import { PATHS } from '@/lib/core/paths'
import type { Current } from '@/lib/server/current'
import type { When } from './answers'

/** The answers of a form, with what the request knows about its own address. */
export function askedOf(
  { consents, keep }: { consents: readonly Consent[]; keep: boolean },
  { client, session }: Current,
): Asked {
  const { undeclaredProxy } = client.resolved
  return { consents, undeclaredProxy, provenAt: session.provenAt, keepsUnconfirmed: keep }
}

/** When the actor would notice a lock-out. */
export function whenOf({ session }: Current): When {
  return session.account.checkEveryRequest ? 'next-click' : 'next-sign-in'
}

/** Answers with the page drawn anew. */
export function refreshed<T>(state: T): T {
  revalidatePath(PATHS.ipAllowlist)
  return state
}
