'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Clock } from '@/components/ui/clock'
import { SubmitButton } from '@/components/ui/submit-button'
import { tryAgainAction } from './actions'

interface TryAgainFormProps {
  label: string
  pendingLabel: string
  variant: 'primary' | 'secondary'
  to: string
}

/** Has everything checked anew, without the password. Its answer stands below the whole row of buttons that it is in. */
export function TryAgainForm({ label, pendingLabel, variant, to }: TryAgainFormProps) {
  const [state, action] = useFormAction(tryAgainAction)
  return (
    <form action={action} className="contents">
      <input type="hidden" name="to" value={to} />
      <SubmitButton variant={variant} pendingLabel={pendingLabel}>
        {label}
      </SubmitButton>
      <p role="status" className="order-last w-full text-sm text-muted empty:hidden">
        {state.message}
        {state.result?.at && (
          <>
            {' '}
            <Clock at={state.result.at} />
          </>
        )}
      </p>
    </form>
  )
}
