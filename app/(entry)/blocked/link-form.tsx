'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { PasswordInput } from '@/components/ui/password-input'
import { SubmitButton } from '@/components/ui/submit-button'
import { authorizeAction } from './actions'
import { useCountdown } from './use-countdown'

interface LinkFormProps {
  needsPassword: boolean
  to: string
  /** The latest link: when it was asked for, and how long until another one may be. */
  sent: { atMs: number; waitMs: number } | null
}

/** One button, "Authorize this IP" and then "Resend", so that focus stays on it. */
export function LinkForm({ needsPassword, to, sent }: LinkFormProps) {
  const [state, action] = useFormAction(authorizeAction)
  const seconds = useCountdown(sent?.waitMs ?? 0, sent?.atMs ?? 0)
  const isWaiting = sent !== null && seconds > 0
  const isTold = !isWaiting && Boolean(state.message)
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
      <SubmitButton
        variant={sent ? 'secondary' : 'primary'}
        size={sent ? 'sm' : 'md'}
        aria-disabled={isWaiting || undefined}
        pendingLabel="Sending the link…"
      >
        {sent ? 'Resend' : 'Authorize this IP'}
        {isWaiting && (
          <span aria-hidden="true" className="whitespace-nowrap text-muted tabular-nums">
            in {seconds} s
          </span>
        )}
      </SubmitButton>
      <div role="status" className={isTold ? 'text-sm' : '-mt-4 empty:hidden'}>
        {isTold && <p className="font-medium text-danger-ink">{state.message}</p>}
        {sent && (
          <p className="sr-only">
            {isWaiting ? 'You can resend the link in a minute.' : 'You can resend the link now.'}
          </p>
        )}
      </div>
    </form>
  )
}
