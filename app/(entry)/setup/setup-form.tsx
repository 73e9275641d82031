'use client'

import { useActionState } from 'react'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS } from '@/lib/core/agent-schemas'
import { IDLE } from '@/lib/core/form-state'
import { setUpAction } from './actions'

export function SetupForm({ setupCode }: { setupCode: string }) {
  const [state, action] = useActionState(setUpAction, IDLE)
  const { fieldErrors, values } = state
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <input type="hidden" name="setupCode" value={setupCode} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Company" name="accountName" required error={fieldErrors?.accountName}>
          <Input autoComplete="organization" defaultValue={values?.accountName} />
        </Field>
        <Field label="Your name" name="name" required error={fieldErrors?.name}>
          <Input autoComplete="name" defaultValue={values?.name} />
        </Field>
      </div>
      <Field label="Email" name="email" required error={fieldErrors?.email}>
        <Input type="email" autoComplete="username" defaultValue={values?.email} />
      </Field>
      <Field
        label="Password"
        name="password"
        required
        error={fieldErrors?.password}
        hint={`${PASSWORD_MIN_CHARACTERS} to ${PASSWORD_MAX_CHARACTERS} characters.`}
      >
        <PasswordInput autoComplete="new-password" />
      </Field>
      <SubmitButton block size="lg" pendingLabel="Creating the account…">
        Create account
      </SubmitButton>
    </form>
  )
}
