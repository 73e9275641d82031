'use client'

import { useActionState } from 'react'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { PASSWORD_MIN_CHARACTERS } from '@/lib/core/agent-schemas'
import { IDLE } from '@/lib/core/form-state'
import { changePasswordAction } from './actions'

export function PasswordForm({ email }: { email: string }) {
  const [state, send] = useActionState(changePasswordAction, IDLE)
  return (
    <form action={send} noValidate className="flex max-w-md flex-col gap-5">
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        label="Current password"
        name="currentPassword"
        required
        error={state.fieldErrors?.currentPassword}
      >
        <PasswordInput autoComplete="current-password" />
      </Field>
      <Field
        label="New password"
        name="newPassword"
        required
        error={state.fieldErrors?.newPassword}
        hint={`At least ${PASSWORD_MIN_CHARACTERS} characters. A few words in a row make a good password.`}
      >
        <PasswordInput autoComplete="new-password" />
      </Field>
      <FormMessage state={state} className="empty:hidden" />
      <div>
        <SubmitButton pendingLabel="Changing…">Change password</SubmitButton>
      </div>
    </form>
  )
}
