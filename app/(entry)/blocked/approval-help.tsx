import { Callout } from '@/components/ui/callout'
import type { Address } from '@/lib/core/address'
import type { ApprovalNeed } from '@/lib/core/approval'
import type { ApprovalStanding } from '@/lib/data/approvals'
import { ApprovalForm } from './approval-form'
import { OperatorAlone } from './operator-help'
import { ReloadWhileVisible } from './reload-while-visible'

interface ApprovalHelpProps {
  need: NonNullable<ApprovalNeed>
  request: ApprovalStanding['request']
  address: Address
}

/** Where the mailbox alone is not enough: another admin approves, and then the link can be asked for. */
export function ApprovalHelp({ need, request, address }: ApprovalHelpProps) {
  return (
    <>
      <p>{WHY[need]} So another admin has to approve before you can authorize this address.</p>
      <div role="status" className="empty:hidden">
        {request === 'waiting' && (
          <Callout>
            The other admins were asked by mail. They approve on the page IP Allowlist. This page notices when
            one of them has.
            <noscript> Reload it to see.</noscript>
          </Callout>
        )}
        {request === 'refused' && (
          <Callout tone="danger">
            Another admin refused. Talk to them; to ask again, sign out and sign in again.
          </Callout>
        )}
      </div>
      {request === null && <ApprovalForm />}
      <OperatorAlone address={address} isAsked={request !== null} />
      {request === 'waiting' && <ReloadWhileVisible />}
    </>
  )
}

const WHY: Readonly<Record<NonNullable<ApprovalNeed>, string>> = {
  'password-reset':
    'Your password was reset by mail less than 24 hours ago, so for now your mailbox alone does not show that it is you.',
  'factor-missing':
    'Your account requires a second factor of its admins, and you have none yet. You can set one up only where you are allowed in.',
}
