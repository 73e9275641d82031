import 'server-only'
import { type LinkState, RESEND_WAIT_MS } from '../core/authorization-link'
import { findLinkProgress } from '../data/authorization-links'
import { hasMailServer } from './mail-server'

/** How far the way back in by mail has come, as the screen that asked tells it. */
export interface LinkStage {
  /** `kept`: as a file for the operator, since no mail server is set up. */
  mail: 'waiting' | 'delayed' | 'delivered' | 'kept' | 'failed'
  link: LinkState
  /** This one or an earlier one can still be used, so the code is worth showing. */
  hasOpenLink: boolean
  /** Whole minutes until the link ends, never fewer than it still lives. */
  minutesLeft: number
  /** Until the next link may be asked for. */
  resendWaitMs: number
  requestedAtMs: number
}

/** The stage of the latest link of a pending sign-in, or null when none was asked for. */
export async function readLinkStage(pendingSignInId: string, nowMs = Date.now()): Promise<LinkStage | null> {
  const progress = await findLinkProgress(pendingSignInId, new Date(nowMs))
  if (!progress) return null
  const requestedAtMs = progress.requestedAt.getTime()
  return {
    mail: progress.mail === 'delivered' && !hasMailServer() ? 'kept' : progress.mail,
    link: progress.state,
    hasOpenLink: progress.hasOpenLink,
    minutesLeft: Math.max(1, Math.ceil((progress.expiresAt.getTime() - nowMs) / 60_000)),
    resendWaitMs: Math.max(0, requestedAtMs + RESEND_WAIT_MS - nowMs),
    requestedAtMs,
  }
}
