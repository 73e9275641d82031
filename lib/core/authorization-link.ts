import { isFromBeforeClockWentBack } from './clock'

const MINUTE_MS = 60_000

/** From the moment the mail server took the mail. */
export const LINK_LIFETIME_MS = 10 * MINUTE_MS
/** From the request, however late the mail left. */
export const LINK_LONGEST_MS = 60 * MINUTE_MS
export const PENDING_SIGN_IN_LIFETIME_MS = 60 * MINUTE_MS
export const RESEND_WAIT_MS = MINUTE_MS
export const LINKS_AN_HOUR = 5
/** Wrong codes that kill a link. */
export const CODE_MISSES = 5
export const TEMPORARY_RANGE_MS = 24 * 60 * MINUTE_MS

export interface LinkFacts {
  consumedAtMs: number | null
  deniedAtMs: number | null
  expiresAtMs: number
  misses: number
  /** Whether its admin is still an enabled admin. */
  isAdminStill: boolean
}

export type LinkState = 'open' | 'used' | 'denied' | 'guessed' | 'not-entitled' | 'expired'

/** What a link is good for now. Only an open one can be used. */
export function stateOfLink(link: LinkFacts, nowMs: number): LinkState {
  if (link.consumedAtMs !== null) return 'used'
  if (link.deniedAtMs !== null) return 'denied'
  if (link.misses >= CODE_MISSES) return 'guessed'
  if (!link.isAdminStill) return 'not-entitled'
  return nowMs < link.expiresAtMs ? 'open' : 'expired'
}

export type LinkRequestVerdict =
  | { allowed: true }
  | { allowed: false; because: 'too-soon' | 'too-many'; waitMs: number }

/**
 * Links leave 60 seconds apart and at most five an hour. `requestedAtMs`: when the earlier ones were asked for; what
 * was asked for before the clock went back doesn't count, or it would count for as long as the clock went back.
 */
export function decideLinkRequest(requestedAtMs: readonly number[], nowMs: number): LinkRequestVerdict {
  const recent = requestedAtMs
    .filter((atMs) => nowMs - atMs < 60 * MINUTE_MS && !isFromBeforeClockWentBack(atMs, nowMs))
    .sort((a, b) => b - a)
  const [latest] = recent
  const oldestThatCounts = recent[LINKS_AN_HOUR - 1]
  if (oldestThatCounts !== undefined)
    return { allowed: false, because: 'too-many', waitMs: oldestThatCounts + 60 * MINUTE_MS - nowMs }
  if (latest !== undefined && nowMs - latest < RESEND_WAIT_MS)
    return { allowed: false, because: 'too-soon', waitMs: latest + RESEND_WAIT_MS - nowMs }
  return { allowed: true }
}

/** After "I didn't request this" no link is sent until the password has been changed. */
export function isLinkingBarred(agent: { linksDeniedAt: Date | null; passwordChangedAt: Date }): boolean {
  return agent.linksDeniedAt !== null && agent.passwordChangedAt <= agent.linksDeniedAt
}

/** "a•••@example.com": enough to know which mailbox, too little to learn it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}•••${email.slice(at)}`
}
