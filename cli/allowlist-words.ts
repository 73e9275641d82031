import type { AllowlistState } from '@/lib/data/allowlist-state'

/** What is in force now, in words, and what to mind about it. */
export function inForceLines(state: AllowlistState): string[] {
  if (!state.allowlistEnabled) return ['The IP allowlist is off: sign-in from anywhere.', ...listLine(state)]
  if (state.total === 0)
    return ['The IP allowlist is on, but empty: until you add a range, everyone can sign in.']
  const mobile = state.mobileEnforced ? 'from these ranges too' : 'from anywhere'
  const first =
    state.active === 0
      ? 'The IP allowlist is on, and none of its ranges is in force: nobody can sign in on the web.'
      : `The IP allowlist is on: sign-in only from ${counted(state.active)}.`
  return [
    `${first} Mobile app: ${state.mobileEnforced && state.active === 0 ? 'nobody either' : mobile}.`,
    ...(state.checkEveryRequest ? ['Every request is checked, also of running sessions.'] : []),
    ...listLine(state),
  ]
}

function listLine({ disabled, expired }: AllowlistState): string[] {
  if (disabled + expired === 0) return []
  return [`Not in force: ${disabled} disabled, ${expired} expired.`]
}

function counted(ranges: number): string {
  return ranges === 1 ? '1 range' : `${ranges} ranges`
}

/** The switches and counts for programs. */
export function stateInJson(state: AllowlistState) {
  const { allowlistEnabled: enabled, mobileEnforced, checkEveryRequest, contactEmail } = state
  const { total, active, disabled, expired } = state
  return {
    enabled,
    mobileEnforced,
    checkEveryRequest,
    contactEmail,
    ranges: { total, active, disabled, expired },
  }
}
