'use client'

import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { saveContactAction } from './actions'
import { failureOf, useAsked } from './use-asked'

/** Whom a refused agent is told to write to instead of the admins. */
export function ContactForm({ contactEmail }: { contactEmail: string | null }) {
  const { state, send } = useAsked(saveContactAction)
  return (
    <form action={send} noValidate className="flex max-w-xl flex-col gap-3 sm:flex-row sm:items-start">
      <Field
        label="Contact e-mail"
        name="contactEmail"
        optional
        error={state.fieldErrors?.contactEmail}
        className="flex-1"
      >
        <Input
          type="email"
          autoComplete="off"
          placeholder="it-support@example.com"
          defaultValue={state.values?.contactEmail ?? contactEmail ?? ''}
        />
      </Field>
      <FormMessage state={failureOf(state)} className="hidden" />
      <SubmitButton variant="secondary" className="sm:mt-6.5">
        Save contact
      </SubmitButton>
    </form>
  )
}
