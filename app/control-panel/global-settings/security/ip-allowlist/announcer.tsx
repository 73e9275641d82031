'use client'

import { X } from 'lucide-react'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { Callout } from '@/components/ui/callout'
import type { FormState } from '@/lib/core/form-state'

const Announce = createContext<(state: FormState) => void>(() => {})

/** `announce(state)` says on the page what came of an action, wherever on the page it was started. */
export function useAnnounce() {
  return useContext(Announce)
}

const SHOWN_MS = 10_000

/** The one status region of the page, over its lower edge. Good news goes away by itself, bad news when closed. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<FormState | null>(null)
  const failed = said?.status === 'refused'
  useEffect(() => {
    if (!said || failed) return
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said, failed])
  return (
    <Announce value={setSaid}>
      {children}
      <div
        role="status"
        className="fixed inset-x-3 bottom-3 z-20 sm:right-6 sm:bottom-6 sm:left-auto sm:w-104 print:hidden"
      >
        {said?.message && (
          <Callout tone={failed ? 'danger' : 'success'} className="relative pr-12 shadow-pop">
            {said.message}
            <button
              type="button"
              aria-label="Dismiss"
              onClick={() => setSaid(null)}
              className="absolute top-2.5 right-2.5 grid size-8 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </Callout>
        )}
      </div>
    </Announce>
  )
}
