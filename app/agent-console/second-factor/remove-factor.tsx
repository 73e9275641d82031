'use client'

import { ProveAgain } from '@/components/shell/prove-again'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { useHydrated } from '@/components/ui/use-hydrated'
import { removeFactorAction } from './actions'
import { type Action, outcomeOf, useProven } from './use-proven'

interface RemoveFactorProps {
  /** `totp`, or `passkey:ID`. */
  factor: string
  name: string
  isKept: boolean
}

/** "Remove", after the password; nothing for the last factor of somebody who needs one. */
export function RemoveFactor({ factor, name, isKept }: RemoveFactorProps) {
  const { notify } = useToast()
  const hydrated = useHydrated()
  // What is removed takes this button along, and with it the place for words.
  const telling: Action = async (previous, form) => {
    const next = await removeFactorAction(previous, form)
    if (next.status === 'done') notify({ title: `The ${name} was removed` })
    return next
  }
  const removal = useProven(hydrated ? telling : removeFactorAction)
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
