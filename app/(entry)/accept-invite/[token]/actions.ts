'use server'

import { redirect } from 'next/navigation'
import { AcceptanceSchema } from '@/lib/core/agent-schemas'
import type { FormState } from '@/lib/core/form-state'
import { isPasswordProblem, PASSWORD_PROBLEMS } from '@/lib/core/password-rules'
import { PATHS } from '@/lib/core/paths'
import { acceptInvitation } from '@/lib/data/invitations'
import { openAction } from '@/lib/server/action'
import { currentClient } from '@/lib/server/client'

export const acceptAction = openAction(AcceptanceSchema, async ({ token, ...chosen }): Promise<FormState> => {
  const { address } = await currentClient()
  const outcome = await acceptInvitation(token, chosen, address)
  if (isPasswordProblem(outcome))
    return { status: 'invalid', fieldErrors: { password: PASSWORD_PROBLEMS[outcome] } }
  if (outcome === 'email-taken')
    return {
      status: 'refused',
      message:
        'Your e-mail address belongs to your place in another account by now. Ask to be invited with another address.',
    }
  // One that is over meanwhile says so by itself.
  redirect(
    typeof outcome === 'string'
      ? `${PATHS.acceptInvite}/${encodeURIComponent(token)}`
      : PATHS.invitationAccepted,
  )
})
