'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/** So long a dialog that closes, or whoever else knows a better place, may take to put the focus there. */
const PATIENCE_MS = 200

/** The landmark of a page's content. Has the focus once what had it is gone from the page, so that it is never lost. */
export function Main({ children }: { children: ReactNode }) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    let focused: Element | null = null
    let timer: ReturnType<typeof setTimeout>
    const remember = ({ target }: FocusEvent) => {
      focused = target as Element
    }
    const rescue = () => {
      focused = null
      if (document.activeElement === document.body) place.current?.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(() => {
      if (!focused || focused.isConnected) return
      clearTimeout(timer)
      timer = setTimeout(rescue, PATIENCE_MS)
    })
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', remember)
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
  return (
    <main ref={place} id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
      {children}
    </main>
  )
}
