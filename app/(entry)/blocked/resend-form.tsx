'use client'

import { useActionState, useEffect, useState } from 'react'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/core/form-state'
import { authorizeAction } from './actions'

interface ResendFormProps {
  /** Until the next link may be asked for, as the server sees it. */
  waitMs: number
  /** Tells one link from the next. */
  requestedAtMs: number
}

/** "Resend", with a countdown that is announced at its beginning and its end only. */
export function ResendForm({ waitMs, requestedAtMs }: ResendFormProps) {
  const [state, action] = useActionState(authorizeAction, IDLE)
  const seconds = useCountdown(waitMs, requestedAtMs)
  const isWaiting = seconds > 0
  return (
    <form action={action} className="flex flex-col items-start gap-2">
      <SubmitButton
        variant="secondary"
        size="sm"
        aria-disabled={isWaiting || undefined}
        pendingLabel="Sending…"
      >
        Resend
        {isWaiting && (
          <span aria-hidden="true" className="text-muted tabular-nums">
            in {seconds} s
          </span>
        )}
      </SubmitButton>
      <p role="status" className="sr-only">
        {isWaiting ? 'You can resend the link in a minute.' : 'You can resend the link now.'}
      </p>
      <p role="status" className="text-sm font-medium text-danger-ink empty:hidden">
        {isWaiting ? '' : state.message}
      </p>
    </form>
  )
}

/** Whole seconds left. Zero on the server, so that the button works without scripts. */
function useCountdown(waitMs: number, key: number): number {
  const [seconds, setSeconds] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reload brings a new waitMs of the same countdown
  useEffect(() => {
    const endMs = performance.now() + waitMs
    const tick = () => setSeconds(Math.max(0, Math.ceil((endMs - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [key])
  return seconds
}
