'use client'

import { useActionState } from 'react'
import { NewPasswordField } from '@/components/shell/new-password-field'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { acceptAction } from './actions'

export function AcceptForm({ token, email, name }: { token: string; email: string; name: string }) {
  const [state, action] = useActionState(acceptAction, IDLE)
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field label="Your name" name="name" required error={state.fieldErrors?.name}>
        <Input autoComplete="name" defaultValue={state.values?.name ?? name} />
      </Field>
      <NewPasswordField label="Password" name="password" error={state.fieldErrors?.password} />
      <SubmitButton block size="lg" pendingLabel="Accepting…">
        Accept the invitation
      </SubmitButton>
    </form>
  )
}
