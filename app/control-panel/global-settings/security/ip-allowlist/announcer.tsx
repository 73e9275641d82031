'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { Callout } from '@/components/ui/callout'
import type { FormState } from '@/lib/core/form-state'

const Announce = createContext<(state: FormState) => void>(() => {})

/** `announce(state)` says on the page what came of an action, wherever on the page it was started. */
export function useAnnounce() {
  return useContext(Announce)
}

/** The one status region of the page; it stays in view while the page scrolls. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<FormState | null>(null)
  const failed = said?.status === 'refused' || said?.status === 'invalid'
  return (
    <Announce value={setSaid}>
      <div role="status" className="sticky top-3 z-10 -mb-6 not-empty:mb-0">
        {said?.message && (
          <Callout
            tone={failed ? 'danger' : 'success'}
            className="shadow-pop"
            role={failed ? 'alert' : undefined}
          >
            {said.message}
          </Callout>
        )}
      </div>
      {children}
    </Announce>
  )
}
