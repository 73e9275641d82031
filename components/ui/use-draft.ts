'use client'

import { useEffect, useEffectEvent } from 'react'

interface Draft {
  keep(text: string): void
  drop(): void
}

const PREFIX = 'draft: '

/** Drops every draft of this tab. */
export function dropDrafts(): void {
  attempt(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
  })
}

/**
 * What was typed and not sent yet: kept in this tab until it is dropped, so that the browser's Back, Forward and a reload bring it
 * back, by `onFound`. The name says whose it is. A browser that keeps nothing, or not so much, goes without.
 */
export function useDraft(name: string, onFound: (text: string) => void): Draft {
  const key = `${PREFIX}${name}`
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
