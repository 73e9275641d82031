'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConsentDialog } from './consent-dialog'
import { CURRENT_IP_ID } from './current-ip-id'
import { decideUnconfirmedAction } from './unconfirmed-actions'
import { useAsked } from './use-asked'

const Send = createContext<(form: FormData) => void>(() => {})

const focusCurrentIp = () => document.getElementById(CURRENT_IP_ID)?.focus()

/** Decides about the changes within, which disappear with what was decided. */
export function UnconfirmedDesk({ children }: { children: ReactNode }) {
  const asked = useAsked(decideUnconfirmedAction, { onDone: focusCurrentIp })
  return (
    <Send value={asked.send}>
      {children}
      <ConsentDialog asked={asked} verb="save" canAddMine={false} isFinal />
    </Send>
  )
}

/** "Confirm", for who may, and "Undo now", each named after the change. */
export function UnconfirmedForm({ id, of, canConfirm }: { id: string; of: string; canConfirm: boolean }) {
  return (
    <form action={useContext(Send)} className="flex flex-wrap gap-2">
      <input type="hidden" name="id" value={id} />
      {canConfirm && (
        <SubmitButton size="sm" name="decision" value="confirm">
          Confirm<span className="sr-only"> “{of}”</span>
        </SubmitButton>
      )}
      <SubmitButton size="sm" variant="secondary" name="decision" value="revert">
        Undo now<span className="sr-only"> “{of}”</span>
      </SubmitButton>
    </form>
  )
}
