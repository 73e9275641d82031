'use client'

import { unstable_isUnrecognizedActionError as isOfAnotherBuild } from 'next/navigation'
import { useActionState } from 'react'
import { echoOf, type FormState, IDLE, typedIn } from '@/lib/core/form-state'
import { useHydrated } from '../ui/use-hydrated'

type FormAction = (previous: FormState, form: FormData) => Promise<FormState>

/**
 * `useActionState` for a form. An answer that never comes (no network, a server that is just starting), or a failure of the server, is told like any other
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
      if (isLeadingElsewhere(error)) throw error
      return { status: 'refused', message: wordsFor(error), values: echoOf(typedIn(form)) }
    }
  }
}

/** Redirects and refusals of Next come as errors, told by their digest; that of a failure is the number that the log has. */
function isLeadingElsewhere(error: unknown): boolean {
  return digestOf(error)?.startsWith('NEXT_') ?? false
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && 'digest' in error ? String(error.digest) : null
}

function wordsFor(error: unknown): string {
  const digest = digestOf(error)
  if (digest !== null) return failed(digest)
  return isOfAnotherBuild(error) ? UPDATED : UNANSWERED
}

const failed = (digest: string) =>
  `Something went wrong, so this may have been done or not. Try again in a moment; if it stays this way, tell your operator the error number ${digest}.`
const UNANSWERED =
  'No answer came from Gatehouse, so this may have been done or not. Check your connection, then try again.'
const UPDATED = 'Gatehouse was updated meanwhile, so nothing was changed. Reload this page and try again.'
