'use client'

import { useActionState } from 'react'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { authorizeAction } from './actions'

interface AuthorizeFormProps {
  needsPassword: boolean
  to: string
}

export function AuthorizeForm({ needsPassword, to }: AuthorizeFormProps) {
  const [state, action] = useActionState(authorizeAction, IDLE)
  return (
    <form action={action} noValidate className="flex flex-col items-start gap-4">
      <input type="hidden" name="to" value={to} />
      {needsPassword && (
        <Field
          label="Password"
          name="password"
          required
          error={state.fieldErrors?.password}
          className="w-full max-w-sm"
        >
          <PasswordInput autoComplete="current-password" />
        </Field>
      )}
      <SubmitButton pendingLabel="Sending the link…">Authorize this IP</SubmitButton>
      <p role="status" className="text-sm font-medium text-danger-ink empty:hidden">
        {state.message}
      </p>
    </form>
  )
}
