'use server'

import { redirect } from 'next/navigation'
import { GoingSchema } from '@/lib/core/entry-schemas'
import { SecondFactorSchema } from '@/lib/core/factor-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { throttledMessage } from '@/lib/core/rate-limit'
import { askForPasskey } from '@/lib/data/passkeys'
import { openAction } from '@/lib/server/action'
import { currentHalf } from '@/lib/server/auth'
import { enterWithFactor } from '@/lib/server/enter'
import { answerWithStatus } from '@/lib/server/status'

/** The same words for a wrong, a spent and a late answer. */
const WRONG: FormState = {
  status: 'refused',
  message: "That didn't work. Wait for the next code, or start again.",
}

/** "Continue" with a code, and the answer of a passkey. */
export const secondFactorAction = openAction(SecondFactorSchema, async (input): Promise<FormState> => {
  const half = await currentHalf()
  if (!half) return WRONG
  const answer = input.passkey ? { passkey: input.passkey } : { code: input.code }
  const entry = await enterWithFactor(answer, half.destination)
  switch (entry.outcome) {
    case 'entered':
      return redirect(entry.destination)
    case 'refused':
      return redirect(PATHS.blocked)
    case 'busy':
      await answerWithStatus(503)
      return { status: 'refused', message: throttledMessage(1) }
    case 'throttled':
      return { status: 'refused', message: throttledMessage(entry.minutes) }
    case 'unavailable':
      return { status: 'refused', message: "Sign-in doesn't work at the moment. Try again in a minute." }
    case 'wrong':
    case 'pending-over':
    case 'second-factor':
    case 'half-over':
      return WRONG
  }
})

/** What the browser needs to know to use a passkey. */
export const askForPasskeyAction = openAction(GoingSchema, async (): Promise<FormState> => {
  const half = await currentHalf()
  const options = half && (await askForPasskey({ holderId: half.id, agentId: half.agent.id }))
  return options ? { status: 'done', result: { options } } : WRONG
})
