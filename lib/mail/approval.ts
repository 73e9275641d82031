import type { ApprovalNeed } from '../core/approval'
import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** Asks another admin to approve that one of them authorizes an address. Times are UTC. */
export function approvalWantedMail(facts: {
  agentName: string
  accountName: string
  address: string
  device: string
  need: NonNullable<ApprovalNeed>
  at: Date
  url: string
}): Message {
  const { agentName, accountName, address, device, need, at, url } = facts
  return composeMail({
    subject: `${agentName} asks you to approve ${address}`,
    heading: 'Approve a request?',
    opening: [
      `Somebody with the password of ${agentName} wants to authorize a new IP address for ${accountName}. ${WHY[need]}`,
      `Ask ${agentName} in person, or by telephone, whether it is them. Approving adds nothing to the allowlist by itself: they still need the link that is mailed to them.`,
    ],
    facts: [
      ['IP address', address],
      ['When', formatUtc(at)],
      ['Browser', device],
    ],
    action: { label: 'Look at the request', url },
    closing: ['If it wasn’t them, refuse the request, and give them a new password under People, Agents.'],
    footer: `You get this because you are an admin of ${accountName} in Gatehouse.`,
  })
}

const WHY: Readonly<Record<NonNullable<ApprovalNeed>, string>> = {
  'password-reset':
    'That password was reset by mail less than 24 hours ago, so whoever reads their mail may have it, and the mailbox alone is not enough.',
  'factor-missing':
    'The account requires a second factor of its admins, and they have none yet, so the mailbox alone is not enough.',
}
