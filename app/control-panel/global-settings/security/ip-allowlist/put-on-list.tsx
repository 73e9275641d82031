'use client'

import { Plus } from 'lucide-react'
import { createContext, type ReactNode, type RefObject, useContext, useRef } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { ConsentDialog } from './consent-dialog'
import { putOnListAction } from './range-actions'
import { useAsked } from './use-asked'

interface Offers {
  send: (form: FormData) => void
  /** Id of what has the focus once the button that was pressed is gone. */
  focusAfter: RefObject<string | null>
}

const OffersContext = createContext<Offers | null>(null)

/** Runs the buttons within that put an offered range on the list and disappear with what they did. */
export function Offers({ canAddMine, children }: { canAddMine: boolean; children: ReactNode }) {
  const focusAfter = useRef<string | null>(null)
  const asked = useAsked(putOnListAction, {
    onDone: () => document.getElementById(focusAfter.current ?? '')?.focus(),
  })
  return (
    <OffersContext value={{ send: asked.send, focusAfter }}>
      {children}
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine} />
    </OffersContext>
  )
}

interface PutOnListProps {
  /** As `formatRange` writes it. */
  range: string
  description?: string
  label?: string
  focusAfter: string
}

/** Puts exactly this range on the list. The name of the button ends in the range. */
export function PutOnList({
  range,
  description = '',
  label = 'Add this address',
  focusAfter,
}: PutOnListProps) {
  const offers = useContext(OffersContext)
  if (!offers) throw new Error('Only within Offers.')
  const onSubmit = () => {
    offers.focusAfter.current = focusAfter
  }
  return (
    <form action={offers.send} onSubmit={onSubmit}>
      <input type="hidden" name="range" value={range} />
      <input type="hidden" name="description" value={description} />
      <SubmitButton variant="secondary" size="sm" pendingLabel="Adding…">
        <Plus aria-hidden="true" />
        {label}
        <span className="sr-only"> {range}</span>
      </SubmitButton>
    </form>
  )
}
