'use client'

import { Plus } from 'lucide-react'
import { createContext, type ReactNode, useContext } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConsentDialog } from './consent-dialog'
import { CURRENT_IP_ID } from './current-ip-id'
import { addOwnAddressAction } from './range-actions'
import { useAsked } from './use-asked'

const Send = createContext<(form: FormData) => void>(() => {})

const focusCurrentIp = () => document.getElementById(CURRENT_IP_ID)?.focus()

/** Runs "Add my current IP" for the buttons within, which disappear with what they did. */
export function OwnAddress({ children }: { children: ReactNode }) {
  const asked = useAsked(addOwnAddressAction, { onDone: focusCurrentIp })
  return (
    <Send value={asked.send}>
      {children}
      <ConsentDialog asked={asked} verb="save" canAddMine />
    </Send>
  )
}

/** Adds the address that the server sees, not one that the screen shows. */
export function AddOwnAddress({ variant = 'secondary' }: { variant?: 'primary' | 'secondary' }) {
  return (
    <form action={useContext(Send)}>
      <SubmitButton variant={variant} pendingLabel="Adding…">
        <Plus aria-hidden="true" />
        Add my current IP
      </SubmitButton>
    </form>
  )
}
