'use client'

import { useEffect, useRef, useState } from 'react'
import { useFormAction } from '@/components/shell/use-form-action'
import { type FormState, IDLE } from '@/lib/core/form-state'
import { useAnnounce } from './announcer'

export type Action = (previous: FormState, form: FormData) => Promise<FormState>

/** An action that may answer with a question: its state, and whether the question is open. */
export interface AskedAction {
  state: FormState
  send: (form: FormData) => void
  pending: boolean
  isAsking: boolean
  /** "Cancel": nothing was changed. */
  cancel: () => void
}

/**
 * Runs an action; what it did, or why not, is announced. `onSettled` is called when it did something. With
 * `showsRefusals` the caller itself says why it was refused.
 */
export function useAsked(
  action: Action,
  { onDone, showsRefusals = false }: { onDone?: () => void; showsRefusals?: boolean } = {},
): AskedAction {
  const [state, send, pending] = useFormAction(action)
  const [cancelled, setCancelled] = useState<FormState | null>(null)
  const announce = useAnnounce()
  const told = useRef<FormState>(IDLE)
  useEffect(() => {
    if (told.current === state) return
    told.current = state
    if (state.status === 'done' || (state.status === 'refused' && !showsRefusals)) announce(state)
    if (state.status === 'done') onDone?.()
  }, [state, announce, onDone, showsRefusals])
  const isAsking = state.status === 'confirm' && state !== cancelled
  return { state, send, pending, isAsking, cancel: () => setCancelled(state) }
}

/** The state for a FormMessage that says why it failed and puts the focus on the first wrong field; else null. */
export function failureOf(state: FormState): FormState | null {
  return state.status === 'refused' || state.status === 'invalid' ? state : null
}
