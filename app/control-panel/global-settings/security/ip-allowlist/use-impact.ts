'use client'

import { useEffect, useState } from 'react'
import type { ImpactView } from '@/lib/core/impact-words'
import { PATHS } from '@/lib/core/paths'

const PAUSE_MS = 250

/** The fields of a form as the question "who would be refused?" takes them. */
export function askOf(change: 'add' | 'edit' | 'disable' | 'delete', fields: FormData | object): string {
  const entries = fields instanceof FormData ? [...fields.entries()] : Object.entries(fields)
  const query = new URLSearchParams({ change })
  for (const [name, value] of entries)
    if (typeof value === 'string' && !name.startsWith('$ACTION') && name !== 'description')
      query.set(name, value)
  return query.toString()
}

/** The answer to one question; null when there is none, also because it could not be had. */
export async function fetchImpact(query: string, signal?: AbortSignal): Promise<ImpactView | null> {
  try {
    const answer = await fetch(`${PATHS.ipAllowlist}/impact?${query}`, { signal, redirect: 'error' })
    return answer.ok ? ((await answer.json()) as ImpactView | null) : null
  } catch {
    return null
  }
}

/**
 * Who would be refused, asked anew a moment after `query` changes, or `again` does. Stands still while an answer is on
 * its way; null query: nothing is asked.
 */
export function useImpact(query: string | null, again: unknown): ImpactView | null {
  const [view, setView] = useState<ImpactView | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is a reason to ask, not part of the question
  useEffect(() => {
    if (query === null) {
      setView(null)
      return
    }
    const control = new AbortController()
    const timer = setTimeout(async () => {
      const found = await fetchImpact(query, control.signal)
      if (!control.signal.aborted) setView(found)
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [query, again])
  return view
}
