'use client'

import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button'

interface CopyButtonProps {
  value: string
  /** What is copied, e.g. "IP address"; the button is named "Copy IP address". */
  what: string
  /** Shows the words "Copy" beside the icon. */
  withText?: boolean
}

/** Puts `value` on the clipboard and says so for a moment. Works on plain http too. */
export function CopyButton({ value, what, withText }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  async function press() {
    if (!(await copy(value))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <span className="inline-flex noscript:hidden">
      <Button
        variant={withText ? 'secondary' : 'ghost'}
        size={withText ? 'sm' : 'icon'}
        aria-label={`Copy ${what}`}
        onClick={press}
      >
        {copied ? <Check aria-hidden="true" className="text-success-ink" /> : <Copy aria-hidden="true" />}
        {withText && (copied ? 'Copied' : 'Copy')}
      </Button>
      <span role="status" className="sr-only">
        {copied ? `Copied ${what}` : ''}
      </span>
    </span>
  )
}

async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
  }
  return copyBySelection(text)
}

/** The clipboard interface is missing outside of https and localhost. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  focused?.focus()
  return done
}
