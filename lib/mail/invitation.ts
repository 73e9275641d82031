import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** Invites somebody to a place in an account. Times are UTC. */
export function invitationMail(facts: {
  name: string
  invitedBy: string
  accountName: string
  /** What they will be able to do, in words. */
  rights: readonly string[]
  expiresAt: Date
  url: string
}): Message {
  return composeMail({
    subject: `${facts.invitedBy} invites you to ${facts.accountName}`,
    heading: `Your place in ${facts.accountName}`,
    opening: [
      `${facts.name}, ${facts.invitedBy} invites you to ${facts.accountName} in Gatehouse. Choose a password, and you can sign in.`,
    ],
    facts: facts.rights.map((right, at) => [at === 0 ? 'You will be able to' : 'And to', lowerFirst(right)]),
    action: { label: 'Accept the invitation', url: facts.url },
    closing: [
      `The link works once, until ${formatUtc(facts.expiresAt)}.`,
      'If you don’t know what this is about, there is nothing to do: without you the invitation lapses.',
    ],
    footer: `You get this because ${facts.invitedBy} typed your e-mail address into Gatehouse.`,
  })
}

/** Tells somebody who has a place in another account why they can't be invited; the inviter is told nothing. */
export function addressInUseMail(facts: {
  name: string
  invitedBy: string
  accountName: string
  ownAccountName: string
}): Message {
  return composeMail({
    subject: `${facts.invitedBy} invites you to ${facts.accountName}`,
    heading: 'Your e-mail address is in use already',
    opening: [
      `${facts.name}, ${facts.invitedBy} invites you to ${facts.accountName} in Gatehouse. Your address belongs to your place in ${facts.ownAccountName} already, and an address belongs to one place only.`,
      `${facts.invitedBy} was not told so.`,
    ],
    closing: [
      `If you want to accept, ask ${facts.invitedBy} to invite another address of yours. Otherwise there is nothing to do.`,
    ],
    footer: `You get this because you have a place in ${facts.ownAccountName} in Gatehouse.`,
  })
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
