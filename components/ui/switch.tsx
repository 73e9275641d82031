'use client'

import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react'
import { useFormStatus } from 'react-dom'
import { cn } from './cn'
import { Spinner } from './spinner'

type SwitchProps = Omit<ComponentProps<'button'>, 'children' | 'role' | 'aria-checked'> & {
  /** Stays the same whether on or off. */
  label: string
  description?: ReactNode
  checked: boolean
  pending?: boolean
  labelSize?: 'md' | 'lg'
}

/**
 * A button with role switch that says On or Off in words too. In a form set `type="submit"`, `name` and
 * `value` (the state asked for, e.g. `checked ? 'off' : 'on'`): pressing submits, without JavaScript as well.
 */
export function Switch(props: SwitchProps) {
  const { label, description, checked, pending, labelSize = 'md', className, onClick, ...button } = props
  const id = useId()
  const status = useFormStatus()
  const busy = pending || (status.pending && button.type === 'submit')
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <div
      className={cn(
        'grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 max-[18rem]:flex max-[18rem]:flex-col sm:gap-x-8',
        className,
      )}
    >
      <span
        id={`${id}-label`}
        className={cn('font-medium', labelSize === 'lg' ? 'text-lg font-semibold' : 'text-base')}
      >
        {label}
      </span>
      {description && (
        <div
          id={`${id}-description`}
          className="col-span-2 row-start-2 max-w-prose text-sm text-muted sm:col-span-1"
        >
          {description}
        </div>
      )}
      <button
        type="button"
        {...button}
        role="switch"
        aria-checked={checked}
        aria-labelledby={`${id}-label`}
        aria-describedby={description ? `${id}-description` : undefined}
        aria-disabled={busy || button['aria-disabled']}
        aria-busy={busy || undefined}
        onClick={press}
        className="group col-start-2 row-start-1 flex min-h-8 shrink-0 sm:row-end-3 items-center gap-2.5 rounded-full py-0.5 pr-0.5 pl-2"
      >
        {busy && <Spinner className="text-muted" />}
        <span
          aria-hidden="true"
          className="w-6 text-right text-sm font-medium text-muted group-aria-checked:text-ink"
        >
          {checked ? 'On' : 'Off'}
        </span>
        <span className="flex h-6.5 w-11 items-center rounded-full border border-control bg-sunken p-0.5 transition-colors duration-150 group-hover:border-muted group-aria-checked:border-accent group-aria-checked:bg-accent group-hover:group-aria-checked:bg-accent-hover">
          <span className="size-5 rounded-full border border-control bg-control transition-[translate] duration-150 ease-out group-aria-checked:translate-x-4.5 group-aria-checked:border-on-accent group-aria-checked:bg-on-accent forced-colors:bg-[ButtonText]! forced-colors:forced-color-adjust-none" />
        </span>
      </button>
    </div>
  )
}
