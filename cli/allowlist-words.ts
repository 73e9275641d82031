import { describeInForce } from '@/lib/core/allowlist-words'
import type { AllowlistState } from '@/lib/data/allowlist-state'
import { formatInstant } from './output'

/** What is in force now, as the screen says it, and what to mind about it. */
export function inForceLines(state: AllowlistState): string[] {
  const { disabled, expired, off } = state
  const lines = [`IP Allowlist: ${describeInForce(state)}`]
  if (off)
    lines.push(
      `It turns itself on again at ${formatInstant(off.until)}. Turned off by ${off.byName}: ${off.reason}`,
    )
  if (disabled + expired > 0) lines.push(`Not in force: ${disabled} disabled, ${expired} expired.`)
  return lines
}

/** The switches and counts for programs. */
export function stateInJson(state: AllowlistState) {
  const { allowlistEnabled: enabled, mobileEnforced, checkEveryRequest, contactEmail } = state
  const { total, active, disabled, expired, off } = state
  const ranges = { total, active, disabled, expired }
  return { enabled, off, mobileEnforced, checkEveryRequest, contactEmail, ranges }
}
