'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { ProveAgain } from '@/components/shell/prove-again'
import { SubmitButton } from '@/components/ui/submit-button'
import { decideApprovalAction } from './approval-actions'
import { CURRENT_IP_ID } from './current-ip-id'
import { useAsked } from './use-asked'

const Send = createContext<(form: FormData) => void>(() => {})

const focusCurrentIp = () => document.getElementById(CURRENT_IP_ID)?.focus()

/** Decides for the requests within, which disappear with what was decided. */
export function ApprovalDesk({ children }: { children: ReactNode }) {
  const asked = useAsked(decideApprovalAction, { onDone: focusCurrentIp })
  return (
    <Send value={asked.send}>
      {children}
      <ProveAgain state={asked.state} send={asked.send} open={asked.isAsking} onCancel={asked.cancel} />
    </Send>
  )
}

/** "Approve" and "Refuse", each named after the person. */
export function ApprovalForm({ id, of }: { id: string; of: string }) {
  return (
    <form action={useContext(Send)} className="flex flex-wrap gap-2">
      <input type="hidden" name="id" value={id} />
      <SubmitButton size="sm" name="decision" value="approve">
        Approve<span className="sr-only"> the request of {of}</span>
      </SubmitButton>
      <SubmitButton size="sm" variant="secondary" name="decision" value="refuse">
        Refuse<span className="sr-only"> the request of {of}</span>
      </SubmitButton>
    </form>
  )
}
