'use client'

import { useEffect, useId, useRef } from 'react'
import { Card } from '@/components/ui/card'
import { Disclosure } from '@/components/ui/disclosure'
import { SubmitButton } from '@/components/ui/submit-button'
import { countOf } from '@/lib/core/allowlist-words'
import { describeImportAhead, type ImportPreview } from '@/lib/core/import-words'
import { ImpactList } from '../impact-list'

/** What the list would do; has the focus when it appears. */
export function Preview({
  preview,
  ignoredColumns,
}: {
  preview: ImportPreview
  ignoredColumns: readonly string[]
}) {
  const { counts, impact } = preview
  const heading = useRef<HTMLSpanElement>(null)
  const line = useId()
  useEffect(() => heading.current?.focus(), [])
  return (
    <Card
      title={
        <span ref={heading} tabIndex={-1} className="outline-none">
          What it would do
        </span>
      }
      footer={
        counts.added > 0 && (
          <div className="flex justify-end">
            <SubmitButton name="step" value="import" pendingLabel="Importing…">
              Import {countOf(counts.added, 'range')}
            </SubmitButton>
          </div>
        )
      }
    >
      <div className="flex flex-col gap-3 text-sm">
        <p className="text-base">{describeImportAhead(counts)}</p>
        <Skipped preview={preview} />
        {ignoredColumns.length > 0 && (
          <p className="text-muted wrap-anywhere">Columns that are not read: {ignoredColumns.join(', ')}.</p>
        )}
        {impact && (
          <>
            <p id={line} tabIndex={-1} aria-live="polite" className="outline-none">
              {impact.headline}
            </p>
            <ImpactList view={impact} focusAfter={line} />
          </>
        )}
      </div>
    </Card>
  )
}

function Skipped({ preview: { skipped, moreSkipped } }: { preview: ImportPreview }) {
  if (skipped.length === 0) return null
  return (
    <Disclosure summary={`${countOf(skipped.length + moreSkipped, 'line adds', 'lines add')} nothing`}>
      <ul className="space-y-1 text-muted">
        {skipped.map(({ line, range, why }) => (
          <li key={line} className="wrap-anywhere">
            Line {line}: <span className="font-mono text-[0.8125rem] text-ink">{range}</span> {why}
          </li>
        ))}
        {moreSkipped > 0 && <li>and {moreSkipped.toLocaleString('en')} more</li>}
      </ul>
    </Disclosure>
  )
}
