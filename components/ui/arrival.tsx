'use client'

import { type ComponentProps, useEffect, useRef } from 'react'

/**
 * A status region that takes the focus when it appears in place of what had it, so that focus is never lost and the
 * news is read out. Leaves the focus alone while it is on something else.
 */
export function Arrival(props: ComponentProps<'div'>) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!document.activeElement || document.activeElement === document.body) place.current?.focus()
  }, [])
  return <div role="status" {...props} ref={place} tabIndex={-1} />
}
