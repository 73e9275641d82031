'use client'

import { NewPasswordField } from '@/components/shell/new-password-field'
import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { setUpAction } from './actions'

export function SetupForm({ setupCode }: { setupCode: string }) {
  const [state, action] = useFormAction(setUpAction)
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
      <NewPasswordField label="Password" name="password" error={fieldErrors?.password} />
      <SubmitButton block size="lg" pendingLabel="Creating the account…">
        Create account
      </SubmitButton>
    </form>
  )
}
