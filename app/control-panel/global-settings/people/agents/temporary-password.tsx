'use client'

import { useEffect, useId, useRef } from 'react'
import { CopyButton } from '@/components/ui/copy-button'

interface TemporaryPasswordProps {
  name: string
  password: string
  note?: string
}

/** A password that is shown here and nowhere else. */
export function TemporaryPassword({ name, password, note }: TemporaryPasswordProps) {
  const id = useId()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <section
      ref={place}
      tabIndex={-1}
      aria-labelledby={id}
      className="flex flex-col gap-3 text-sm outline-none"
    >
      <h3 id={id} className="font-medium">
        Temporary password
      </h3>
      <div className="flex items-center justify-between gap-3 rounded-md border border-line bg-sunken py-2 pr-2 pl-4">
        <code className="font-mono text-base wrap-anywhere select-all">{password}</code>
        <CopyButton value={password} what="temporary password" withText />
      </div>
      <p className="text-muted">
        It is shown this once. Give it to {name} over a way that you trust; after signing in they are asked to
        choose their own.
      </p>
      {note && <p className="text-muted">{note}</p>}
    </section>
  )
}
