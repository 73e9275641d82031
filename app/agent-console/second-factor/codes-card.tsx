'use client'

import { ProveAgain } from '@/components/shell/prove-again'
import { Card } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { RECOVERY_CODES } from '@/lib/core/second-factor'
import { remakeCodesAction } from './actions'
import { RecoveryCodes } from './recovery-codes'
import { outcomeOf, useProven } from './use-proven'

/** How many recovery codes are left, and new ones. */
export function CodesCard({ left }: { left: number }) {
  const remaking = useProven(remakeCodesAction)
  const codes = remaking.state.result?.codes
  return (
    <Card
      title="Recovery codes"
      description="For the day on which your second factor is lost. Each works once."
      actions={
        <form action={remaking.send}>
          <SubmitButton variant="secondary" pendingLabel="Making them…">
            Make new codes
          </SubmitButton>
        </form>
      }
    >
      <div className="flex flex-col gap-4">
        <p className="text-sm">
          {left} of {RECOVERY_CODES} left.
          {left <= 2 && ' Make new ones before you run out.'}
        </p>
        <FormMessage state={outcomeOf(remaking.state)} className="empty:hidden" />
        {codes && <RecoveryCodes codes={codes} />}
      </div>
      <ProveAgain {...remaking} button="Make new codes" />
    </Card>
  )
}
