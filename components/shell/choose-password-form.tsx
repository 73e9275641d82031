'use client'

import type { ReactNode } from 'react'
import type { FormState } from '@/lib/core/form-state'
import { FormMessage } from '../ui/form-message'
import { SubmitButton } from '../ui/submit-button'
import { NewPasswordField } from './new-password-field'
import { useFormAction } from './use-form-action'

interface ChoosePasswordFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  /** Of the mailed link. */
  token: string
  /** Whose password it will be. */
  email: string
  label: string
  button: string
  pendingLabel: string
  /** What else is asked, before the password. */
  fields?: (state: FormState) => ReactNode
}

/** The form behind a mailed link with which somebody chooses a password. */
export function ChoosePasswordForm(props: ChoosePasswordFormProps) {
  const { action, token, email, label, button, pendingLabel, fields } = props
  const [state, send] = useFormAction(action)
  return (
    <form action={send} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      {fields?.(state)}
      <NewPasswordField label={label} name="password" error={state.fieldErrors?.password} />
      <SubmitButton block size="lg" pendingLabel={pendingLabel}>
        {button}
      </SubmitButton>
    </form>
  )
}
