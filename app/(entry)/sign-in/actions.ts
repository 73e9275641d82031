'use server'

import { redirect } from 'next/navigation'
import { SignInSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { throttledMessage } from '@/lib/core/rate-limit'
import { openAction } from '@/lib/server/action'
import { enterWithPassword } from '@/lib/server/enter'
import { answerWithStatus } from '@/lib/server/status'

export const signInAction = openAction(SignInSchema, async (input): Promise<FormState> => {
  const entry = await enterWithPassword(input)
  switch (entry.outcome) {
    case 'entered':
      return redirect(entry.destination)
    case 'refused':
      return redirect(PATHS.blocked)
    case 'second-factor':
      return redirect(PATHS.secondFactor)
    case 'busy':
      await answerWithStatus(503)
      return { status: 'refused', message: throttledMessage(1) }
    case 'throttled':
      return { status: 'refused', message: throttledMessage(entry.minutes) }
    case 'wrong':
    case 'pending-over':
    case 'half-over':
      return { status: 'refused', message: 'Email or password is incorrect.' }
    case 'unavailable':
      return {
        status: 'refused',
        message:
          "Sign-in doesn't work at the moment. Try again in a minute; if it stays this way, tell your operator.",
      }
  }
})
