'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from './cn'
import { FieldContext, type FieldWiring } from './field-context'

export interface FieldProps {
  label: string
  /** Name of the control inside; the control's own `name` wins. */
  name?: string
  hint?: ReactNode
  /** One message or several (the first is shown). Marks the control invalid and is announced. */
  error?: string | readonly string[] | null
  /** Adds `required` to the control. */
  required?: boolean
  /** Says "Optional" beside the label, outside its accessible name. */
  optional?: boolean
  labelHidden?: boolean
  /** Live text under the control such as "256 addresses"; announced politely. */
  status?: ReactNode
  className?: string
  /** One Input, PasswordInput, Select or Textarea: it finds its id and descriptions by itself. */
  children: ReactNode
}

/** Label, hint, error and live status around one control, wired by id. */
export function Field({
  label,
  name,
  hint,
  error,
  required,
  optional,
  labelHidden,
  status,
  className,
  children,
}: FieldProps) {
  const id = useId()
  const message = typeof error === 'string' ? error : error?.[0]
  const described = [message && `${id}-error`, hint && `${id}-hint`, status && `${id}-status`].filter(Boolean)
  const wiring: FieldWiring = {
    id,
    name,
    required,
    'aria-describedby': described.join(' ') || undefined,
    'aria-invalid': message ? true : undefined,
  }
  return (
    <div className={cn('min-w-0', className)}>
      <div className={cn('mb-1.5 flex items-baseline justify-between gap-3', labelHidden && 'sr-only')}>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {optional && <span className="text-xs text-muted">Optional</span>}
      </div>
      <FieldContext value={wiring}>{children}</FieldContext>
      <div aria-live="polite">
        {message && (
          <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm text-danger-ink">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0 wrap-anywhere">{message}</span>
          </p>
        )}
        {status && (
          <p id={`${id}-status`} className="mt-1.5 text-sm text-muted">
            {status}
          </p>
        )}
      </div>
      {hint && (
        <div id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
          {hint}
        </div>
      )}
    </div>
  )
}
