'use client'

import { Plus } from 'lucide-react'
import { SubmitButton } from '@/components/ui/submit-button'
import { addOwnAddressAction } from './actions'
import { ConsentDialog } from './consent-dialog'
import { useAsked } from './use-asked'

/** Adds the address that the server sees, not one that the screen shows. */
export function AddOwnAddress({ variant = 'secondary' }: { variant?: 'primary' | 'secondary' }) {
  const asked = useAsked(addOwnAddressAction)
  return (
    <>
      <form action={asked.send}>
        <SubmitButton variant={variant} pendingLabel="Adding…">
          <Plus aria-hidden="true" />
          Add my current IP
        </SubmitButton>
      </form>
      <ConsentDialog asked={asked} verb="save" canAddMine />
    </>
  )
}
