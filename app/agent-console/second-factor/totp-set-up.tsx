'use client'

import { Arrival } from '@/components/ui/arrival'
import { CopyButton } from '@/components/ui/copy-button'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { QrCode } from '@/components/ui/qr-code'
import { SubmitButton } from '@/components/ui/submit-button'
import type { FormState } from '@/lib/core/form-state'

interface TotpSetUpProps {
  uri: string
  /** Base32. */
  secret: string
  state: FormState
  confirm: (form: FormData) => void
}

/** What the app has to know, as a picture and as text, and the first code that it shows. */
export function TotpSetUp({ uri, secret, state, confirm }: TotpSetUpProps) {
  const grouped = (secret.match(/.{1,4}/g) ?? []).join(' ')
  return (
    <div className="flex flex-col gap-6 sm:flex-row sm:items-start">
      <QrCode
        text={uri}
        label="QR code for your authenticator app"
        className="size-48 shrink-0 rounded-lg border border-line"
      />
      <div className="flex min-w-0 flex-col gap-5">
        <Arrival className="text-sm outline-none">
          <p>Scan the picture with your authenticator app, or type this key into it:</p>
          <p className="mt-2 flex items-center gap-1">
            <span className="font-mono text-base wrap-anywhere">{grouped}</span>
            <CopyButton value={secret} what="key" />
          </p>
        </Arrival>
        <form action={confirm} noValidate className="flex flex-col items-start gap-4">
          <FormMessage state={state} className="empty:hidden" />
          <Field
            label="Code that the app shows"
            name="code"
            required
            error={state.fieldErrors?.code}
            className="w-full"
          >
            <Input
              mono
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              className="max-w-44 text-lg tracking-[0.2em]"
            />
          </Field>
          <SubmitButton pendingLabel="Checking…">Confirm</SubmitButton>
        </form>
      </div>
    </div>
  )
}
