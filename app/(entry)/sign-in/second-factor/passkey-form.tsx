'use client'

import { startAuthentication } from '@simplewebauthn/browser'
import { Fingerprint } from 'lucide-react'
import { useFormAction } from '@/components/shell/use-form-action'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import type { FormState } from '@/lib/core/form-state'
import { askForPasskeyAction, secondFactorAction } from './actions'

const CANCELLED: FormState = {
  status: 'refused',
  message: 'The passkey was not used. Try again, or use a code.',
}

/** Asks the browser for a passkey, which needs scripts. */
export function PasskeyForm({ isOnly }: { isOnly: boolean }) {
  const [state, action] = useFormAction(use)
  return (
    <>
      <form action={action} className="flex flex-col gap-5 noscript:hidden">
        <FormMessage state={state} className="empty:hidden" />
        <SubmitButton block size="lg" autoFocus pendingLabel="Waiting for your passkey…">
          <Fingerprint aria-hidden="true" />
          Use a passkey
        </SubmitButton>
      </form>
      {isOnly ? (
        <noscript>
          <p>A passkey needs JavaScript. Turn it on for this page, and reload it.</p>
        </noscript>
      ) : (
        <p className="text-center text-sm text-muted noscript:hidden">or</p>
      )}
    </>
  )
}

async function use(previous: FormState): Promise<FormState> {
  const asked = await askForPasskeyAction(previous, new FormData())
  const options = asked.result?.options
  if (!options) return asked
  const response = await startAuthentication({ optionsJSON: JSON.parse(options) }).catch(() => null)
  if (!response) return CANCELLED
  const form = new FormData()
  form.set('passkey', JSON.stringify(response))
  return secondFactorAction(asked, form)
}
