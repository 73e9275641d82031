'use client'

import { useState } from 'react'
import { useFormAction } from '@/components/shell/use-form-action'
import type { FormState } from '@/lib/core/form-state'

export type Action = (previous: FormState, form: FormData) => Promise<FormState>

/** An action that asks for the password first: what a form and `<ProveAgain>` need of it. */
export function useProven(action: Action) {
  const [state, send] = useFormAction(action)
  const [cancelled, setCancelled] = useState<FormState | null>(null)
  const open = state.status === 'confirm' && state !== cancelled
  return { state, send, open, onCancel: () => setCancelled(state) }
}

/** The state for a FormMessage, unless the password is being asked for. */
export function outcomeOf(state: FormState): FormState | null {
  return state.status === 'confirm' ? null : state
}
