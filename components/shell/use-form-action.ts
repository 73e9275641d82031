'use client'

import { unstable_isUnrecognizedActionError as isOfAnotherBuild } from 'next/navigation'
import { useActionState } from 'react'
import { echoOf, type FormState, IDLE, typedIn } from '@/lib/core/form-state'
import { useHydrated } from '../ui/use-hydrated'

type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

/**
 * `useActionState` for a form. An answer that never comes (no network, a server that is just starting) is told like any other
 * refusal, so that the form stays and what was typed in it. Before hydration it is the bare action, which works without scripts.
 */
export function useFormAction(action: FormAction) {
  const hydrated = useHydrated()
  return useActionState<FormState, FormData>(hydrated ? answered(action) : action, IDLE)
}

/** The action, with words in the place of an answer that never came. */
export function answered(action: FormAction): FormAction {
  return async (previous, form) => {
    try {
      return await action(previous, form)
    } catch (error) {
      if (isAnswer(error)) throw error
      const message = isOfAnotherBuild(error) ? UPDATED : UNANSWERED
      return { status: 'refused', message, values: echoOf(typedIn(form)) }
    }
  }
}

/** Redirects, refusals and failures of the server come as errors with a digest. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'digest' in error
}

const UNANSWERED =
  'No answer came from Gatehouse, so this may have been done or not. Check your connection, then try again.'
const UPDATED = 'Gatehouse was updated meanwhile, so nothing was changed. Reload this page and try again.'
