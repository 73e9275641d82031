import type { Surface } from './allowlist'

export const SURFACE_WORDS: Readonly<Record<Surface, string>> = {
  CONTROL_PANEL: 'Control Panel',
  AGENT_CONSOLE: 'Agent Console',
  MOBILE: 'Mobile app',
  API: 'API',
}

const FAILURES: Readonly<Record<string, string>> = {
  'too-many-attempts': 'Too many attempts',
  'wrong-second-factor': 'Wrong second factor',
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
