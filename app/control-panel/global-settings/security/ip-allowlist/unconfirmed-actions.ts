'use server'

import type { Asked } from '@/lib/core/allowlist-change'
import { UnconfirmedSchema } from '@/lib/core/allowlist-schemas'
import type { FormState } from '@/lib/core/form-state'
import type { Actor } from '@/lib/core/permissions'
import { confirmChange, revertNow } from '@/lib/data/unconfirmed-changes'
import { permittedAction } from '@/lib/server/action'
import { ask, type When } from './answers'
import { askedOf, refreshed, whenOf } from './asking'

/** "Confirm" or "Undo now". */
export const decideUnconfirmedAction = permittedAction(
  'MANAGE_SECURITY',
  UnconfirmedSchema,
  async (input, actor, current) =>
    input.decision === 'confirm'
      ? confirm(actor, input.id, current.session.id)
      : undo(actor, input.id, askedOf(input, current), whenOf(current)),
)

async function confirm(actor: Actor, id: string, sessionId: string): Promise<FormState> {
  switch (await confirmChange(actor, { id, sessionId })) {
    case 'confirmed':
      return refreshed({ status: 'done', message: 'Confirmed. The change stays.' })
    case 'list-off':
      return {
        status: 'refused',
        message:
          'The list was off when you signed in, so it did not let you in. Sign in again once it is on, or ask a colleague.',
      }
    case 'older':
      return {
        status: 'refused',
        message:
          'Your sign-in began before this change. Stay signed in here, and sign in once more at an address on the list, in another browser or on your phone; or ask a colleague who can.',
      }
    case 'gone':
      return refreshed(GONE)
  }
}

async function undo(actor: Actor, id: string, asked: Asked, when: When): Promise<FormState> {
  const undone = await revertNow(actor, id, asked)
  switch (undone.outcome) {
    case 'undone':
      return refreshed({ status: 'done', message: 'Undone. Everything else is as it was.' })
    case 'as-before':
      return refreshed({ status: 'done', message: 'It was as before already.' })
    case 'impossible':
      return refreshed({
        status: 'refused',
        message: 'It could not be undone, because the same thing was changed since. Look at the list.',
      })
    case 'gone':
      return refreshed(GONE)
    default:
      return ask(undone.outcome, { actor, when })
  }
}

const GONE: FormState = {
  status: 'refused',
  message: 'This change was confirmed or undone meanwhile.',
}
