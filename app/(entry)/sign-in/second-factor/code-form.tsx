'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { secondFactorAction } from './actions'

interface CodeFormProps {
  kinds: { totp: boolean; codes: boolean }
  hasPasskey: boolean
}

/** A code of the authenticator app, or a recovery code; without scripts too. */
export function CodeForm({ kinds, hasPasskey }: CodeFormProps) {
  const [state, action] = useFormAction(secondFactorAction)
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={state} className="empty:hidden" />
      <Field label="Code" name="code" required error={state.fieldErrors?.code} hint={hintOf(kinds)}>
        <Input
          mono
          inputMode={kinds.totp ? 'text' : undefined}
          autoComplete="one-time-code"
          autoFocus={state === IDLE && !hasPasskey}
          maxLength={40}
          className="h-11 text-lg tracking-[0.15em]"
        />
      </Field>
      <SubmitButton block size="lg" variant={hasPasskey ? 'secondary' : 'primary'} pendingLabel="Checking…">
        Continue
      </SubmitButton>
    </form>
  )
}

function hintOf({ totp, codes }: CodeFormProps['kinds']): string {
  if (totp && codes) return 'The six digits of your authenticator app, or one of your recovery codes.'
  return totp ? 'The six digits of your authenticator app.' : 'One of your recovery codes. Each works once.'
}
