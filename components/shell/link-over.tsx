import { Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import { EntryFrame } from './entry-frame'

interface LinkOverProps {
  title: string
  /** What that means, and what to do. */
  words: string
  /** The next steps, as buttons. */
  children: ReactNode
}

/** The page of a mailed link that opens nothing (any more). */
export function LinkOver({ title, words, children }: LinkOverProps) {
  return (
    <EntryFrame icon={<Unlink />} tone="warning" title={title}>
      <p className="text-base">{words}</p>
      <div className="flex flex-wrap gap-2">{children}</div>
    </EntryFrame>
  )
}
