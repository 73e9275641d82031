import { formatUtc } from './authorization-link'
import { composeMail, type Letter, type Message } from './compose'

/** What somebody who manages security is told about one change: as a mail of its own, or as a line among others. */
export interface Notice {
  /** One sentence: who did what. */
  line: string
  letter: Omit<Letter, 'footer'>
}

/** Whom the notices are for, and where they choose them. */
export interface NoticeReader {
  accountName: string
  choiceUrl: string
}

/** What is said of a notice that only another version of Gatehouse can read. */
const UNREADABLE: Notice = {
  line: 'Something that this version of Gatehouse has no words for; the Audit Log says what it was.',
  letter: {
    subject: 'A notice that this version of Gatehouse has no words for',
    heading: 'Something happened',
    opening: [
      'Another version of Gatehouse left this notice, and this one cannot read it. The Audit Log says what happened.',
    ],
  },
}

/** A notice as it was stored, by whatever version: none stops what is told along with it. */
export function readNotice(content: string): Notice {
  try {
    const notice: Notice = JSON.parse(content)
    composeMail({ ...notice.letter, footer: '' })
    return typeof notice.line === 'string' ? notice : UNREADABLE
  } catch {
    return UNREADABLE
  }
}

/** The mail of one notice. */
export function noticeMail({ letter }: Notice, reader: NoticeReader): Message {
  return composeMail({ ...letter, footer: footerFor(reader) })
}

/** One mail instead of a flood: what happened since the last mail of this kind. Times are UTC. */
export function summaryMail(
  notices: readonly (Notice & { at: Date })[],
  facts: NoticeReader & { happened: string; url: string },
): Message {
  const { accountName, happened } = facts
  return composeMail({
    subject: `${accountName}: ${notices.length} times ${happened}`,
    heading: `${notices.length} times ${happened}`,
    opening: [
      `You were mailed the first of these at once. Since then, within a few minutes, this happened in ${accountName} as well:`,
    ],
    facts: notices.map(({ line, at }) => [formatUtc(at), line]),
    action: { label: 'Open the Audit Log', url: facts.url },
    closing: ['If nobody should have done this, look at who may manage security under People, Agents.'],
    footer: footerFor(facts),
  })
}

function footerFor({ accountName, choiceUrl }: NoticeReader): string {
  return `You get this because you manage security of ${accountName} in Gatehouse. Choose what you are told about: ${choiceUrl}`
}
