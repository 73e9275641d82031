'use client'

import { useRef, useState } from 'react'
import { answered, useFormAction } from '@/components/shell/use-form-action'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { IDLE } from '@/lib/core/form-state'
import { resendInvitationAction, withdrawInvitationAction } from './invitation-deeds'

interface InvitationActionsProps {
  invitation: { id: string; name: string }
  /** Sending it again hands over what it gives. */
  mayHandOver: boolean
}

/** What can be done with somebody who has not accepted yet. */
export function InvitationActions({ invitation, mayHandOver }: InvitationActionsProps) {
  const [open, setOpen] = useState(false)
  const withdraw = useRef<HTMLButtonElement>(null)
  const { id, name } = invitation
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-1">
      {mayHandOver && <Resend id={id} name={name} />}
      <Button
        ref={withdraw}
        size="sm"
        variant="ghost"
        className="noscript:hidden"
        onClick={() => setOpen(true)}
      >
        Withdraw<span className="sr-only"> the invitation of {name}</span>
      </Button>
      <AlertDialog
        title={`Withdraw the invitation of ${name}?`}
        description="Neither its link nor its temporary password works any more. They can be invited again."
        open={open}
        onOpenChange={setOpen}
        finalFocus={withdraw}
        actions={<Withdraw id={id} name={name} onDone={() => setOpen(false)} />}
      />
    </span>
  )
}

/** What came of it is told in a toast alone. */
const resend = answered(resendInvitationAction)

function Resend({ id, name }: { id: string; name: string }) {
  const { notify } = useToast()
  const [, send] = useFormAction(async (previous, form) => {
    const next = await resend(previous, form)
    if (next.message) notify({ title: next.message, tone: next.status === 'done' ? 'success' : 'danger' })
    return next
  })
  return (
    <form action={send}>
      <input type="hidden" name="invitationId" value={id} />
      <SubmitButton size="sm" variant="secondary" aria-label={`Resend the invitation of ${name}`}>
        Resend
      </SubmitButton>
    </form>
  )
}

function Withdraw({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const { notify } = useToast()
  const [state, send] = useFormAction(async (previous, form) => {
    const next = await withdrawInvitationAction(previous, form)
    if (next.status !== 'done') return next
    notify({ title: `The invitation of ${name} is withdrawn` })
    onDone()
    return IDLE
  })
  return (
    <form action={send}>
      <input type="hidden" name="invitationId" value={id} />
      <SubmitButton variant="danger">Withdraw</SubmitButton>
      <FormMessage state={state} className="basis-full empty:hidden" />
    </form>
  )
}
