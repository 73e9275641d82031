'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlStyles } from './control-styles'
import { useFieldWiring } from './field-context'

/** A text control of several lines that grows with its text. */
export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={3}
      {...useFieldWiring()}
      {...props}
      className={cn(controlStyles, 'field-sizing-content min-h-20 py-2', className)}
    />
  )
}
