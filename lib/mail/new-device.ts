import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** Tells somebody of a sign-in on a device that was not known. Times are UTC; `device` comes out of a closed list. */
export function newDeviceMail(facts: {
  agentName: string
  accountName: string
  device: string
  /** "Control Panel", "Mobile app". */
  surface: string
  /** Null: unknown. */
  address: string | null
  at: Date
  url: string
}): Message {
  return composeMail({
    subject: `New sign-in: ${facts.device}`,
    heading: 'You signed in on a new device',
    opening: [
      `${facts.agentName}, somebody signed in to ${facts.accountName} as you, on a device that you had not used before.`,
    ],
    facts: [
      ['Device', facts.device],
      ['IP address', facts.address ?? 'unknown'],
      ['When', formatUtc(facts.at)],
      ['Where to', facts.surface],
    ],
    action: { label: 'See where you are signed in', url: facts.url },
    closing: [
      'If this was you, there is nothing to do.',
      'If this wasn’t you, somebody knows your password. Change it now: that ends every other session. Then tell your admins.',
    ],
    footer: `You get this because you have a place in ${facts.accountName} in Gatehouse.`,
  })
}
