'use client'

import { ProveAgain } from '@/components/shell/prove-again'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { removeFactorAction } from './actions'
import { outcomeOf, useProven } from './use-proven'

interface RemoveFactorProps {
  /** `totp`, or `passkey:ID`. */
  factor: string
  name: string
  isKept: boolean
}

/** "Remove", after the password; nothing for the last factor of somebody who needs one. */
export function RemoveFactor({ factor, name, isKept }: RemoveFactorProps) {
  const removal = useProven(removeFactorAction)
  if (isKept) return <p className="text-sm text-muted">Required by your account</p>
  return (
    <>
      <form action={removal.send} className="flex flex-col gap-2">
        <input type="hidden" name="factor" value={factor} />
        <SubmitButton size="sm" variant="secondary" pendingLabel="Removing…">
          Remove
          <span className="sr-only"> {name}</span>
        </SubmitButton>
        <FormMessage
          state={removal.state.status === 'refused' ? outcomeOf(removal.state) : null}
          className="empty:hidden"
        />
      </form>
      <ProveAgain {...removal} button={`Remove ${name}`} />
    </>
  )
}
