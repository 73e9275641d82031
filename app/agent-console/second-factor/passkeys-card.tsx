'use client'

import { startRegistration } from '@simplewebauthn/browser'
import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { ProveAgain } from '@/components/shell/prove-again'
import { useFormAction } from '@/components/shell/use-form-action'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { Time } from '@/components/ui/time'
import type { FormState } from '@/lib/core/form-state'
import { beginPasskeyAction, finishPasskeyAction } from './actions'
import { RecoveryCodes } from './recovery-codes'
import { RemoveFactor } from './remove-factor'

interface PasskeysCardProps {
  passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[]
  /** False: APP_URL is one at which browsers have no passkeys. */
  isAvailable: boolean
  isKept: boolean
  /** What a new one is called unless told. */
  deviceName: string
}

export function PasskeysCard({ passkeys, isAvailable, isKept, deviceName }: PasskeysCardProps) {
  return (
    <Card
      title="Passkeys"
      description="A security key, or the fingerprint or face check of a device. It works on the real Gatehouse only, so a fake page can't steal it."
    >
      <div className="flex flex-col gap-5">
        {passkeys.length === 0 ? (
          <p className="text-sm text-muted">None.</p>
        ) : (
          <ul aria-label="Your passkeys" className="divide-y divide-line rounded-lg border border-line">
            {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
                <div className="min-w-0 text-sm">
                  <p className="flex items-center gap-2 font-medium wrap-anywhere">
                    <Fingerprint aria-hidden="true" className="size-4 shrink-0 text-muted" />
                    {name}
                  </p>
                  <p className="mt-0.5 text-muted">
                    Added <Time at={createdAt} dateOnly />,{' '}
                    {lastUsedAt ? (
                      <>
                        last used <Time at={lastUsedAt} />
                      </>
                    ) : (
                      'not used yet'
                    )}
                  </p>
                </div>
                <RemoveFactor factor={`passkey:${id}`} name={`passkey ${name}`} isKept={isKept} />
              </li>
            ))}
          </ul>
        )}
        {isAvailable ? (
          <AddPasskey deviceName={deviceName} />
        ) : (
          <p className="text-sm text-muted">
            Passkeys need Gatehouse to be opened at a name over https. The operator sets it with the setting
            APP_URL.
          </p>
        )}
      </div>
    </Card>
  )
}

const CANCELLED: FormState = {
  status: 'refused',
  message: 'No passkey was made. Perhaps it was cancelled, or this device has one already.',
}

/** Name, then the password, then the browser's own dialog. */
function AddPasskey({ deviceName }: { deviceName: string }) {
  const [state, send] = useFormAction(add)
  const [cancelled, setCancelled] = useState<FormState | null>(null)
  const isAsking = state.status === 'confirm' && state !== cancelled
  const codes = state.status === 'done' ? state.result?.codes : undefined
  return (
    <>
      <form action={send} noValidate className="flex flex-col gap-3 noscript:hidden">
        <FormMessage state={state.status === 'confirm' ? null : state} className="empty:hidden" />
        {codes && <RecoveryCodes codes={codes} />}
        <div className="flex max-w-xl flex-col gap-3 sm:flex-row sm:items-start">
          <Field
            label="Name of the new passkey"
            name="name"
            error={state.fieldErrors?.name}
            className="flex-1"
          >
            <Input defaultValue={state.values?.name ?? deviceName} autoComplete="off" maxLength={100} />
          </Field>
          <SubmitButton variant="secondary" className="sm:mt-6.5" pendingLabel="Waiting for your device…">
            Add a passkey
          </SubmitButton>
        </div>
      </form>
      <noscript>
        <p className="text-sm text-muted">Adding a passkey needs JavaScript.</p>
      </noscript>
      <ProveAgain
        state={state}
        send={send}
        open={isAsking}
        onCancel={() => setCancelled(state)}
        button="Add a passkey"
      />
    </>
  )
}

async function add(previous: FormState, form: FormData): Promise<FormState> {
  const begun = await beginPasskeyAction(previous, form)
  const { options, name = '' } = begun.result ?? {}
  if (!options) return begun
  const response = await startRegistration({ optionsJSON: JSON.parse(options) }).catch(() => null)
  if (!response) return CANCELLED
  const finish = new FormData()
  finish.set('name', name)
  finish.set('response', JSON.stringify(response))
  return finishPasskeyAction(begun, finish)
}
