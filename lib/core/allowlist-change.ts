import type { Address } from './address'
import type { Verdict } from './allowlist'
import type { Actor } from './permissions'

/** What a change of the allowlist may have to ask before it is made. */
export type Question =
  | 'locks-you-out'
  /** The same, by a change of a range that is the actor's own address alone: adding it would only undo the change. */
  | 'takes-yours-off'
  | 'admits-everyone'
  | 'covers-everything'
  | 'undeclared-proxy'
  /** More addresses would be let in, and the password was last proven too long ago. */
  | 'prove-again'

/** What somebody answered. `add-mine` answers `locks-you-out`, `anyway` also `takes-yours-off`, the others the question of their name. */
export const CONSENTS = [
  'add-mine',
  'anyway',
  'admits-everyone',
  'covers-everything',
  'undeclared-proxy',
] as const
export type Consent = (typeof CONSENTS)[number]

/** What comes with every change: the answers given so far, and what the request knows about its own address. */
export interface Asked {
  consents: readonly Consent[]
  /** The peer that is most likely a proxy nobody declared (CONTRACT §4). */
  undeclaredProxy: Address | null
  /** When the actor last proved the password; null: never, so a change on the web that needs it is not made. */
  provenAt: Date | null
  /** A change that shuts the actor out stays, although nobody confirms it. */
  keepsUnconfirmed?: boolean
}

export const NOTHING_ASKED: Asked = { consents: [], undeclaredProxy: null, provenAt: null }

/** How the list stands towards the actor: verdicts for the actor's address, now and later. */
export interface Standing {
  enabled: boolean
  /** All ranges, also the disabled and the expired. */
  size: number
  verdicts: readonly Verdict[]
}

/**
 * The operator at the command line can't be locked out, so only the breadth of a range is asked about there. A password is
 * asked for where there is somebody to type it.
 */
export function isAsked(actor: Actor, question: Question): boolean {
  if (question === 'prove-again') return actor.via === 'web'
  return question === 'covers-everything' || actor.via !== 'cli'
}

/**
 * Whether the actor's address is admitted before a change and refused after it, at any of the instants. `isNewlyAsked`: the
 * list was not asked for the running session so far ("Check every request"), so it counts as admitted.
 */
export function locksOut(before: Standing, after: Standing, isNewlyAsked = false): boolean {
  return after.verdicts.some(
    (verdict, at) => !verdict.admit && (isNewlyAsked || before.verdicts[at]?.admit === true),
  )
}

/** Whether a list that kept people out lets everybody in, because its last range went. */
export function admitsEveryone(before: Standing, after: Standing): boolean {
  return before.enabled && after.enabled && before.size > 0 && after.size === 0
}
