'use server'

import { revalidatePath } from 'next/cache'
import { InvitationChoiceSchema, InviteSchema } from '@/lib/core/agent-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { invite, resendInvitation, withdrawInvitation } from '@/lib/data/inviting'
import { permittedAction } from '@/lib/server/action'
import { hasMailServer } from '@/lib/server/mail-server'
import { refusal } from './answers'

export const inviteAction = permittedAction(
  'MANAGE_AGENTS',
  InviteSchema,
  async ({ by, ...input }, actor): Promise<FormState> => {
    const invited = await invite(actor, input, by)
    if (invited === 'beyond-rights') return refusal(invited)
    if (invited === 'email-taken')
      return {
        status: 'invalid',
        fieldErrors: { email: 'This e-mail address is already in use by an agent of this account.' },
      }
    if (invited === 'invited-already')
      return {
        status: 'invalid',
        fieldErrors: {
          email: 'This address is invited already. Resend or withdraw that invitation in the list.',
        },
      }
    revalidatePath(PATHS.agents)
    const { name, email } = input
    const mail = hasMailServer() ? 'sent' : 'kept'
    return {
      status: 'done',
      result: { name, email, ...(invited.password ? { password: invited.password } : { mail }) },
    }
  },
)

const GONE: FormState = {
  status: 'refused',
  message: 'This invitation was accepted or withdrawn meanwhile. Reload the page to see who is here.',
}

export const resendInvitationAction = permittedAction(
  'MANAGE_AGENTS',
  InvitationChoiceSchema,
  async ({ invitationId }, actor): Promise<FormState> => {
    const outcome = await resendInvitation(actor, invitationId)
    revalidatePath(PATHS.agents)
    switch (outcome) {
      case 'gone':
        return GONE
      case 'beyond-rights':
        return refusal(outcome)
      case 'too-soon':
        return { status: 'refused', message: 'It was sent a moment ago. Try again in a minute.' }
      case 'sent':
        return {
          status: 'done',
          message: 'A new invitation is on its way. The earlier link no longer works.',
        }
    }
  },
)

export const withdrawInvitationAction = permittedAction(
  'MANAGE_AGENTS',
  InvitationChoiceSchema,
  async ({ invitationId }, actor): Promise<FormState> => {
    const outcome = await withdrawInvitation(actor, invitationId)
    revalidatePath(PATHS.agents)
    if (outcome === 'gone') return GONE
    return outcome === 'beyond-rights' ? refusal(outcome) : { status: 'done' }
  },
)
