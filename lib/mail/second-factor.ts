import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** What happened to somebody's second factors. */
export type FactorChange = { deed: 'added' | 'removed'; name: string } | { deed: 'reset'; by: string }

/** Tells somebody that their second factors were changed. Times are UTC. */
export function factorChangedMail(facts: {
  change: FactorChange
  agentName: string
  accountName: string
  /** From where; null when that is unknown. */
  address: string | null
  at: Date
}): Message {
  const { change, agentName, accountName, address, at } = facts
  return composeMail({
    subject: SUBJECTS[change.deed],
    heading: SUBJECTS[change.deed],
    opening: [`${agentName}, ${describe(change)} in Gatehouse at ${accountName}.`],
    facts: [
      ['When', formatUtc(at)],
      ['From', address ?? 'the command line, or an unknown address'],
    ],
    closing: [
      change.deed === 'reset'
        ? 'You were signed out everywhere. Your password alone signs you in until you set up a second factor again, on the page Agent Console; do so soon.'
        : 'If this wasn’t you, somebody is signed in as you: change your password at once, which signs everybody else out, and tell an admin.',
    ],
    footer: `You get this because you have an account at ${accountName} in Gatehouse.`,
  })
}

const SUBJECTS: Readonly<Record<FactorChange['deed'], string>> = {
  added: 'A second factor was added',
  removed: 'A second factor was removed',
  reset: 'Your second factor was reset',
}

function describe(change: FactorChange): string {
  switch (change.deed) {
    case 'added':
      return `“${change.name}” was added to your second factors`
    case 'removed':
      return `“${change.name}” was removed from your second factors`
    case 'reset':
      return `${change.by} reset your second factors`
  }
}
