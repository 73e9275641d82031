'use client'

import { useEffect, useRef } from 'react'
import type { FormState } from '@/lib/core/form-state'
import { Callout } from '../ui/callout'
import { Dialog, DialogBody, DialogCancel, DialogFooter } from '../ui/dialog'
import { Field } from '../ui/field'
import { PasswordInput } from '../ui/password-input'
import { SubmitButton } from '../ui/submit-button'
import { useHydrated } from '../ui/use-hydrated'

interface ProveAgainProps {
  /** What the action answered: with the question `prove-again` the password is asked. */
  state: FormState
  /** The action of the form, which is sent again with everything that was typed. */
  send: (form: FormData) => void
  open: boolean
  onCancel: () => void
  /** What the password is for, e.g. "Remove this passkey". */
  button?: string
}

const TITLE = 'Enter your password again'
const WHY = 'So that nobody else does this while you are away from your screen.'

/**
 * Asks for the password again before a deed, and sends the same form with it: nothing that was typed is lost. A dialog;
 * without scripts a form in its place.
 */
export function ProveAgain({ state, send, open, onCancel, button = 'Continue' }: ProveAgainProps) {
  const hydrated = useHydrated()
  if (!hydrated)
    return open ? (
      <Callout title={TITLE} className="mt-4">
        <p className="mb-3">{WHY}</p>
        <form action={send} className="flex flex-col items-start gap-4">
          <Carried state={state} />
          <Password state={state} />
          <SubmitButton>{button}</SubmitButton>
        </form>
      </Callout>
    ) : null
  return (
    <Dialog title={TITLE} description={WHY} open={open} onOpenChange={(next) => next || onCancel()}>
      <form action={send} noValidate>
        <Carried state={state} />
        <DialogBody>
          <Password state={state} />
        </DialogBody>
        <DialogFooter>
          <DialogCancel />
          <SubmitButton pendingLabel="Checking…">{button}</SubmitButton>
        </DialogFooter>
      </form>
    </Dialog>
  )
}

function Carried({ state }: { state: FormState }) {
  return Object.entries(state.values ?? {}).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ))
}

function Password({ state }: { state: FormState }) {
  const place = useRef<HTMLDivElement>(null)
  const error = state.fieldErrors?.password
  useEffect(() => {
    if (state.fieldErrors?.password) place.current?.querySelector('input')?.focus()
  }, [state])
  return (
    <div ref={place} className="w-full max-w-sm">
      <Field label="Password" name="password" required error={error}>
        <PasswordInput autoComplete="current-password" />
      </Field>
    </div>
  )
}
