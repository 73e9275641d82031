'use client'

import { useEffect, useState } from 'react'
import { cn } from './cn'
import { formatInstant, formatRelative } from './time-format'
import { useHydrated } from './use-hydrated'

interface TimeProps {
  /** An instant: Date, ISO text or milliseconds since 1970. */
  at: Date | string | number
  /** Adds "5 minutes ago" under (`below`) or after (`beside`) the absolute time. */
  relative?: 'below' | 'beside'
  /** Date without the time of day. */
  dateOnly?: boolean
  className?: string
}

/** An absolute time with its zone: UTC from the server, the reader's own zone once scripts run. */
export function Time({ at, relative, dateOnly = false, className }: TimeProps) {
  const instant = new Date(at)
  const hydrated = useHydrated()
  const now = useNow(relative !== undefined)
  return (
    <time dateTime={instant.toISOString()} className={cn('tabular-nums', className)}>
      <span className="@min-[60rem]/table:whitespace-nowrap">
        {formatInstant(instant, dateOnly, hydrated ? undefined : 'UTC')}
      </span>
      {relative === 'beside' && now && <span className="text-muted"> ({formatRelative(instant, now)})</span>}
      {relative === 'below' && (
        <span className="block min-h-4 text-xs text-muted">{now && formatRelative(instant, now)}</span>
      )}
    </time>
  )
}

/** The current time, from after hydration on, kept fresh each half minute. */
function useNow(wanted: boolean): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    if (!wanted) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [wanted])
  return now
}
