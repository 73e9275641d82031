'use client'

import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { FormState } from '@/lib/core/form-state'

interface ExpiryFieldProps {
  state: FormState
  /** The end of the range that is edited (ISO text, null for none); undefined for a new range. */
  current?: string | null
}

/** When the range ends: never, after a while, or at a time of one's own. */
export function ExpiryField({ state, current }: ExpiryFieldProps) {
  const first = state.values?.expires ?? (current ? 'keep' : 'never')
  const [choice, setChoice] = useState(first)
  const isCustom = choice === 'custom'
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Expires" name="expires" error={state.fieldErrors?.expires}>
        <Select key={first} defaultValue={first} onChange={(event) => setChoice(event.target.value)}>
          {current && <option value="keep">{`As now: ${utc(current)}`}</option>}
          <option value="never">Never</option>
          <option value="1d">In 24 hours</option>
          <option value="7d">In 7 days</option>
          <option value="30d">In 30 days</option>
          <option value="custom">On a date of your choice</option>
        </Select>
      </Field>
      {isCustom && (
        <Field
          label="Date and time (UTC)"
          name="expiresAt"
          error={state.fieldErrors?.expiresAt}
          hint="In UTC, not in your own time zone."
        >
          <Input type="datetime-local" defaultValue={state.values?.expiresAt ?? current?.slice(0, 16)} />
        </Field>
      )}
    </div>
  )
}

function utc(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
