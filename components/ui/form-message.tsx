'use client'

import { useEffect, useRef } from 'react'
import type { FormState } from '@/lib/core/form-state'
import { Callout } from './callout'
import { cn } from './cn'

/**
 * Says what came of a form: good news in a status region, an error as the one alert. On an error focus goes to
 * the first invalid control of the form, or else to the message. Put it into the form; pass the action's state.
 */
export function FormMessage({
  state,
  className,
}: {
  state: FormState | null | undefined
  className?: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const failed = state?.status === 'invalid' || state?.status === 'refused'

  useEffect(() => {
    if (!state || !failed) return
    const invalid = place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const alert = place.current?.querySelector<HTMLElement>('[role="alert"]')
    ;(invalid ?? alert)?.focus()
  }, [state, failed])

  return (
    <div ref={place} role="status" className={cn('empty:absolute', className)}>
      {state?.message &&
        (failed ? (
          <Callout role="alert" tabIndex={-1} tone="danger">
            {state.message}
          </Callout>
        ) : (
          <Callout tone={state.status === 'done' ? 'success' : 'info'}>{state.message}</Callout>
        ))}
    </div>
  )
}
