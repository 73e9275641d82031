'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { AuthorizeRequestSchema, GoingSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { minutesOf, throttledMessage } from '@/lib/core/rate-limit'
import { requestApproval } from '@/lib/data/approvals'
import { type LinkRequest, requestLink } from '@/lib/data/authorization-links'
import { openAction } from '@/lib/server/action'
import { currentPending } from '@/lib/server/auth'
import { proveRefused } from '@/lib/server/prove-refused'
import { reenter } from '@/lib/server/reenter'
import { readRefusal } from '@/lib/server/refusal'

/** "Try again" and "Continue". */
export const tryAgainAction = openAction(GoingSchema, async ({ to }): Promise<FormState> => {
  const entry = await reenter(to ?? null)
  switch (entry.outcome) {
    case 'entered':
      return redirect(entry.destination)
    case 'pending-over':
      return redirect(PATHS.signInEnded)
    case 'unavailable':
      return { status: 'refused', message: "That didn't work just now. Try again in a minute." }
    default:
      return {
        status: 'refused',
        message: 'Still not allowed at',
        result: { at: new Date().toISOString() },
      }
  }
})

/** "Ask another admin", where the mailbox alone is not enough. */
export const askApprovalAction = openAction(GoingSchema, async (): Promise<FormState> => {
  const pending = await currentPending()
  if (!pending) redirect(PATHS.signInEnded)
  const asked = await requestApproval(pending)
  refresh()
  if (asked !== 'nobody') return { status: 'done' }
  return {
    status: 'refused',
    message: 'There is no other active admin. Your operator can let this address in at the command line.',
  }
})

/** "Authorize this IP" and "Resend". A running session that is refused has to prove its person first. */
export const authorizeAction = openAction(
  AuthorizeRequestSchema,
  async ({ password, to }): Promise<FormState> => {
    const refusal = await readRefusal(to ?? null)
    if (!refusal) redirect(PATHS.signInEnded)
    if (refusal.pending) return answer(await requestLink(refusal.pending))
    if (!password) return { status: 'invalid', fieldErrors: { password: 'Enter your password.' } }
    const proof = await proveRefused(refusal, password)
    if (proof.outcome === 'second-factor') redirect(PATHS.secondFactor)
    if (proof.outcome === 'proven') return answer(await requestLink(proof.pending))
    const message = proof.outcome === 'wrong' ? 'This is not your password.' : throttledMessage(proof.minutes)
    return { status: 'invalid', fieldErrors: { password: message } }
  },
)

function answer(request: LinkRequest): FormState {
  refresh()
  if (request.outcome === 'queued') return { status: 'done' }
  if (request.outcome === 'sign-in-over') redirect(PATHS.signInEnded)
  return { status: 'refused', message: words(request) }
}

function words(request: Exclude<LinkRequest, { outcome: 'queued' | 'sign-in-over' }>): string {
  switch (request.outcome) {
    case 'too-soon':
      return `A link was sent a moment ago. Try again in ${Math.ceil(request.waitMs / 1000)} seconds.`
    case 'too-many': {
      const minutes = minutesOf(request.waitMs)
      return `Five links an hour is the most. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    }
    case 'needs-approval':
      return 'Another admin has to approve this first. Reload the page to ask one.'
    case 'barred':
      return 'No more links are sent until your password is changed.'
    case 'not-an-admin':
      return 'Only admins can authorize an address.'
    case 'address-unknown':
      return "Your address is unknown, so it can't be authorized."
  }
}
