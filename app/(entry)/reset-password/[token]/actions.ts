'use server'

import { redirect } from 'next/navigation'
import { ResetSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { isPasswordProblem, PASSWORD_PROBLEMS } from '@/lib/core/password-rules'
import { PATHS } from '@/lib/core/paths'
import { consumeReset } from '@/lib/data/password-resets'
import { openAction } from '@/lib/server/action'
import { currentClient } from '@/lib/server/client'

export const resetAction = openAction(ResetSchema, async ({ token, password }): Promise<FormState> => {
  const { address } = await currentClient()
  const outcome = await consumeReset(token, password, address)
  if (isPasswordProblem(outcome))
    return { status: 'invalid', fieldErrors: { password: PASSWORD_PROBLEMS[outcome] } }
  // A link that is over meanwhile says so by itself.
  redirect(
    outcome === 'changed' ? PATHS.passwordChanged : `${PATHS.resetPassword}/${encodeURIComponent(token)}`,
  )
})
