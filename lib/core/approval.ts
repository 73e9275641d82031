const HOUR_MS = 60 * 60 * 1000

/** So long after a password was reset by mail the mailbox alone authorizes no address. */
export const MAILBOX_DISTRUST_MS = 24 * HOUR_MS

/** Why another admin has to approve before an address is authorized; null: nobody has to. */
export type ApprovalNeed = 'password-reset' | 'factor-missing' | null

/**
 * The mailbox alone is not enough where it made the password as well, nor for an admin who needs a second factor and has
 * none: an admin can't enrol the way in. A second factor that was proven in this sign-in is enough.
 */
export function approvalNeed(
  facts: { factorProven: boolean; passwordResetAtMs: number | null; isFactorMissing: boolean },
  nowMs: number,
): ApprovalNeed {
  if (facts.factorProven) return null
  const { passwordResetAtMs } = facts
  if (passwordResetAtMs !== null && nowMs - passwordResetAtMs < MAILBOX_DISTRUST_MS) return 'password-reset'
  return facts.isFactorMissing ? 'factor-missing' : null
}
