'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Checkbox } from '@/components/ui/checkbox'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { NOTICE_KINDS, NOTICE_WORDS, type NoticeKind } from '@/lib/core/notices'
import { chooseNoticesAction } from './actions'

export function NoticesForm({ wanted }: { wanted: readonly NoticeKind[] }) {
  const [state, send] = useFormAction(chooseNoticesAction)
  return (
    <form action={send} className="flex flex-col gap-5">
      <fieldset className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <legend className="mb-4 text-sm font-medium">Tell me when</legend>
        {NOTICE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            name={kind}
            label={NOTICE_WORDS[kind].label}
            description={NOTICE_WORDS[kind].explanation}
            defaultChecked={wanted.includes(kind)}
          />
        ))}
      </fieldset>
      <FormMessage state={state} className="empty:hidden" />
      <div>
        <SubmitButton pendingLabel="Saving…">Save notices</SubmitButton>
      </div>
    </form>
  )
}
