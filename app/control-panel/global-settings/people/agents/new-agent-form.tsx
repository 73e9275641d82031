'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogCancel, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { type FormState, IDLE } from '@/lib/core/form-state'
import type { Rights } from '@/lib/core/permissions'
import { addAgentAction } from './actions'
import { RightsFields } from './rights-fields'
import { TemporaryPassword } from './temporary-password'

const PLAIN: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }

/** Who is new and what they may do; then the temporary password, once. */
export function NewAgentForm({ manager, onClose }: { manager: Rights; onClose: () => void }) {
  const [state, send] = useActionState<FormState, FormData>(addAgentAction, IDLE)
  if (state.status === 'done' && state.result) return <Added result={state.result} onClose={onClose} />
  const { fieldErrors = {}, values = {} } = state
  return (
    <form action={send} noValidate>
      <DialogBody>
        <Field label="Name" name="name" required error={fieldErrors.name}>
          <Input defaultValue={values.name} autoComplete="off" maxLength={200} />
        </Field>
        <Field label="Email" name="email" required error={fieldErrors.email}>
          <Input type="email" defaultValue={values.email} autoComplete="off" spellCheck={false} />
        </Field>
        <RightsFields state={state} initial={PLAIN} manager={manager} />
        <FormMessage state={state} className="empty:hidden" />
      </DialogBody>
      <DialogFooter>
        <DialogCancel />
        <SubmitButton pendingLabel="Adding…">Add agent</SubmitButton>
      </DialogFooter>
    </form>
  )
}

function Added({ result, onClose }: { result: Readonly<Record<string, string>>; onClose: () => void }) {
  return (
    <>
      <DialogBody>
        <p className="text-sm wrap-anywhere" role="status">
          {result.name} was added and can sign in with {result.email}.
        </p>
        <TemporaryPassword name={result.name ?? ''} password={result.password ?? ''} />
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}
