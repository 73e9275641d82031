'use client'

import { NewPasswordField } from '@/components/shell/new-password-field'
import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { changePasswordAction } from './actions'

export function PasswordForm({ email }: { email: string }) {
  const [state, send] = useFormAction(changePasswordAction)
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
      <NewPasswordField label="New password" name="newPassword" error={state.fieldErrors?.newPassword} />
      <FormMessage state={state} className="empty:hidden" />
      <div>
        <SubmitButton pendingLabel="Changing…">Change password</SubmitButton>
      </div>
    </form>
  )
}
