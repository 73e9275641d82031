'use client'

import { useActionState } from 'react'
import { NewPasswordField } from '@/components/shell/new-password-field'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { resetAction } from './actions'

export function ResetForm({ token, email }: { token: string; email: string }) {
  const [state, action] = useActionState(resetAction, IDLE)
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <NewPasswordField label="New password" name="password" error={state.fieldErrors?.password} />
      <SubmitButton block size="lg" pendingLabel="Changing…">
        Change password
      </SubmitButton>
    </form>
  )
}
