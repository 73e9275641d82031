'use client'

import { useEffect, useEffectEvent } from 'react'

interface Draft {
  keep(text: string): void
  drop(): void
}

/**
 * What was typed and not sent yet: kept in this tab until it is dropped, so that the browser's Back, Forward and a reload bring it
 * back, by `onFound`. The key names whose it is. A browser that keeps nothing, or not so much, goes without.
 */
export function useDraft(key: string, onFound: (text: string) => void): Draft {
  const tell = useEffectEvent(onFound)
  useEffect(() => {
    const found = attempt(() => sessionStorage.getItem(key))
    if (found) tell(found)
  }, [key])
  return {
    keep: (text) => attempt(() => sessionStorage.setItem(key, text)),
    drop: () => attempt(() => sessionStorage.removeItem(key)),
  }
}

function attempt<T>(deed: () => T): T | undefined {
  try {
    return deed()
  } catch {
    return undefined
  }
}
