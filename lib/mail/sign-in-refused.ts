import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/**
 * Tells somebody that their right password was given at an address that the allowlist refused. Times are UTC;
 * `device` comes out of a closed list.
 */
export function signInRefusedMail(facts: {
  agentName: string
  accountName: string
  /** Null: the address is unknown. */
  address: string | null
  /** "Control Panel", "Mobile app". */
  surface: string
  device: string
  at: Date
  url: string
}): Message {
  const place = facts.address ?? 'an unknown address'
  return composeMail({
    subject: `Your password was used at ${place}`,
    heading: 'A sign-in with your password was refused',
    opening: [
      `${facts.agentName}, somebody signed in with your e-mail and your right password, but ${facts.address ? `${place} is not on the allowlist of ${facts.accountName}` : 'from an address that Gatehouse cannot tell'}. They were not let in.`,
    ],
    facts: [
      ['IP address', facts.address ?? 'unknown'],
      ['When', formatUtc(facts.at)],
      ['Where to', facts.surface],
      ['Browser', facts.device],
    ],
    action: { label: 'Change your password', url: facts.url },
    closing: [
      'If this was you, nothing is wrong: sign in from an address that is allowed, or follow what the screen says.',
      'If this wasn’t you, somebody knows your password. Change it now, and tell your admins.',
    ],
    footer: `You get this at most once an hour for each network, because you have a place in ${facts.accountName} in Gatehouse.`,
  })
}
