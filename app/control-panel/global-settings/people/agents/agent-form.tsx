'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useFormAction } from '@/components/shell/use-form-action'
import { DialogBody, DialogCancel, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { type FormState, IDLE } from '@/lib/core/form-state'
import type { Rights } from '@/lib/core/permissions'
import { changeAgentAction } from './actions'
import { RightsFields } from './rights-fields'

export interface EditedAgent extends Rights {
  id: string
  name: string
  email: string
  version: number
}

interface AgentFormProps {
  agent: EditedAgent
  manager: Rights
  isYou: boolean
  isLastAdmin: boolean
  onDone: () => void
}

/** Name, role and permissions of an agent. */
export function AgentForm({ agent, manager, isYou, isLastAdmin, onDone }: AgentFormProps) {
  const [state, send] = useFormAction(save)
  // The one that the fields were filled in from, whatever the list behind says meanwhile.
  const [version] = useState(agent.version)
  const { fieldErrors = {}, values = {} } = state
  const { notify } = useToast()
  const router = useRouter()
  async function save(previous: FormState, form: FormData): Promise<FormState> {
    const next = await changeAgentAction(previous, form)
    if (next.status === 'refused') router.refresh()
    if (next.status !== 'done') return next
    notify({ title: next.message ?? 'Saved' })
    onDone()
    return IDLE
  }

  return (
    <form action={send} noValidate>
      <input type="hidden" name="agentId" value={agent.id} />
      <input type="hidden" name="version" value={version} />
      <DialogBody>
        <Field label="Name" name="name" required error={fieldErrors.name}>
          <Input defaultValue={values.name ?? agent.name} autoComplete="off" maxLength={200} />
        </Field>
        <RightsFields
          state={state}
          initial={agent}
          manager={manager}
          isYou={isYou}
          isLastAdmin={isLastAdmin}
          name={agent.name}
        />
        <FormMessage state={state} className="empty:hidden" />
      </DialogBody>
      <DialogFooter>
        <DialogCancel />
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </DialogFooter>
    </form>
  )
}
