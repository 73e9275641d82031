'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Input, type InputProps } from './input'

/** A password control with a button that shows what was typed. Set `autoComplete` (`current-password`, `new-password`). */
export function PasswordInput(props: Omit<InputProps, 'type' | 'mono'>) {
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="relative">
      <Input
        spellCheck={false}
        autoCapitalize="none"
        {...props}
        type={shown ? 'text' : 'password'}
        className="pr-11 noscript:pr-3"
      />
      <button
        type="button"
        aria-label="Show password"
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-1 right-1 grid size-8 place-items-center rounded-sm text-muted hover:bg-hover hover:text-ink noscript:hidden"
      >
        <Icon aria-hidden="true" className="size-4" />
      </button>
    </div>
  )
}
