import 'server-only'
import { minutesOf } from '../core/rate-limit'
import { requestReset } from '../data/password-resets'
import { countUse } from '../data/rate-limits'
import type { Client } from './client'
import { resetLimitsOf } from './limits'
import { logger } from './logger'

/**
 * Counts one question for a link, whether anybody has that e-mail or not: answers minutes to wait, or 0 when it may be
 * asked. Knows nothing of agents, so that its time tells nothing either.
 */
export async function countResetRequest(
  email: string,
  { address }: Client,
  nowMs = Date.now(),
): Promise<number> {
  const waitMs = await countUse(resetLimitsOf({ email, address }), nowMs)
  return waitMs > 0 ? minutesOf(waitMs) : 0
}

/** Mails the link, for after the answer has gone: who is here shows neither in it nor in its time. */
export async function sendReset(email: string, { address, device }: Client): Promise<void> {
  await requestReset(email, { address, device }).catch((error) =>
    logger().error({ err: error }, 'A link to choose a new password could not be queued'),
  )
}
