'use client'

import { startTransition, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { ButtonLink } from '@/components/ui/button-link'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { Textarea } from '@/components/ui/textarea'
import { useDraft } from '@/components/ui/use-draft'
import { countOf } from '@/lib/core/allowlist-words'
import { IDLE } from '@/lib/core/form-state'
import { describeProblems, type ImportPreview } from '@/lib/core/import-words'
import { PATHS } from '@/lib/core/paths'
import { findExcess, PASTED_MAX, parseRangeList, type RangeList } from '@/lib/core/range-list'
import { ConsentDialog } from '../consent-dialog'
import { DraftOffers } from '../put-on-list'
import { failureOf, useAsked } from '../use-asked'
import { importRangesAction } from './actions'
import { BadLines } from './bad-lines'
import { FileButton } from './file-button'
import { Preview } from './preview'

const EXAMPLE = `198.51.100.0/24  # Office
192.0.2.10 - 192.0.2.20
2001:db8:1::/48`

interface ImportFormProps {
  /** Whose text it is. */
  agentId: string
  canAddMine: boolean
}

/** The list as text, then what it would do, then the deed. The text stays until it is imported, or given up with "Cancel". */
export function ImportForm({ agentId, canAddMine }: ImportFormProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft(`import of ${agentId}`, (kept) => setText((typed) => typed || kept))
  const asked = useAsked(importRangesAction, { onDone: draft.drop, showsRefusals: true })
  const { state } = asked
  const [text, setText] = useState(state.values?.text ?? '')
  const [isChecked, setChecked] = useState(state !== IDLE)
  const [preview, setPreview] = useState(previewIn(state.preview))
  const [sent, setSent] = useState(text)
  const [answered, setAnswered] = useState(state)
  if (answered !== state) {
    setAnswered(state)
    setChecked(state.status !== 'done')
    if (state.status === 'done') setText('')
    if (state.status !== 'confirm') setPreview(sent === text ? previewIn(state.preview) : null)
  }
  const list = useList(text)
  const excess = useMemo(() => findExcess(text, PASTED_MAX), [text])
  const error = excess ?? (isChecked ? wrongWith(list, state.fieldErrors?.text) : null)
  const change = (next: string) => {
    setText(next)
    draft.keep(next)
    setPreview(null)
  }
  const put = ({ range, description }: { range: string; description: string }) => {
    const next = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${range} # ${description}\n`
    setText(next)
    draft.keep(next)
    setSent(next)
    const fields = new FormData()
    fields.set('text', next)
    fields.set('step', 'preview')
    startTransition(() => asked.send(fields))
  }
  return (
    <>
      <form
        action={asked.send}
        noValidate
        onSubmit={(event) => {
          if (excess === null) {
            setSent(text)
            return
          }
          event.preventDefault()
          area.current?.focus()
        }}
        className="flex flex-col gap-6"
      >
        <FormMessage state={state.status === 'done' ? state : failureOf(state)} className="empty:hidden" />
        {state.status === 'done' && <Onward />}
        <Card footer={<Footer isSecond={preview !== null} onCancel={draft.drop} />}>
          <div className="flex flex-col gap-4">
            <Field
              label="Ranges"
              name="text"
              error={error}
              status={text.trim() !== '' && `${countOf(list.ranges.length, 'range')} read`}
              hint="One address, block or range per line; the text after # is its description. Or CSV with the columns Start IP, End IP, Description and Expires (in UTC), in this order or named in the first line."
            >
              <Textarea
                ref={area}
                value={text}
                onChange={(event) => change(event.target.value)}
                wrap="off"
                spellCheck={false}
                autoComplete="off"
                autoCapitalize="none"
                placeholder={EXAMPLE}
                className="field-sizing-fixed h-64 resize-y font-mono text-sm"
              />
            </Field>
            {isChecked && excess === null && list.problems.length > 0 && (
              <BadLines list={list} text={text} area={area} />
            )}
            <FileButton
              onText={(next) => {
                change(next)
                setChecked(true)
              }}
            />
          </div>
        </Card>
        {preview && (
          <DraftOffers onPut={put} pending={asked.pending}>
            <Preview preview={preview} ignoredColumns={list.ignoredColumns} />
          </DraftOffers>
        )}
      </form>
      <ConsentDialog
        // A long text is not sent back.
        asked={{ ...asked, state: { ...state, values: { ...state.values, text } } }}
        verb="import"
        canAddMine={canAddMine}
      />
    </>
  )
}

function previewIn(found: unknown): ImportPreview | null {
  return (found as ImportPreview | undefined) ?? null
}

/** What the text says, a moment after it is typed when it is long. */
function useList(text: string): RangeList {
  const settled = useDeferredValue(text)
  return useMemo(() => parseRangeList(findExcess(settled, PASTED_MAX) ? '' : settled), [settled])
}

function wrongWith(list: RangeList, said: string | undefined): string | null {
  if (list.problems.length > 0) return `${describeProblems(list)} Put them right or take them out.`
  return list.ranges.length === 0 ? (said ?? null) : null
}

/** The list once it has the ranges; takes the focus, since the button that was pressed is gone. */
function Onward() {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector('a')?.focus(), [])
  return (
    <div ref={place} className="-mt-3">
      <ButtonLink href={PATHS.ipAllowlist}>Show the IP Allowlist</ButtonLink>
    </div>
  )
}

function Footer({ isSecond, onCancel }: { isSecond: boolean; onCancel: () => void }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <ButtonLink href={PATHS.ipAllowlist} onClick={onCancel}>
        Cancel
      </ButtonLink>
      <SubmitButton
        name="step"
        value="preview"
        variant={isSecond ? 'secondary' : 'primary'}
        pendingLabel="Looking…"
      >
        Preview
      </SubmitButton>
    </div>
  )
}
