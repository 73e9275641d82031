'use client'

import { ProveAgain } from '@/components/shell/prove-again'
import { useFormAction } from '@/components/shell/use-form-action'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { Time } from '@/components/ui/time'
import type { FormState } from '@/lib/core/form-state'
import { beginTotpAction, confirmTotpAction } from './actions'
import { RecoveryCodes } from './recovery-codes'
import { RemoveFactor } from './remove-factor'
import { TotpSetUp } from './totp-set-up'
import { outcomeOf, useProven } from './use-proven'

interface TotpCardProps {
  /** When it was set up; null: there is none. */
  since: string | null
  /** The last factor of somebody who needs one. */
  isKept: boolean
}

/** The authenticator app: none, being set up, or in force. */
export function TotpCard({ since, isKept }: TotpCardProps) {
  const begin = useProven(beginTotpAction)
  const [confirmation, confirm] = useFormAction(confirmTotpAction)
  const setUp = since ? null : setUpOf(begin.state, confirmation)
  const codes = since && confirmation.status === 'done' ? confirmation.result?.codes : undefined
  return (
    <Card
      title="Authenticator app"
      description="An app on your phone shows a new six-digit code every 30 seconds. It works without a network."
      actions={
        since ? (
          <RemoveFactor factor="totp" name="authenticator app" isKept={isKept} />
        ) : (
          !setUp && (
            <form action={begin.send}>
              <SubmitButton size="sm" variant="secondary">
                Set up an authenticator app
              </SubmitButton>
            </form>
          )
        )
      }
    >
      <div className="flex flex-col gap-5">
        <Standing since={since} isBeingSetUp={setUp !== null} />
        {!since && <FormMessage state={outcomeOf(begin.state)} className="empty:hidden" />}
        {setUp ? (
          <TotpSetUp {...setUp} state={confirmation} confirm={confirm} />
        ) : (
          confirmation.status !== 'invalid' && <FormMessage state={confirmation} className="empty:hidden" />
        )}
        {codes && <RecoveryCodes codes={codes} />}
      </div>
      <ProveAgain {...begin} button="Set up" />
    </Card>
  )
}

/** What is being set up: as the last answer has it, and nothing once it is finished or has taken too long. */
function setUpOf(begun: FormState, confirmation: FormState): { uri: string; secret: string } | null {
  if (confirmation.status === 'done' || confirmation.status === 'refused') return null
  const { uri, secret } = confirmation.result ?? begun.result ?? {}
  return uri && secret ? { uri, secret } : null
}

function Standing({ since, isBeingSetUp }: { since: string | null; isBeingSetUp: boolean }) {
  if (since)
    return (
      <p className="flex flex-wrap items-center gap-3 text-sm">
        <Badge tone="success" dot>
          In use
        </Badge>
        <span className="text-muted">
          Since <Time at={since} />
        </span>
      </p>
    )
  return isBeingSetUp ? null : <p className="text-sm text-muted">Not set up.</p>
}
