'use client'

import { useState } from 'react'
import { DialogBody, DialogCancel, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { formatAddress } from '@/lib/core/address'
import { describeAddressCount } from '@/lib/core/allowlist-words'
import { countAddresses, parseRange, trimPasted } from '@/lib/core/range'
import { ConsentDialog } from './consent-dialog'
import { ExpiryField } from './expiry-field'
import { ImpactPreview } from './impact-preview'
import { type Action, failureOf, useAsked } from './use-asked'
import { askOf } from './use-impact'

/** A range as the form shows it. */
export interface RangeText {
  id: string
  version: number
  start: string
  end: string
  description: string
  /** ISO text. */
  expiresAt: string | null
}

interface RangeFormProps {
  change: 'add' | 'edit'
  action: Action
  /** The range to edit; none: a new one. */
  range?: RangeText
  /** What Start IP of a new one begins with. */
  startWith?: string
  canAddMine: boolean
  onDone: () => void
}

/** Start IP, End IP, Description, Expires. What was typed stays until it is saved. */
export function RangeForm({ change, action, range, startWith = '', canAddMine, onDone }: RangeFormProps) {
  const asked = useAsked(action, { onDone, showsRefusals: true })
  const { state } = asked
  const first = { start: range?.start ?? startWith, end: range && range.end !== range.start ? range.end : '' }
  const [typed, setTyped] = useState(first)
  const [query, setQuery] = useState<string | null>(null)
  const values = { ...first, description: range?.description ?? '', ...state.values }
  const errors = state.fieldErrors ?? {}
  return (
    <>
      <form
        action={asked.send}
        noValidate
        onChange={(event) => setQuery(askOf(change, new FormData(event.currentTarget)))}
      >
        {range && (
          <>
            <input type="hidden" name="id" value={range.id} />
            <input type="hidden" name="version" value={range.version} />
          </>
        )}
        <DialogBody>
          <FormMessage state={failureOf(state)} className="empty:hidden" />
          <div className="grid gap-5 sm:grid-cols-2">
            <Field
              label="Start IP"
              name="start"
              required
              error={errors.start}
              hint="An address, or a block like 198.51.100.0/24"
            >
              <Input
                mono
                autoComplete="off"
                defaultValue={values.start}
                onChange={(event) => setTyped({ ...typed, start: event.target.value })}
              />
            </Field>
            <Field
              label="End IP"
              name="end"
              optional
              error={errors.end}
              hint="Leave empty for one address or a block"
            >
              <Input
                mono
                autoComplete="off"
                defaultValue={values.end}
                onChange={(event) => setTyped({ ...typed, end: event.target.value })}
              />
            </Field>
          </div>
          <p aria-live="polite" className="-mt-2 min-h-5 text-sm font-medium tabular-nums">
            {describeTyped(typed)}
          </p>
          <Field label="Description" name="description" optional error={errors.description}>
            <Input defaultValue={values.description} placeholder="Office Berlin" autoComplete="off" />
          </Field>
          <ExpiryField state={state} current={range ? range.expiresAt : undefined} />
          <ImpactPreview query={query} canAddMine={canAddMine} />
        </DialogBody>
        <DialogFooter>
          <DialogCancel />
          <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
        </DialogFooter>
      </form>
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine}>
        <ImpactPreview query={askOf(change, state.values ?? {})} canAddMine={canAddMine} />
      </ConsentDialog>
    </>
  )
}

/** "256 addresses", with the first and last one where a block was typed. */
function describeTyped({ start, end }: { start: string; end: string }): string | null {
  const parsed = parseRange({ start: trimPasted(start), end: trimPasted(end) })
  if (!parsed.ok) return null
  const count = describeAddressCount(countAddresses(parsed.range))
  const isBlock = end.trim() === '' && parsed.range.start !== parsed.range.end
  return isBlock
    ? `${count}, ${formatAddress(parsed.range.start)} to ${formatAddress(parsed.range.end)}`
    : count
}
