import type { Address } from './address'
import type { Lookup } from './lookup'

export const SURFACES = ['CONTROL_PANEL', 'AGENT_CONSOLE', 'MOBILE', 'API'] as const
export type Surface = (typeof SURFACES)[number]

export interface Allowlist {
  enabled: boolean
  mobileEnforced: boolean
  ranges: Lookup
}

export type Verdict =
  | { admit: true; because: 'allowlist-off' | 'mobile-not-enforced' | 'list-empty' }
  | { admit: true; because: 'listed'; rangeId: string }
  | { admit: false; because: 'address-unknown' | 'not-listed' }

/**
 * Whether somebody at `address` (null: unknown) may come in on `surface`, and why: the first line of the
 * table that applies. A list whose ranges are all disabled or expired is not an empty list.
 */
export function decide(question: {
  allowlist: Allowlist
  surface: Surface
  address: Address | null
  nowMs: number
}): Verdict {
  const { allowlist, surface, address, nowMs } = question
  if (!allowlist.enabled) return { admit: true, because: 'allowlist-off' }
  if (surface === 'MOBILE' && !allowlist.mobileEnforced)
    return { admit: true, because: 'mobile-not-enforced' }
  if (allowlist.ranges.size === 0) return { admit: true, because: 'list-empty' }
  if (address === null) return { admit: false, because: 'address-unknown' }
  const rangeId = allowlist.ranges.findAddress(address, nowMs)
  return rangeId === null
    ? { admit: false, because: 'not-listed' }
    : { admit: true, because: 'listed', rangeId }
}
