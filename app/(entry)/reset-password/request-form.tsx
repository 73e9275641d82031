'use client'

import { MailQuestion } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { useFormAction } from '@/components/shell/use-form-action'
import { Arrival } from '@/components/ui/arrival'
import { ButtonLink } from '@/components/ui/button-link'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { requestResetAction } from './actions'

/** Asks for a link; then the same words whether anybody has that address or not. */
export function RequestForm({ hasMailServer }: { hasMailServer: boolean }) {
  const [state, action] = useFormAction(requestResetAction)
  if (state.status === 'done')
    return <Asked email={state.result?.email ?? ''} hasMailServer={hasMailServer} />
  return (
    <EntryFrame
      title="Forgot your password?"
      description="Enter the e-mail address that you sign in with. We mail you a link to choose a new password."
      footer={
        <>
          Remembered it? <Link href={PATHS.signIn}>Go to sign-in</Link>
        </>
      }
    >
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
        <SubmitButton block size="lg" pendingLabel="Asking…">
          Mail me a link
        </SubmitButton>
      </form>
    </EntryFrame>
  )
}

function Asked({ email, hasMailServer }: { email: string; hasMailServer: boolean }) {
  return (
    <EntryFrame icon={<MailQuestion />} title="Look into your mailbox">
      <Arrival className="flex flex-col gap-3 text-base outline-none">
        <p>
          If somebody signs in here as <strong className="font-medium wrap-anywhere">{email}</strong>, a link
          to choose a new password is on its way to that address. It works for 30 minutes.
        </p>
      </Arrival>
      <div className="flex flex-col gap-2 text-sm text-muted">
        {hasMailServer ? (
          <p>
            Nothing after a few minutes? Look for it among spam, or ask an admin for a temporary password.
          </p>
        ) : (
          <p>
            This Gatehouse has no mail server: its mail is kept as a file, and your operator can hand you the
            link.
          </p>
        )}
      </div>
      <div>
        <ButtonLink href={PATHS.signIn}>Go to sign-in</ButtonLink>
      </div>
    </EntryFrame>
  )
}
