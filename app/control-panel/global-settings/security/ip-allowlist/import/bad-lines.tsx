'use client'

import type { RefObject } from 'react'
import { Button } from '@/components/ui/button'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { RangeList } from '@/lib/core/range-list'

const SHOWN = 20

interface BadLinesProps {
  list: RangeList
  text: string
  /** Where the text stands. */
  area: RefObject<HTMLTextAreaElement | null>
}

/** What is wrong, by line; each leads to its line in the text. */
export function BadLines({ list: { problems }, text, area }: BadLinesProps) {
  const hydrated = useHydrated()
  return (
    <ul
      aria-label="Lines that can’t be read"
      className="max-h-80 divide-y divide-line overflow-auto rounded-md border border-danger-line text-sm"
    >
      {problems.slice(0, SHOWN).map(({ line, field, message }) => (
        <li key={`${line} ${field}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2">
          {hydrated ? (
            <Button variant="link" onClick={() => area.current && select(area.current, text, line)}>
              Line {line.toLocaleString('en')}
            </Button>
          ) : (
            <span className="font-medium">Line {line.toLocaleString('en')}</span>
          )}
          <span className="min-w-0 flex-1 basis-60 wrap-anywhere">{message}</span>
        </li>
      ))}
      {problems.length > SHOWN && (
        <li className="px-3 py-2 text-muted">and {(problems.length - SHOWN).toLocaleString('en')} more</li>
      )}
    </ul>
  )
}

/** Selects a line and brings it into sight. */
function select(area: HTMLTextAreaElement, text: string, line: number): void {
  const lines = text.split(/\r\n|\r|\n/)
  const begin = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0)
  area.focus()
  area.setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0))
  area.scrollTop = ((line - 3) / lines.length) * area.scrollHeight
}
