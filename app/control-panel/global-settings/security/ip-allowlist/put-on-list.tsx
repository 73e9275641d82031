'use client'

import { Plus } from 'lucide-react'
import { createContext, type ReactNode, type RefObject, startTransition, useContext, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { useHydrated } from '@/components/ui/use-hydrated'
import { type FormState, IDLE } from '@/lib/core/form-state'
import { ConsentDialog } from './consent-dialog'
import { CURRENT_IP_ID } from './current-ip-id'
import { putOnListAction } from './range-actions'
import { useAsked } from './use-asked'

interface Offers {
  send: (form: FormData) => void
  state: FormState
  pending: boolean
  /** Id of what has the focus once the button that was pressed is gone. */
  focusAfter: RefObject<string | null>
  isWithinForm: boolean
}

const OffersContext = createContext<Offers | null>(null)

export function useOffers(): Offers {
  const offers = useContext(OffersContext)
  if (!offers) throw new Error('Only within Offers.')
  return offers
}

interface OffersProps {
  canAddMine: boolean
  /** The buttons stand within another form, so they can't be forms of their own. */
  isWithinForm?: boolean
  children: ReactNode
}

/** Runs the buttons within that put an offered range on the list and disappear with what they did. */
export function Offers({ canAddMine, isWithinForm = false, children }: OffersProps) {
  const focusAfter = useRef<string | null>(null)
  const asked = useAsked(putOnListAction, {
    onDone: () => focusOn(focusAfter.current),
  })
  const { send, state, pending } = asked
  return (
    <OffersContext value={{ send, state, pending, focusAfter, isWithinForm }}>
      {children}
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine} />
    </OffersContext>
  )
}

interface DraftOffersProps {
  /** Takes a range, as `formatRange` writes it, into the list that is not saved yet. */
  onPut: (offered: { range: string; description: string }) => void
  pending: boolean
  children: ReactNode
}

/** The same buttons over a list that is not saved yet: they put the range into that. */
export function DraftOffers({ onPut, pending, children }: DraftOffersProps) {
  const focusAfter = useRef<string | null>(null)
  const send = (form: FormData) => {
    onPut({ range: String(form.get('range')), description: String(form.get('description')) })
    focusOn(focusAfter.current)
  }
  return (
    <OffersContext value={{ send, state: IDLE, pending, focusAfter, isWithinForm: true }}>
      {children}
    </OffersContext>
  )
}

/** Puts the focus there, or on the current IP when that is gone, too. */
export function focusOn(id: string | null): void {
  const place = id ? document.getElementById(id) : null
  ;(place ?? document.getElementById(CURRENT_IP_ID))?.focus()
}

interface PutOnListProps {
  /** As `formatRange` writes it. */
  range: string
  description?: string
  label?: string
  focusAfter: string
}

/** Puts exactly this range on the list. The name of the button ends in the range. */
export function PutOnList(props: PutOnListProps) {
  const { range, description = '', label = 'Add this address', focusAfter } = props
  const offers = useOffers()
  const onSubmit = () => {
    offers.focusAfter.current = focusAfter
  }
  const words = (
    <>
      <Plus aria-hidden="true" />
      {label}
      <span className="sr-only"> {range}</span>
    </>
  )
  const hydrated = useHydrated()
  if (offers.isWithinForm) {
    // Not a form of its own, it does nothing without scripts.
    if (!hydrated) return null
    const put = () => {
      onSubmit()
      const form = new FormData()
      form.set('range', range)
      form.set('description', description)
      startTransition(() => offers.send(form))
    }
    return (
      <Button size="sm" aria-disabled={offers.pending} onClick={put}>
        {words}
      </Button>
    )
  }
  return (
    <form action={offers.send} onSubmit={onSubmit}>
      <input type="hidden" name="range" value={range} />
      <input type="hidden" name="description" value={description} />
      <SubmitButton variant="secondary" size="sm" pendingLabel="Adding…">
        {words}
      </SubmitButton>
    </form>
  )
}
