'use client'

import { Pencil, Power, PowerOff, Trash2 } from 'lucide-react'
import type { FormEvent, ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { type RowRange, useDesk } from './desk'

/** "Edit", "Disable" or "Enable", "Delete": each named after the range. Icons where the table is narrow. */
export function RowActions({ range }: { range: RowRange }) {
  const desk = useDesk()
  const switchWord = range.enabled ? 'Disable' : 'Enable'
  const askFirst = (event: FormEvent) => {
    if (!range.enabled) return
    event.preventDefault()
    desk.disable(range)
  }
  return (
    <span className="-mr-2 flex justify-end gap-0.5 @max-[60rem]/table:mr-0 @max-[60rem]/table:-ml-2 @max-[60rem]/table:justify-start">
      <Button
        variant="ghost"
        size="sm"
        className="px-2 noscript:hidden"
        title="Edit"
        onClick={() => desk.edit(range)}
      >
        <Name icon={<Pencil />} word="Edit" range={range} />
      </Button>
      <form action={desk.switchRange} onSubmit={askFirst}>
        <input type="hidden" name="id" value={range.id} />
        <input type="hidden" name="to" value={range.enabled ? 'off' : 'on'} />
        <SubmitButton
          variant="ghost"
          size="sm"
          className="px-2 @min-[68rem]/table:min-w-18"
          title={switchWord}
        >
          <Name icon={range.enabled ? <PowerOff /> : <Power />} word={switchWord} range={range} />
        </SubmitButton>
      </form>
      <Button
        variant="ghost"
        size="sm"
        className="px-2 text-danger-ink noscript:hidden"
        title="Delete"
        onClick={() => desk.remove(range)}
      >
        <Name icon={<Trash2 />} word="Delete" range={range} />
      </Button>
    </span>
  )
}

function Name({ icon, word, range }: { icon: ReactNode; word: string; range: RowRange }) {
  return (
    <>
      <span aria-hidden="true" className="hidden @min-[60rem]/table:block @min-[68rem]/table:hidden">
        {icon}
      </span>
      <span className="@min-[60rem]/table:sr-only @min-[68rem]/table:not-sr-only">{word}</span>
      <span className="sr-only"> {range.text}</span>
    </>
  )
}
