'use client'

import Form from 'next/form'
import { type ComponentProps, useEffect, useRef } from 'react'

type AddressFormProps = Omit<ComponentProps<typeof Form>, 'action' | 'ref'> & {
  action: string
  /** Changes with what the address bar says of the fields. */
  state: string
}

/**
 * A form that goes into the address bar, without JavaScript as well. When the address changes its fields follow by
 * themselves, and not by being replaced, so that whoever works with the keyboard stays where they are; a focus that was on
 * a "Clear" which is gone comes to the first field. A Select needs its default as `key`.
 */
export function AddressForm({ state, ...props }: AddressFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const followed = useRef(state)
  useEffect(() => {
    if (followed.current === state) return
    followed.current = state
    form.current?.reset()
    if (document.activeElement === document.body)
      form.current?.querySelector<HTMLInputElement>('input:not([type=hidden])')?.focus()
  }, [state])
  return <Form {...props} ref={form} scroll={false} prefetch={false} />
}
