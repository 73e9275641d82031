'use client'

import type { RefObject } from 'react'
import { useFormAction } from '@/components/shell/use-form-action'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogCancel, DialogFooter } from '@/components/ui/dialog'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { newPasswordAction } from './actions'
import { TemporaryPassword } from './temporary-password'

interface NewPasswordProps {
  agent: { id: string; name: string }
  isYou: boolean
  open: boolean
  onClose: () => void
  finalFocus: RefObject<HTMLButtonElement | null>
}

/** Asks, then shows the new temporary password once. */
export function NewPassword({ agent, isYou, open, onClose, finalFocus }: NewPasswordProps) {
  return (
    <Dialog
      title={`New temporary password for ${agent.name}`}
      open={open}
      onOpenChange={(isOpen) => isOpen || onClose()}
      finalFocus={finalFocus}
    >
      <NewPasswordForm agent={agent} isYou={isYou} onClose={onClose} />
    </Dialog>
  )
}

function NewPasswordForm({ agent, isYou, onClose }: Pick<NewPasswordProps, 'agent' | 'isYou' | 'onClose'>) {
  const [state, send] = useFormAction(newPasswordAction)
  const password = state.result?.password
  if (password)
    return (
      <>
        <DialogBody>
          <TemporaryPassword name={agent.name} password={password} note={state.message} />
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </DialogFooter>
      </>
    )
  return (
    <form action={send}>
      <input type="hidden" name="agentId" value={agent.id} />
      <DialogBody>
        <p className="text-sm">
          The password of {agent.name} stops working at once, and they are signed out everywhere. You get a
          temporary one to hand over; after signing in they choose their own.
        </p>
        {isYou && (
          <p className="text-sm">
            This is you: to change your own password without signing out, use the Agent Console.
          </p>
        )}
        <FormMessage state={state} className="empty:hidden" />
      </DialogBody>
      <DialogFooter>
        <DialogCancel />
        <SubmitButton pendingLabel="Making it…">Make temporary password</SubmitButton>
      </DialogFooter>
    </form>
  )
}
