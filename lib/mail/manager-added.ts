import { formatUtc } from './authorization-link'
import type { Notice } from './notice'

/** By which way somebody came by Manage Security. */
export type AddedHow = 'created' | 'accepted' | 'granted' | 'enabled'

/** Somebody may manage security from now on. Times are UTC. */
export function managerAddedNotice(facts: {
  how: AddedHow
  name: string
  email: string
  isAdmin: boolean
  /** Who did it; for an invitation, who sent it. */
  by: string
  accountName: string
  at: Date
  url: string
}): Notice {
  const { name, accountName } = facts
  const line = sentenceOf(facts)
  return {
    line,
    letter: {
      subject: `${name} can manage security of ${accountName}`,
      heading: `${name} can manage security now`,
      opening: [
        line,
        `${facts.isAdmin ? 'As an admin they may change everything' : 'They may change the IP allowlist and read both logs'}.`,
      ],
      facts: [
        ['Who', `${name} (${facts.email})`],
        ['When', formatUtc(facts.at)],
      ],
      action: { label: 'Open Agents', url: facts.url },
      closing: [`If they should not have it, take it away under People, Agents, and talk to ${facts.by}.`],
    },
  }
}

function sentenceOf({ how, name, by }: { how: AddedHow; name: string; by: string }): string {
  switch (how) {
    case 'created':
      return `${by} added ${name}, who may manage security.`
    case 'accepted':
      return `${name} accepted an invitation from ${by}, and may manage security.`
    case 'granted':
      return `${by} gave ${name} the permission to manage security.`
    case 'enabled':
      return `${by} enabled ${name} again, who may manage security.`
  }
}
