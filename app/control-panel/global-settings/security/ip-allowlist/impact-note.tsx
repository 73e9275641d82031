'use client'

import { useId } from 'react'
import { Disclosure } from '@/components/ui/disclosure'
import type { ImpactView } from '@/lib/core/impact-words'
import { ImpactList } from './impact-list'
import { Offers } from './put-on-list'

/** What a switch would do to the people who signed in lately: one line, with names for who wants to know. */
export function ImpactNote({ change, view }: { change: string; view: ImpactView }) {
  const id = useId()
  const line = (
    <span id={id} tabIndex={-1} className="outline-none">
      {change}: {lowerFirst(view.headline)}
    </span>
  )
  if (view.people.length === 0) return <p className="mt-4 text-sm text-muted">{line}</p>
  return (
    <div className="mt-4 text-sm">
      <Disclosure summary={line}>
        <ImpactList view={view} focusAfter={id} />
      </Disclosure>
    </div>
  )
}

/** The same within a dialog that asks. */
export function ImpactShown({ view, canAddMine }: { view: ImpactView; canAddMine: boolean }) {
  const id = useId()
  return (
    <Offers canAddMine={canAddMine} isWithinForm>
      <div className="mb-3 text-sm">
        <p id={id} tabIndex={-1} className="mb-2 text-muted outline-none">
          {view.headline}
        </p>
        <ImpactList view={view} focusAfter={id} />
      </div>
    </Offers>
  )
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
