'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import type { FormState } from '@/lib/core/form-state'
import { FormMessage } from '../ui/form-message'
import { useFormAction } from './use-form-action'

interface EndingFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>
  children: ReactNode
}

/** One form around all the buttons that end something: works without scripts, and says what came of it. */
export function EndingForm({ action, children }: EndingFormProps) {
  const [state, send] = useFormAction(action)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that was pressed is gone with its row.
    if (state.status === 'done') place.current?.focus()
  }, [state])
  return (
    <form action={send} className="flex flex-col gap-4">
      <div ref={place} tabIndex={-1} className="rounded-lg outline-none has-[>:empty]:hidden">
        <FormMessage state={state} />
      </div>
      {children}
    </form>
  )
}
