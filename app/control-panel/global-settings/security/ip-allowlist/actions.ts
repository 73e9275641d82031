'use server'

import { AllowlistSwitchSchema, ContactSchema } from '@/lib/core/allowlist-schemas'
import {
  setCheckEveryRequest,
  setContactEmail,
  setMobileEnforced,
  turnOff,
  turnOn,
} from '@/lib/data/allowlist-switches'
import { permittedAction } from '@/lib/server/action'
import { ask, done } from './answers'
import { askedOf, refreshed, whenOf } from './asking'

const PERMISSION = 'MANAGE_SECURITY'

export const switchAllowlistAction = permittedAction(
  PERMISSION,
  AllowlistSwitchSchema,
  async (input, actor, current) => {
    const how = { endSessionsOutside: input.endSessions, exceptSessionId: current.session.id }
    const asked = askedOf(input, current)
    const changed = input.to ? await turnOn(actor, how, asked) : await turnOff(actor, asked)
    switch (changed.outcome) {
      case 'turned-on':
        return refreshed(done('The IP Allowlist is on.', changed, actor))
      case 'turned-off':
        return refreshed(done('The IP Allowlist is off.', changed, actor))
      case 'unchanged':
        return refreshed({
          status: 'done',
          message: `The IP Allowlist was ${input.to ? 'on' : 'off'} already.`,
        })
      default:
        return ask(changed.outcome, { actor, when: whenOf(current) })
    }
  },
)

export const switchMobileAction = permittedAction(
  PERMISSION,
  AllowlistSwitchSchema,
  async (input, actor, current) => {
    const changed = await setMobileEnforced(actor, input.to, askedOf(input, current))
    if (changed.outcome !== 'switched' && changed.outcome !== 'unchanged')
      return ask(changed.outcome, { actor, when: whenOf(current) })
    return refreshed({
      status: 'done',
      message: `IP Allowlist for mobile access is ${input.to ? 'on' : 'off'}.`,
    })
  },
)

export const switchEveryRequestAction = permittedAction(
  PERMISSION,
  AllowlistSwitchSchema,
  async (input, actor, current) => {
    const changed = await setCheckEveryRequest(actor, input.to, askedOf(input, current))
    if (changed.outcome !== 'switched' && changed.outcome !== 'unchanged')
      return ask(changed.outcome, { actor, when: 'next-click' })
    const message = `Check every request is ${input.to ? 'on' : 'off'}.`
    return refreshed(
      changed.outcome === 'switched' ? done(message, changed, actor) : { status: 'done', message },
    )
  },
)

export const saveContactAction = permittedAction(PERMISSION, ContactSchema, async (input, actor, current) => {
  const contactEmail = input.contactEmail || null
  await setContactEmail(actor, contactEmail, askedOf({ consents: [], keep: false }, current))
  return refreshed({
    status: 'done',
    message: contactEmail
      ? `People who are refused are told to write to ${contactEmail}.`
      : 'People who are refused are shown the admins by name.',
  })
})
