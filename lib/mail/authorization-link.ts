import { composeMail, type Message } from './compose'

/** The mail with which an admin lets a new address in. Times are UTC; `device` comes out of a closed list. */
export function authorizationLinkMail(facts: {
  agentName: string
  accountName: string
  address: string
  device: string
  requestedAt: Date
  latestEnd: Date
  url: string
}): Message {
  return composeMail({
    subject: `Authorize ${facts.address} to sign in`,
    heading: 'Authorize a new IP address?',
    opening: [
      `${facts.agentName}, somebody signed in with your e-mail and password from an IP address that is not on the allowlist of ${facts.accountName}, and asked for this link.`,
    ],
    facts: [
      ['IP address', facts.address],
      ['When', formatUtc(facts.requestedAt)],
      ['Browser', facts.device],
    ],
    action: { label: 'Review and authorize', url: facts.url },
    closing: [
      `The link works once, for 10 minutes from when this mail was sent, and until ${formatUtc(facts.latestEnd)} at the latest. Opening it changes nothing: you decide on the page.`,
      'If this wasn’t you, somebody has your password. Open the link, choose “I didn’t request this”, and change your password.',
    ],
    footer: `You get this because you are an admin of ${facts.accountName} in Gatehouse.`,
  })
}

/** "2026-11-23 14:05 UTC". */
export function formatUtc(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
