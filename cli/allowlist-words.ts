import { describeInForce } from '@/lib/core/allowlist-words'
import type { AllowlistState } from '@/lib/data/allowlist-state'

/** What is in force now, as the screen says it, and what to mind about it. */
export function inForceLines(state: AllowlistState): string[] {
  const { allowlistEnabled, checkEveryRequest, disabled, expired } = state
  const lines = [`IP Allowlist: ${describeInForce(state)}`]
  if (allowlistEnabled && checkEveryRequest) lines.push('Every request of a running session is checked, too.')
  if (disabled + expired > 0) lines.push(`Not in force: ${disabled} disabled, ${expired} expired.`)
  return lines
}

/** The switches and counts for programs. */
export function stateInJson(state: AllowlistState) {
  const { allowlistEnabled: enabled, mobileEnforced, checkEveryRequest, contactEmail } = state
  const { total, active, disabled, expired } = state
  const ranges = { total, active, disabled, expired }
  return { enabled, mobileEnforced, checkEveryRequest, contactEmail, ranges }
}
