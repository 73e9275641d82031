'use client'

import { useId } from 'react'
import { ImpactList } from './impact-list'
import { Offers, useOffers } from './put-on-list'
import { useImpact } from './use-impact'

interface ImpactPreviewProps {
  /** The change, as `askOf` writes it; null while there is none. */
  query: string | null
  canAddMine: boolean
}

/** Who would be refused by a change that is being made in a dialog, as it is made. */
export function ImpactPreview({ query, canAddMine }: ImpactPreviewProps) {
  return (
    <Offers canAddMine={canAddMine} isWithinForm>
      <Live query={query} />
    </Offers>
  )
}

function Live({ query }: { query: string | null }) {
  const id = useId()
  const view = useImpact(query, useOffers().state)
  return (
    <div className="text-sm empty:hidden">
      <p id={id} tabIndex={-1} aria-live="polite" className="text-muted outline-none">
        {view?.headline}
      </p>
      {view && (
        <div className="mt-2 empty:hidden">
          <ImpactList view={view} focusAfter={id} />
        </div>
      )}
    </div>
  )
}
