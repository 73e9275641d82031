import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import type { Actor } from '@/lib/core/permissions'
import { listWaitingApprovals } from '@/lib/data/approvals'
import { ApprovalDesk, ApprovalForm } from './approval-form'

/** Requests of other admins who may not authorize an address with their mailbox alone; nothing when there are none. */
export async function Approvals({ actor }: { actor: Actor }) {
  const waiting = await listWaitingApprovals(actor)
  return (
    <ApprovalDesk>
      {waiting.length > 0 && (
        <section aria-label="Requests to approve" className="flex flex-col gap-3">
          {waiting.map(({ id, agentName, agentEmail, address, device, requestedAt }) => (
            <Callout
              key={id}
              tone="warning"
              title={`${agentName} asks to authorize ${formatAddress(address)}`}
              actions={<ApprovalForm id={id} of={agentName} />}
            >
              {agentEmail}, {device}, <Time at={requestedAt} />. Ask them in person or by telephone whether it
              is them. Approving adds nothing to the list by itself: they still need the link that is mailed
              to them.
            </Callout>
          ))}
        </section>
      )}
    </ApprovalDesk>
  )
}
