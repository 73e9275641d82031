'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlStyles } from './control-styles'
import { useFieldWiring } from './field-context'

export type InputProps = ComponentProps<'input'> & {
  /** Monospaced, unspellchecked: for addresses, codes and tokens. */
  mono?: boolean
}

/** A one-line text control. Inside a Field it needs no id; use `defaultValue` in forms. */
export function Input({ mono, className, ...props }: InputProps) {
  const literal = mono && ({ spellCheck: false, autoCapitalize: 'none', autoCorrect: 'off' } as const)
  return (
    <input
      type="text"
      {...useFieldWiring()}
      {...literal}
      {...props}
      className={cn(controlStyles, 'h-10', mono && 'font-mono text-sm', className)}
    />
  )
}
