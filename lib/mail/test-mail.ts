import { formatUtc } from './authorization-link'
import { composeMail, type Message } from './compose'

/** Shows that mail of this Gatehouse arrives. */
export function testMail(facts: { appUrl: string; at: Date }): Message {
  return composeMail({
    subject: 'Gatehouse can send mail',
    heading: 'Mail works',
    opening: ['Somebody who is setting up Gatehouse asked for this mail. There is nothing to do.'],
    facts: [
      ['Address of Gatehouse', facts.appUrl],
      ['When', formatUtc(facts.at)],
    ],
    footer: 'You get this because your address was typed into the set-up page of Gatehouse.',
  })
}
