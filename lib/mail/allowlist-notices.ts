import { formatUtc } from './authorization-link'
import type { Notice } from './notice'

/** Who changed the list of which account, from where, when. */
export interface ListChange {
  actorName: string
  accountName: string
  /** Null: unknown. */
  address: string | null
  /** "the web", "the command line". */
  via: string
  at: Date
  url: string
}

/** The allowlist was turned on or off. Times are UTC. */
export function allowlistSwitchedNotice(
  facts: ListChange & {
    enabled: boolean
    /** Ranges in force. */
    ranges: number
    /** False: the list is empty. */
    hasRanges: boolean
  },
): Notice {
  const { actorName, accountName } = facts
  const state = facts.enabled ? 'on' : 'off'
  return tell(facts, {
    line: `${actorName} turned the IP allowlist ${state}.`,
    subject: `The IP allowlist of ${accountName} was turned ${state}`,
    heading: `The IP allowlist is ${state}`,
    opening: [`${actorName} turned the IP allowlist of ${accountName} ${state}.`, inForce(facts)],
  })
}

function inForce({ enabled, ranges, hasRanges }: Parameters<typeof allowlistSwitchedNotice>[0]): string {
  if (!enabled) return 'People can sign in from any address now.'
  if (!hasRanges) return 'The list is still empty: until a range is added, everyone can sign in.'
  if (ranges === 0) return 'All of its ranges are disabled or expired: nobody can sign in now.'
  return `From now on people can sign in only from ${ranges === 1 ? 'one range' : `${ranges} ranges`}. Running sessions go on.`
}

/** The last range was deleted. */
export function allowlistEmptiedNotice(facts: ListChange & { enabled: boolean }): Notice {
  const { actorName, accountName } = facts
  return tell(facts, {
    line: `${actorName} deleted the last range.`,
    subject: `The IP allowlist of ${accountName} is empty`,
    heading: 'The IP allowlist is empty',
    opening: [
      `${actorName} deleted the last range of the IP allowlist of ${accountName}.`,
      facts.enabled
        ? 'The list is on, and empty it holds nobody back: until a range is added, everyone can sign in.'
        : 'The list is off. Turned on while it is empty, it would hold nobody back.',
    ],
  })
}

/** The ranges in force have come to hold every address of a family. */
export function allowlistOpenedNotice(
  facts: ListChange & { enabled: boolean; families: readonly (4 | 6)[] },
): Notice {
  const { actorName, accountName } = facts
  const every = `every ${facts.families.map((family) => `IPv${family}`).join(' and ')} address`
  return tell(facts, {
    line: `${actorName} opened the list to ${every}.`,
    subject: `The IP allowlist of ${accountName} holds ${every}`,
    heading: `The list holds ${every}`,
    opening: [
      `${actorName} changed the IP allowlist of ${accountName} so that its ranges hold ${every}.`,
      facts.enabled
        ? 'Whoever has such an address can sign in now, from anywhere.'
        : 'The list is off. Turned on, it would let whoever has such an address in, from anywhere.',
    ],
  })
}

function tell(
  { actorName, address, via, at, url }: ListChange,
  { line, ...letter }: { line: string; subject: string; heading: string; opening: string[] },
): Notice {
  return {
    line,
    letter: {
      ...letter,
      facts: [
        ['When', formatUtc(at)],
        ['From', address ? `${address}, through ${via}` : via],
      ],
      action: { label: 'Open the IP Allowlist', url },
      closing: [
        `If nobody should have done this, talk to ${actorName} and look at who may manage security under People, Agents.`,
      ],
    },
  }
}
