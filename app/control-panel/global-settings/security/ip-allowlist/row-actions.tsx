'use client'

import { Button } from '@/components/ui/button'
import { SubmitButton } from '@/components/ui/submit-button'
import { type RowRange, useDesk } from './desk'

/** "Edit", "Disable" or "Enable", "Delete": each named after the range. */
export function RowActions({ range }: { range: RowRange }) {
  const desk = useDesk()
  const name = <span className="sr-only"> {range.text}</span>
  return (
    <span className="-mr-2 flex flex-wrap justify-end gap-0.5 @max-3xl/table:mr-0 @max-3xl/table:-ml-2 @max-3xl/table:justify-start">
      <Button variant="ghost" size="sm" className="px-2" onClick={() => desk.edit(range)}>
        Edit{name}
      </Button>
      <form action={desk.switchRange}>
        <input type="hidden" name="id" value={range.id} />
        <input type="hidden" name="to" value={range.enabled ? 'off' : 'on'} />
        <SubmitButton variant="ghost" size="sm" className="px-2">
          {range.enabled ? 'Disable' : 'Enable'}
          {name}
        </SubmitButton>
      </form>
      <Button variant="ghost" size="sm" className="px-2 text-danger-ink" onClick={() => desk.remove(range)}>
        Delete{name}
      </Button>
    </span>
  )
}
