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
    /** Turned off for a time: when it turns itself on again, and why it was turned off. */
    ending: { until: Date; reason: string } | null
    /** Turned on from an address that the list refuses: it is undone then, unless somebody confirms it. */
    confirmUntil: Date | null
    /** Ranges in force. */
    ranges: number
    /** False: the list is empty. */
    hasRanges: boolean
  },
): Notice {
  const { actorName, accountName, ending, confirmUntil } = facts
  const state = facts.enabled ? 'on' : 'off'
  const until = ending ? ` until ${formatUtc(ending.until)}` : ''
  return tell(facts, {
    line: `${actorName} turned the IP allowlist ${state}${until}.`,
    subject: `The IP allowlist of ${accountName} was turned ${state}`,
    heading: `The IP allowlist is ${state}`,
    opening: [
      `${actorName} turned the IP allowlist of ${accountName} ${state}${until}.`,
      ...(ending ? [`Reason: ${ending.reason}`] : []),
      inForce(facts),
      ...(confirmUntil
        ? [
            `The list refuses the address it was turned on from. So it is turned off again at ${formatUtc(confirmUntil)}, unless you or somebody else who manages security confirms it on the page IP Allowlist, after a sign-in that began later.`,
          ]
        : []),
    ],
  })
}

/** The list, turned off for a time, turned itself on again. Times are UTC. */
export function allowlistResumedNotice(facts: {
  accountName: string
  /** Who turned it off, until when and why. */
  off: { byName: string; until: Date; reason: string }
  ranges: number
  hasRanges: boolean
  url: string
}): Notice {
  const { accountName, off } = facts
  return {
    line: 'The IP allowlist turned itself on again.',
    letter: {
      subject: `The IP allowlist of ${accountName} is on again`,
      heading: 'The IP allowlist is on again',
      opening: [
        `${off.byName} turned the IP allowlist of ${accountName} off for a time. That time is over, and the list turned itself on again.`,
        inForce({ ...facts, enabled: true }),
      ],
      facts: [
        ['Off until', formatUtc(off.until)],
        ['Reason', off.reason],
      ],
      action: { label: 'Open the IP Allowlist', url: facts.url },
    },
  }
}

/** A change that shut its maker out was undone, or could not be. */
export function changeRevertedNotice(facts: {
  /** "Ana Silva turned the IP Allowlist on". */
  sentence: string
  accountName: string
  madeAt: Date
  /** From where it was made; null when that is unknown. */
  address: string | null
  /** Who undid it; null: nobody confirmed it in time. */
  by: string | null
  /** Why it could not be undone; null: it was. */
  obstacle: string | null
  url: string
}): Notice {
  const { accountName, sentence, obstacle, by } = facts
  const title = `A change of the IP allowlist ${obstacle ? 'could not be' : 'was'} undone`
  return {
    line: `${title}: ${sentence}.`,
    letter: {
      subject: `${title}: ${accountName}`,
      heading: title,
      opening: [
        `${sentence}. That change refuses the address it was made from.`,
        by ? `${by} undid it.` : 'Nobody confirmed it in time from a sign-in that began after it.',
        obstacle
          ? `It stays as it is, because ${obstacle} Please look at the list.`
          : 'The list is as it was before in this one thing; every other change since has stayed.',
      ],
      facts: [
        ['Made', formatUtc(facts.madeAt)],
        ['From', facts.address ?? 'unknown'],
      ],
      action: { label: 'Open the IP Allowlist', url: facts.url },
    },
  }
}

function inForce(facts: {
  enabled: boolean
  ranges: number
  hasRanges: boolean
  ending?: { until: Date } | null
}): string {
  const { enabled, ranges, hasRanges, ending } = facts
  if (!enabled)
    return ending
      ? 'People can sign in from any address until then. After that it turns itself on again.'
      : 'People can sign in from any address now.'
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
