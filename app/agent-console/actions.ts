'use server'

import { revalidatePath } from 'next/cache'
import { OwnEndingSchema, PasswordChangeSchema } from '@/lib/core/agent-schemas'
import type { FormState } from '@/lib/core/form-state'
import { NoticeChoiceSchema } from '@/lib/core/notice-schemas'
import { NOTICE_KINDS } from '@/lib/core/notices'
import { isPasswordProblem, PASSWORD_PROBLEMS } from '@/lib/core/password-rules'
import { PATHS } from '@/lib/core/paths'
import { throttledMessage } from '@/lib/core/rate-limit'
import { chooseNotices } from '@/lib/data/notice-choice'
import { endOwnDevice, endOwnOthers } from '@/lib/data/own-access'
import { endOwnSession } from '@/lib/data/sessions'
import { permittedAction, signedInAction } from '@/lib/server/action'
import { changePassword } from '@/lib/server/change-password'

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
  async (input, _actor, current): Promise<FormState> => {
    const changed = await changePassword(current, input)
    if (typeof changed === 'object')
      return {
        status: 'invalid',
        fieldErrors: { currentPassword: throttledMessage(changed.throttledMinutes) },
      }
    if (isPasswordProblem(changed))
      return { status: 'invalid', fieldErrors: { newPassword: PASSWORD_PROBLEMS[changed] } }
    switch (changed) {
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

export const chooseNoticesAction = permittedAction(
  'MANAGE_SECURITY',
  NoticeChoiceSchema,
  async ({ wanted }, actor): Promise<FormState> => {
    await chooseNotices(actor, wanted)
    revalidatePath(PATHS.agentConsole)
    return { status: 'done', message: describeChoice(wanted.length) }
  },
)

function describeChoice(wanted: number): string {
  if (wanted === NOTICE_KINDS.length) return 'You get every notice.'
  return wanted === 0
    ? 'You get no notice any more.'
    : `You get ${wanted} of ${NOTICE_KINDS.length} kinds of notices.`
}
