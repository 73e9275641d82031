'use client'

import { useFormStatus } from 'react-dom'
import { Button, type ButtonProps } from './button'

type SubmitButtonProps = Omit<ButtonProps, 'type' | 'pending'> & {
  /** Words while the form is on its way, e.g. "Saving…". */
  pendingLabel?: string
}

/** Submits its form and is busy meanwhile. Of several in one form (told apart by name and value) only the pressed one spins. */
export function SubmitButton({ pendingLabel, variant = 'primary', children, ...props }: SubmitButtonProps) {
  const { pending, data } = useFormStatus()
  const pressed = pending && (!props.name || data?.get(props.name) === String(props.value ?? ''))
  return (
    <Button
      {...props}
      type="submit"
      variant={variant}
      pending={pressed}
      aria-disabled={pending || props['aria-disabled']}
    >
      {pressed && pendingLabel ? pendingLabel : children}
    </Button>
  )
}
