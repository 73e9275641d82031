'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Select } from '@/components/ui/select'
import { SubmitButton } from '@/components/ui/submit-button'
import { SIGN_INS_KEPT_DAYS } from '@/lib/core/sign-in-listing'
import { saveKeepingAction } from './actions'

/** For how long the account keeps its attempts. */
export function KeepingForm({ days }: { days: number }) {
  const [state, action] = useFormAction(saveKeepingAction)
  return (
    <Card
      title="How long attempts are kept"
      description="Older ones are dropped by themselves. Changes of this setting stand in the Audit Log, which is kept."
    >
      <form action={action} noValidate>
        <div className="flex flex-wrap items-start gap-3">
          <Field label="Keep for" name="days" error={state.fieldErrors?.days} className="w-40">
            <Select key={days} defaultValue={state.values?.days ?? String(days)}>
              {SIGN_INS_KEPT_DAYS.map((choice) => (
                <option key={choice} value={choice}>
                  {choice} days
                </option>
              ))}
            </Select>
          </Field>
          <SubmitButton variant="secondary" pendingLabel="Saving…" className="mt-6.5">
            Save
          </SubmitButton>
        </div>
        <FormMessage state={state} className="mt-3 empty:hidden" />
      </form>
    </Card>
  )
}
