'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { SubmitButton } from '@/components/ui/submit-button'
import { askApprovalAction } from './actions'

/** "Ask another admin", once for each sign-in. */
export function ApprovalForm() {
  const [state, action] = useFormAction(askApprovalAction)
  return (
    <form action={action} className="flex flex-col items-start gap-3">
      <SubmitButton pendingLabel="Asking…">Ask another admin</SubmitButton>
      <p role="status" className="text-sm font-medium text-danger-ink empty:hidden">
        {state.message}
      </p>
    </form>
  )
}
