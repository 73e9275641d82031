'use client'

import { type ComponentProps, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { controlStyles } from '@/components/ui/control-styles'

/** The field of the check. Shows the address that the page answers, also when a link asked. */
export function CheckedField({ value, ...props }: ComponentProps<'input'> & { value: string }) {
  const [answered, setAnswered] = useState(value)
  const [typed, setTyped] = useState(value)
  if (answered !== value) {
    setAnswered(value)
    setTyped(value)
  }
  return (
    <input
      {...props}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      maxLength={200}
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className={cn(controlStyles, 'h-10 font-mono text-sm')}
    />
  )
}
