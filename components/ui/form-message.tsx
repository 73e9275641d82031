'use client'

import { useEffect, useRef } from 'react'
import { Callout } from './callout'

/** The part of an action's answer that this reads. Any other status than these three counts as an error. */
export interface FormAnswer {
  status?: string
  message?: string
  fieldErrors?: Readonly<Record<string, unknown>>
}

const GOOD = new Set(['success', 'done', 'ok'])
const NEUTRAL = new Set(['idle', 'initial', 'info'])

/**
 * Says what came of a form: good news in a status region, an error as the one alert. On an error focus goes to
 * the first invalid control of the form, or else to the message. Put it into the form; pass the action's state.
 */
export function FormMessage({
  state,
  className,
}: {
  state: FormAnswer | null | undefined
  className?: string
}) {
  const place = useRef<HTMLDivElement>(null)
  const status = state?.status ?? 'idle'
  const failed = !GOOD.has(status) && !NEUTRAL.has(status)

  useEffect(() => {
    if (!state || !failed) return
    const invalid = place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const alert = place.current?.querySelector<HTMLElement>('[role="alert"]')
    ;(invalid ?? alert)?.focus()
  }, [state, failed])

  return (
    <div ref={place} role="status" className={className}>
      {state?.message &&
        (failed ? (
          <Callout role="alert" tabIndex={-1} tone="danger">
            {state.message}
          </Callout>
        ) : (
          <Callout tone={GOOD.has(status) ? 'success' : 'info'}>{state.message}</Callout>
        ))}
    </div>
  )
}
