import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

interface From {
  /** Null: unknown. */
  address: string | null
  device: string
}

/** The mail with which somebody chooses a new password. Times are UTC; `device` comes out of a closed list. */
export function passwordResetMail(
  facts: From & { agentName: string; accountName: string; requestedAt: Date; expiresAt: Date; url: string },
): Message {
  return composeMail({
    subject: 'Choose a new password',
    heading: 'Choose a new password',
    opening: [
      `${facts.agentName}, somebody asked for a new password for your place in ${facts.accountName}. Yours still holds until you choose another.`,
    ],
    facts: [
      ['When', formatUtc(facts.requestedAt)],
      ['IP address', facts.address ?? 'unknown'],
      ['Browser', facts.device],
    ],
    action: { label: 'Choose a new password', url: facts.url },
    closing: [
      `The link works once, until ${formatUtc(facts.expiresAt)}. Choosing a password signs you out everywhere.`,
      'If this wasn’t you, there is nothing to do: without this mail nobody can change your password. If it goes on, tell your admins.',
    ],
    footer: `You get this because you have a place in ${facts.accountName} in Gatehouse.`,
  })
}

export type ChangedHow = 'by-mail' | 'by-themself' | 'by-admin' | 'by-operator'

const HOW: Readonly<Record<ChangedHow, string>> = {
  'by-mail': 'with the link in a mail to you',
  'by-themself': 'by somebody who was signed in as you and gave your old password',
  'by-admin': 'by somebody who manages agents, who has a temporary one for you',
  'by-operator': 'by the operator of Gatehouse',
}

/** Tells somebody that their password was changed, whoever did it. Times are UTC. */
export function passwordChangedMail(facts: {
  agentName: string
  accountName: string
  how: ChangedHow
  /** Null: unknown. */
  address: string | null
  at: Date
  url: string
}): Message {
  return composeMail({
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    opening: [
      `${facts.agentName}, your password for ${facts.accountName} was changed ${HOW[facts.how]}. Other sessions, the mobile app included, have ended.`,
    ],
    facts: [
      ['When', formatUtc(facts.at)],
      ['IP address', facts.address ?? 'unknown'],
    ],
    closing: [
      'If you know about this, there is nothing to do.',
      `If this wasn’t you, somebody else may be able to sign in as you or to read your mail. Choose a new password at ${facts.url} and tell your admins at once.`,
    ],
    footer: `You get this because you have a place in ${facts.accountName} in Gatehouse.`,
  })
}
