'use client'

import { ChoosePasswordForm } from '@/components/shell/choose-password-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { acceptAction } from './actions'

export function AcceptForm({ token, email, name }: { token: string; email: string; name: string }) {
  return (
    <ChoosePasswordForm
      action={acceptAction}
      token={token}
      email={email}
      label="Password"
      button="Accept the invitation"
      pendingLabel="Accepting…"
      fields={(state) => (
        <Field label="Your name" name="name" required error={state.fieldErrors?.name}>
          <Input autoComplete="name" defaultValue={state.values?.name ?? name} />
        </Field>
      )}
    />
  )
}
