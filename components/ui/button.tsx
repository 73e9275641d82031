'use client'

import type { ComponentProps, MouseEvent } from 'react'
import { type ButtonLook, buttonStyles } from './button-styles'
import { cn } from './cn'
import { Spinner } from './spinner'

export type ButtonProps = ComponentProps<'button'> &
  ButtonLook & {
    /** Busy: keeps focus and its place, ignores presses, shows a spinner. */
    pending?: boolean
  }

/** A native button, `type="button"` unless told. Never `disabled` while busy, which would lose focus. */
export function Button({
  variant,
  size,
  block,
  pending,
  className,
  children,
  onClick,
  ...props
}: ButtonProps) {
  const inert = pending || props['aria-disabled'] === true || props['aria-disabled'] === 'true'
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      type="button"
      {...props}
      aria-disabled={inert || undefined}
      aria-busy={pending || undefined}
      onClick={press}
      className={cn(buttonStyles({ variant, size, block }), className)}
    >
      {pending && <Spinner />}
      {children}
    </button>
  )
}
