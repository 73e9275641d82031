import { isFromBeforeClockWentBack } from './clock'

/** An invitation works this long, and once: by its mailed link, or by a sign-in with its temporary password. */
export const INVITATION_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000
/** Between two mails of one invitation. */
export const INVITATION_RESEND_WAIT_MS = 60 * 1000

export interface InvitationFacts {
  /** Why it is over, or null. */
  closedBecause: string | null
  expiresAtMs: number
  /** Whether the one who invited could still give these rights to somebody. */
  isInviterEntitled: boolean
}

export type InvitationState = 'open' | 'accepted' | 'withdrawn' | 'expired'

/** What an invitation is good for now. Only an open one can be accepted. */
export function stateOfInvitation(invitation: InvitationFacts, nowMs: number): InvitationState {
  const { closedBecause, expiresAtMs, isInviterEntitled } = invitation
  if (closedBecause !== null) return closedBecause === 'accepted' ? 'accepted' : 'withdrawn'
  return isInviterEntitled && nowMs < expiresAtMs ? 'open' : 'expired'
}

/** Whether it is long enough ago that it was mailed; a mail from before the clock went back is waited for no longer. */
export function mayBeResent(sentAtMs: number, nowMs: number): boolean {
  return nowMs - sentAtMs >= INVITATION_RESEND_WAIT_MS || isFromBeforeClockWentBack(sentAtMs, nowMs)
}
