'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { testMailAction } from './actions'

/** Sends one mail through the mail server that is set up, and says what the server answered. */
export function TestMailForm({ setupCode }: { setupCode: string }) {
  const [state, action] = useFormAction(testMailAction)
  return (
    <form action={action} noValidate className="flex flex-col gap-3">
      <p className="text-muted">A mail server is set up (SMTP_URL). Try it before a link depends on it.</p>
      <input type="hidden" name="setupCode" value={setupCode} />
      <div className="flex flex-wrap items-start gap-2">
        <Field
          label="Send a test mail to"
          name="email"
          labelHidden
          error={state.fieldErrors?.email}
          className="flex-1 basis-48"
        >
          <Input type="email" placeholder="you@example.com" defaultValue={state.values?.email} />
        </Field>
        <SubmitButton variant="secondary" pendingLabel="Sending…">
          Send test mail
        </SubmitButton>
      </div>
      <FormMessage state={state} className="empty:hidden" />
    </form>
  )
}
