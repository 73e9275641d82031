'use server'

import { type Address, formatAddress } from '@/lib/core/address'
import { TEMPORARY_RANGE_MS } from '@/lib/core/authorization-link'
import { LinkDecisionSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { consumeLink, denyLink, type LinkUse } from '@/lib/data/link-decisions'
import { openAction } from '@/lib/server/action'
import { pendingToken } from '@/lib/server/auth'
import { currentClient } from '@/lib/server/client'

/** "Authorize IP" and "I didn't request this". It never signs anybody in. */
export const decideAction = openAction(LinkDecisionSchema, async (input): Promise<FormState> => {
  const { address } = await currentClient()
  if (input.decision === 'deny') return outcome(await denyLink(input.token, address))
  return authorize(input, address)
})

async function authorize(
  { token, keep, code = '' }: { token: string; keep: 'forever' | 'day'; code?: string },
  clicker: Address | null,
): Promise<FormState> {
  const now = new Date()
  const use = await consumeLink({ token, code, pendingToken: await pendingToken(), keep, clicker }, now)
  const until = keep === 'day' ? new Date(now.getTime() + TEMPORARY_RANGE_MS).toISOString() : undefined
  return answer(use, until)
}

function answer(use: LinkUse, until: string | undefined): FormState {
  switch (use.outcome) {
    case 'code-missing':
      return invalid('Enter the six digits on the screen that asked for the link.')
    case 'wrong-code':
      return invalid(
        'That is not the code on the screen that asked. After a few wrong codes the link stops working.',
      )
    case 'authorized':
    case 'admitted-already':
      return outcome(use.outcome, { address: formatAddress(use.address), ...(until ? { until } : {}) })
    default:
      return outcome(use.outcome)
  }
}

function invalid(message: string): FormState {
  return { status: 'invalid', fieldErrors: { code: message } }
}

function outcome(name: string, facts: Record<string, string> = {}): FormState {
  return { status: 'done', result: { outcome: name, ...facts } }
}
