import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** Tells the other admins that the allowlist was turned on or off. Times are UTC. */
export function allowlistSwitchedMail(facts: {
  enabled: boolean
  actorName: string
  accountName: string
  /** From where it was switched; null when that is unknown. */
  address: string | null
  /** "the web", "the command line". */
  via: string
  at: Date
  /** Ranges in force. */
  ranges: number
  /** False: the list is empty. */
  hasRanges: boolean
  url: string
}): Message {
  const { enabled, actorName, accountName } = facts
  const state = enabled ? 'on' : 'off'
  return composeMail({
    subject: `The IP allowlist of ${accountName} was turned ${state}`,
    heading: `The IP allowlist is ${state}`,
    opening: [`${actorName} turned the IP allowlist of ${accountName} ${state}.`, inForce(facts)],
    facts: [
      ['When', formatUtc(facts.at)],
      ['From', facts.address ? `${facts.address}, through ${facts.via}` : facts.via],
    ],
    action: { label: 'Open the IP Allowlist', url: facts.url },
    closing: [
      `If nobody should have done this, talk to ${actorName} and look at who may manage security under People, Agents.`,
    ],
    footer: `You get this because you are an admin of ${accountName} in Gatehouse.`,
  })
}

function inForce({ enabled, ranges, hasRanges }: Parameters<typeof allowlistSwitchedMail>[0]): string {
  if (!enabled) return 'People can sign in from any address now.'
  if (!hasRanges) return 'The list is still empty: until a range is added, everyone can sign in.'
  if (ranges === 0) return 'All of its ranges are disabled or expired: nobody can sign in now.'
  return `From now on people can sign in only from ${ranges === 1 ? 'one range' : `${ranges} ranges`}. Running sessions go on.`
}
