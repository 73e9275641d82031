'use client'

import { useEffect, useState } from 'react'

/**
 * Whole seconds left of a wait that began with `key`, however often the server tells it anew. Without scripts it stands
 * still, so what waits for it must not depend on it there.
 */
export function useCountdown(waitMs: number, key: number): number {
  const [seconds, setSeconds] = useState(Math.ceil(waitMs / 1000))
  // biome-ignore lint/correctness/useExhaustiveDependencies: each reload brings a shorter waitMs of the same wait
  useEffect(() => {
    const endMs = performance.now() + waitMs
    const tick = () => setSeconds(Math.max(0, Math.ceil((endMs - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [key])
  return seconds
}
