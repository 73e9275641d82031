import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** A right password, given by somebody who was not let in. `device` comes out of a closed list. */
export interface PasswordUse {
  agentName: string
  accountName: string
  /** Null: the address is unknown. */
  address: string | null
  /** "Control Panel", "Mobile app". */
  surface: string
  device: string
  at: Date
  url: string
}

/** Tells somebody that their right password was given at an address that the allowlist refused. Times are UTC. */
export function signInRefusedMail(use: PasswordUse): Message {
  const where = use.address
    ? `${use.address} is not on the allowlist of ${use.accountName}`
    : 'from an address that Gatehouse cannot tell'
  return passwordUsedMail(use, {
    subject: `Your password was used at ${placeOf(use)}`,
    heading: 'A sign-in with your password was refused',
    opening: `${use.agentName}, somebody signed in with your e-mail and your right password, but ${where}. They were not let in.`,
    ifYou:
      'If this was you, nothing is wrong: sign in from an address that is allowed, or follow what the screen says.',
  })
}

/** Tells somebody that their right password was given, and then a wrong second factor until it was over. Times are UTC. */
export function secondFactorFailedMail(use: PasswordUse): Message {
  return passwordUsedMail(use, {
    subject: `Your password was used at ${placeOf(use)}, without your second factor`,
    heading: 'A sign-in with your password failed at the second factor',
    opening: `${use.agentName}, somebody gave your e-mail and your right password, and then a wrong second factor too often. They were not let in.`,
    ifYou:
      'If this was you, look whether the clock of your phone is right, or use a recovery code. An admin can reset your second factor.',
  })
}

function placeOf({ address }: PasswordUse): string {
  return address ?? 'an unknown address'
}

function passwordUsedMail(
  use: PasswordUse,
  words: { subject: string; heading: string; opening: string; ifYou: string },
): Message {
  return composeMail({
    subject: words.subject,
    heading: words.heading,
    opening: [words.opening],
    facts: [
      ['IP address', use.address ?? 'unknown'],
      ['When', formatUtc(use.at)],
      ['Where to', use.surface],
      ['Browser', use.device],
    ],
    action: { label: 'Change your password', url: use.url },
    closing: [
      words.ifYou,
      'If this wasn’t you, somebody knows your password. Change it now, and tell your admins.',
    ],
    footer: `You get this at most once an hour for each network, because you have a place in ${use.accountName} in Gatehouse.`,
  })
}
