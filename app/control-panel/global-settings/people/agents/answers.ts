import type { FormState } from '@/lib/core/form-state'
import { PASSWORD_PROBLEMS, type PasswordProblem } from '@/lib/core/password-rules'
import type { Refusal } from '@/lib/data/agents'

/** Why nothing was changed, and what to do next. */
export function refusal(because: Refusal | PasswordProblem): FormState {
  return { status: 'refused', message: REFUSALS[because] }
}

const REFUSALS: Readonly<Record<Refusal | PasswordProblem, string>> = {
  ...PASSWORD_PROBLEMS,
  gone: 'This agent is not there any more. Reload the page to see who is.',
  'beyond-rights':
    "You can't do this: nobody hands out permissions that they don't hold, and only an admin makes or changes an admin.",
  'last-admin':
    'This is the last active admin of the account, and an account needs one. Make somebody else an admin first.',
  overtaken:
    'Somebody else changed this agent meanwhile, so nothing was saved. Close this, look at how it is now, and make your change again.',
}

/** "2 sessions and 1 mobile device ended.", or that there were none. */
export function describeEnded({ sessions, devices }: { sessions: number; devices: number }): string {
  if (sessions + devices === 0) return 'They were not signed in anywhere.'
  const parts = [
    sessions > 0 && `${sessions} ${sessions === 1 ? 'session' : 'sessions'}`,
    devices > 0 && `${devices} mobile ${devices === 1 ? 'device' : 'devices'}`,
  ]
  return `Ended: ${parts.filter(Boolean).join(' and ')}.`
}
