'use client'

import { formatClock } from './time-format'
import { useHydrated } from './use-hydrated'

/** The time of day to the second with its zone: UTC from the server, the reader's own zone once scripts run. */
export function Clock({ at }: { at: string }) {
  const hydrated = useHydrated()
  return <time dateTime={at}>{formatClock(new Date(at), hydrated ? undefined : 'UTC')}</time>
}
