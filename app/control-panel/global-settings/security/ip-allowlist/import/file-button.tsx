'use client'

import { Upload } from 'lucide-react'
import { useState } from 'react'
import { buttonStyles } from '@/components/ui/button-styles'
import { cn } from '@/components/ui/cn'
import { useHydrated } from '@/components/ui/use-hydrated'
import { PASTED_MAX } from '@/lib/core/range-list'
import { decodeTextFile } from '@/lib/core/text-file'

/** Reads a file in the browser; its text is edited and sent like one that was typed. */
export function FileButton({ onText }: { onText: (text: string) => void }) {
  const hydrated = useHydrated()
  const [said, setSaid] = useState('Its text replaces the text above.')
  if (!hydrated) return null
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0]
    // The same file may be chosen again after it was put right.
    input.value = ''
    if (!file) return
    // A file in UTF-16 has two bytes for each that counts.
    if (file.size > 2 * PASTED_MAX.bytes) {
      setSaid(`${file.name} is too long. Import at most ${PASTED_MAX.bytes / 1_000_000} MB at a time.`)
      return
    }
    try {
      onText(decodeTextFile(new Uint8Array(await file.arrayBuffer())))
      setSaid(`${file.name} was read.`)
    } catch {
      setSaid(`${file.name} can’t be read.`)
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <label
        className={cn(
          buttonStyles({ variant: 'secondary' }),
          'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        )}
      >
        <Upload aria-hidden="true" />
        Choose a file
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          className="sr-only"
          onChange={(event) => read(event.currentTarget)}
        />
      </label>
      <span role="status" className="min-w-0 text-sm wrap-anywhere text-muted">
        {said}
      </span>
    </div>
  )
}
