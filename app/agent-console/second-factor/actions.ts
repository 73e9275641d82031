'use server'

import { revalidatePath } from 'next/cache'
import {
  FactorRemovalSchema,
  PasskeyFinishSchema,
  PasskeyStartSchema,
  ProvenDeedSchema,
  TotpConfirmationSchema,
} from '@/lib/core/factor-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { type Enrolled, removeOwnFactor } from '@/lib/data/factor-changes'
import { beginPasskey, finishPasskey } from '@/lib/data/passkeys'
import { remakeRecoveryCodes } from '@/lib/data/recovery-codes'
import { beginTotp, confirmTotp, type TotpSetUp } from '@/lib/data/totp'
import { factorAction } from '@/lib/server/action'
import { proveAgain } from '@/lib/server/prove-again'

/** Shows what an authenticator app has to know, after the password. */
export const beginTotpAction = factorAction(ProvenDeedSchema, async ({ password }, actor, current) => {
  const asked = await proveAgain(current, password)
  if (asked) return asked
  const begun = await beginTotp(actor, current.session.agent.email)
  if (begun === 'exists') return { status: 'refused', message: 'You have an authenticator app already.' }
  return { status: 'done', result: shown(begun) }
})

/** Takes the first code of the app. A wrong one leaves the set-up as it is. */
export const confirmTotpAction = factorAction(
  TotpConfirmationSchema,
  async ({ code }, actor, { session }): Promise<FormState> => {
    const confirmed = await confirmTotp(actor, {
      code,
      sessionId: session.id,
      label: session.agent.email,
    })
    if (confirmed === 'over')
      return {
        status: 'refused',
        message: 'The set-up took too long, or was begun anew elsewhere. Begin again.',
      }
    if (confirmed.outcome === 'wrong-code')
      return {
        status: 'invalid',
        fieldErrors: {
          code: 'This is not the code that the app shows now. Look whether the clock of your phone is right.',
        },
        result: shown(confirmed.setUp),
      }
    return enrolled(confirmed, 'Your authenticator app is set up.')
  },
)

/** What the browser needs to make a passkey, after the password. */
export const beginPasskeyAction = factorAction(
  PasskeyStartSchema,
  async ({ password, name }, actor, current): Promise<FormState> => {
    const asked = await proveAgain(current, password)
    if (asked) return asked
    const { session } = current
    const options = await beginPasskey(actor, { email: session.agent.email, sessionId: session.id })
    if (options === 'unavailable')
      return { status: 'refused', message: 'Passkeys are not available at this address of Gatehouse.' }
    if (options === 'too-many')
      return { status: 'refused', message: 'You have as many passkeys as one person may. Remove one first.' }
    return { status: 'done', result: { options, name } }
  },
)

export const finishPasskeyAction = factorAction(
  PasskeyFinishSchema,
  async ({ name, response }, actor, { session }): Promise<FormState> => {
    const finished = await finishPasskey(actor, { name, response, sessionId: session.id })
    if (finished === 'invalid') return { status: 'refused', message: 'The passkey was not added. Try again.' }
    return enrolled(finished, `The passkey “${name}” was added.`)
  },
)

/** Removes one factor, after the password. */
export const removeFactorAction = factorAction(
  FactorRemovalSchema,
  async ({ password, factor }, actor, current): Promise<FormState> => {
    const asked = await proveAgain(current, password)
    if (asked) return asked
    const removed = await removeOwnFactor(actor, factor)
    revalidatePath(PATHS.ownFactors)
    switch (removed) {
      case 'removed':
        return { status: 'done', message: 'It was removed.' }
      case 'gone':
        return { status: 'done', message: 'It was removed already.' }
      case 'required':
        return {
          status: 'refused',
          message:
            'Your account requires a second factor, and this is your only one. Set up another one first.',
        }
    }
  },
)

/** New recovery codes in place of the earlier ones, after the password. */
export const remakeCodesAction = factorAction(
  ProvenDeedSchema,
  async ({ password }, actor, current): Promise<FormState> => {
    const asked = await proveAgain(current, password)
    if (asked) return asked
    const codes = await remakeRecoveryCodes(actor)
    if (codes === 'no-factor')
      return { status: 'refused', message: 'Recovery codes need a second factor. Set one up first.' }
    revalidatePath(PATHS.ownFactors)
    return {
      status: 'done',
      message: 'These are your new codes. The earlier ones no longer work.',
      result: { codes: codes.join(' ') },
    }
  },
)

function shown({ secret, uri }: TotpSetUp): Record<string, string> {
  return { secret, uri }
}

function enrolled({ codes }: Enrolled, message: string): FormState {
  revalidatePath(PATHS.ownFactors)
  return { status: 'done', message, result: codes ? { codes: codes.join(' ') } : {} }
}
