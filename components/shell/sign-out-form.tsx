'use client'

import type { ReactNode } from 'react'
import { dropDrafts } from '../ui/use-draft'

interface SignOutFormProps {
  action: (data: FormData) => void | Promise<void>
  /** Its button. */
  children: ReactNode
}

/** A form that posts to the given server action. Whoever leaves leaves no draft behind. */
export function SignOutForm({ action, children }: SignOutFormProps) {
  return (
    <form action={action} onSubmit={dropDrafts}>
      {children}
    </form>
  )
}
