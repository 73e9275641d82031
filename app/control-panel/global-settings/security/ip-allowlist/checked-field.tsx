'use client'

import { type ComponentProps, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { controlStyles } from '@/components/ui/control-styles'

/**
 * The field of the check. Shows the address that the page answers, also when a link asked; what was typed since
 * the question went out stays when its answer comes.
 */
export function CheckedField({ value, ...props }: ComponentProps<'input'> & { value: string }) {
  const [answered, setAnswered] = useState(value)
  const [typed, setTyped] = useState(value)
  const [sent, setSent] = useState(value)
  if (answered !== value) {
    setAnswered(value)
    if (value !== sent) setTyped(value)
    setSent(value)
  }
  return (
    <input
      {...props}
      ref={(input) => {
        const form = input?.form
        const onSubmit = () => setSent(input?.value ?? '')
        form?.addEventListener('submit', onSubmit)
        return () => form?.removeEventListener('submit', onSubmit)
      }}
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
