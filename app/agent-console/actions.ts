'use server'

import { revalidatePath } from 'next/cache'
import { OwnEndingSchema, PasswordChangeSchema } from '@/lib/core/agent-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { changeOwnPassword } from '@/lib/data/agent-passwords'
import { endOwnDevice, endOwnOthers } from '@/lib/data/own-access'
import { endOwnSession } from '@/lib/data/sessions'
import { signedInAction } from '@/lib/server/action'

export const endOwnAction = signedInAction(OwnEndingSchema, async ({ end }, actor, { session }) => {
  if (end.kind === 'others') {
    const { sessions, devices } = await endOwnOthers(actor, session.id)
    revalidatePath(PATHS.agentConsole)
    const message =
      sessions + devices > 0 ? 'You are signed out everywhere else.' : 'There was nothing else to end.'
    return { status: 'done', message }
  }
  const isEnded =
    end.kind === 'web'
      ? await endOwnSession(actor, end.id, 'ended-by-agent')
      : await endOwnDevice(actor, end.id)
  revalidatePath(PATHS.agentConsole)
  return { status: 'done', message: isEnded ? 'The session was ended.' : 'That session was over already.' }
})

export const changePasswordAction = signedInAction(
  PasswordChangeSchema,
  async (input, actor, { session }): Promise<FormState> => {
    switch (await changeOwnPassword(actor, { ...input, sessionId: session.id })) {
      case 'wrong-password':
        return {
          status: 'invalid',
          fieldErrors: { currentPassword: 'This is not your current password.' },
        }
      case 'same-password':
        return {
          status: 'invalid',
          fieldErrors: { newPassword: 'This is your current password. Choose another one.' },
        }
      case 'changed':
        revalidatePath(PATHS.agentConsole)
        return {
          status: 'done',
          message: 'Your password is changed. You stay signed in here and are signed out everywhere else.',
        }
    }
  },
)
