import type { Surface } from './allowlist'
import { maskEmail } from './authorization-link'
import type { SignInOutcome } from './sign-in-listing'

export const SURFACE_WORDS: Readonly<Record<Surface, string>> = {
  CONTROL_PANEL: 'Control Panel',
  AGENT_CONSOLE: 'Agent Console',
  MOBILE: 'Mobile app',
  API: 'API',
}

const FAILURES: Readonly<Record<string, string>> = {
  'too-many-attempts': 'Too many attempts',
  'too-many-second-factors': 'Too many attempts',
  'wrong-second-factor': 'Wrong second factor',
  'second-factor-not-given': 'Second factor not given',
  'second-factor-missing': 'Second factor not set up',
  'second-factor-not-looked-at': 'Second factor not looked at',
  'second-factor-tries-spent': 'Second factor wrong too often',
}

/** What became of an attempt to sign in, for the person whose account it is. */
export function describeSignIn({ outcome, because }: { outcome: string; because: string }): {
  words: string
  tone: 'success' | 'warning' | 'danger'
} {
  if (outcome === 'admitted') return { words: 'Signed in', tone: 'success' }
  if (outcome === 'refused')
    return {
      words: because === 'address-unknown' ? 'Refused: address unknown' : 'Refused: IP not allowed',
      tone: 'danger',
    }
  return { words: FAILURES[because] ?? 'Wrong password', tone: 'warning' }
}

/** What was typed for nobody, as older rows have it: enough to know an e-mail again, and nothing of a mistyped password. */
export function maskTried(email: string): string {
  return /^[^@]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(email) ? maskEmail(email) : '•••'
}

/** Verdicts as a filter and a chart name them. */
export const OUTCOME_WORDS: Readonly<Record<SignInOutcome, string>> = {
  admitted: 'Signed in',
  refused: 'Refused by the list',
  failed: 'Failed before the list',
}

/** The reason of a verdict in a few words, beside what `describeSignIn` says. */
export function describeReason({
  because,
  rangeText,
}: {
  because: string
  rangeText: string | null
}): string {
  switch (because) {
    case 'allowlist-off':
      return 'The list was off'
    case 'mobile-not-enforced':
      return 'Not asked for the mobile app'
    case 'list-empty':
      return 'The list was empty'
    case 'listed':
      return rangeText ? `In ${rangeText}` : 'In a range on the list'
    case 'address-unknown':
      return 'No address to look for'
    case 'not-listed':
      return 'In no range in force'
    case 'wrong-credentials':
      return 'E-mail or password wrong, or disabled'
    case 'too-many-attempts':
      return 'Not looked at: too many before'
    case 'too-many-second-factors':
    case 'wrong-second-factor':
    case 'second-factor-tries-spent':
    case 'second-factor-not-given':
    case 'second-factor-missing':
    case 'second-factor-not-looked-at':
      return 'The password was right'
    default:
      return because.replaceAll('-', ' ')
  }
}
