'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { signInAction } from './actions'

export function SignInForm({ to }: { to: string | null }) {
  const [state, action] = useFormAction(signInAction)
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <Field label="Email" name="email" required error={state.fieldErrors?.email}>
        <Input
          type="email"
          autoComplete="username"
          autoFocus={state === IDLE}
          defaultValue={state.values?.email}
        />
      </Field>
      <Field label="Password" name="password" required error={state.fieldErrors?.password}>
        <PasswordInput autoComplete="current-password" />
      </Field>
      {to && <input type="hidden" name="to" value={to} />}
      <SubmitButton block size="lg" pendingLabel="Signing in…">
        Sign in
      </SubmitButton>
    </form>
  )
}
