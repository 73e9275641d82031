import { formatUtc } from './authorization-link'
import type { Notice } from './notice'

/** Which link it is about. `device` comes out of a closed list. */
interface AboutLink {
  agentName: string
  accountName: string
  address: string
  device: string
  requestedAt: Date
  at: Date
}

/** An admin who was refused put an address on the list with a link. Times are UTC. */
export function linkUsedNotice(facts: AboutLink & { until: Date | null; url: string }): Notice {
  const { agentName, accountName, address, until } = facts
  return {
    line: `${agentName} authorized ${address}.`,
    letter: {
      subject: `${agentName} authorized ${address} to sign in`,
      heading: 'A link added an address',
      opening: [
        `${agentName} was refused at ${address}, and put that address on the IP allowlist of ${accountName} with the link from an e-mail.`,
      ],
      facts: [
        ...aboutLink(facts),
        ['Authorized', formatUtc(facts.at)],
        ['Kept', until ? `until ${formatUtc(until)}` : 'until somebody takes it off'],
      ],
      action: { label: 'Open the IP Allowlist', url: facts.url },
      closing: [
        `If ${agentName} is not at that address, somebody has both their password and their mailbox: take the address off the list, and disable ${agentName} under People, Agents.`,
      ],
    },
  }
}

/** An admin denied having asked for a link. Times are UTC. */
export function linkDeniedNotice(facts: AboutLink): Notice {
  const { agentName, accountName, address } = facts
  return {
    line: `${agentName} did not request access from ${address}.`,
    letter: {
      subject: `${agentName} did not request access from ${address}`,
      heading: 'A request for access was reported',
      opening: [
        `Somebody with the password of ${agentName} asked to authorize an IP address of ${accountName}. ${agentName} says it wasn’t them. Nothing was authorized.`,
      ],
      facts: [...aboutLink(facts), ['Reported', formatUtc(facts.at)]],
      closing: [
        `Until ${agentName} changes the password, no new link is sent. Make sure that happens soon, from an address on the allowlist, or give a new temporary password under People, Agents.`,
      ],
    },
  }
}

function aboutLink({ address, requestedAt, device }: AboutLink): (readonly [string, string])[] {
  return [
    ['IP address', address],
    ['When', formatUtc(requestedAt)],
    ['Browser', device],
  ]
}
