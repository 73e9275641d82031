/** What people who manage security are told about by e-mail, each of which they can do without. */
export const NOTICE_KINDS = [
  'allowlist-switched',
  'allowlist-emptied',
  'allowlist-opened',
  'change-reverted',
  'link-used',
  'link-denied',
  'manager-added',
] as const

export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** A person gets at most one mail of a kind in this time: the first at once, the rest in one at its end. */
export const NOTICE_WINDOW_MS = 5 * 60_000

/** How a choice names each kind, and what the subject of a summary says happened. */
export const NOTICE_WORDS: Readonly<
  Record<NoticeKind, { label: string; explanation: string; happened: string }>
> = {
  'allowlist-switched': {
    label: 'The IP Allowlist is turned on or off',
    explanation: 'By an admin, by the operator at the command line, or by itself.',
    happened: 'the IP allowlist was turned on or off',
  },
  'allowlist-emptied': {
    label: 'The list is emptied',
    explanation: 'Its last range is deleted, so that it holds nobody back any more.',
    happened: 'the IP allowlist was emptied',
  },
  'allowlist-opened': {
    label: 'The list is opened to everything',
    explanation: 'A range, or several together, hold every IPv4 or every IPv6 address.',
    happened: 'the IP allowlist was opened to everything',
  },
  'change-reverted': {
    label: 'A change is undone',
    explanation: 'It refused the address it was made from, and nobody confirmed it.',
    happened: 'a change of the IP allowlist was undone',
  },
  'link-used': {
    label: 'A link adds an address',
    explanation: 'An admin who was refused authorizes an address with the link out of an e-mail.',
    happened: 'a link added an address',
  },
  'link-denied': {
    label: 'Somebody denies a link',
    explanation: 'An admin says of a link: “I didn’t request this”. Somebody has their password.',
    happened: 'somebody denied a link',
  },
  'manager-added': {
    label: 'Somebody gets Manage Security',
    explanation: 'A person is created or accepts an invitation with it, is granted it, or is enabled again.',
    happened: 'somebody got Manage Security',
  },
}

/** The kinds that a stored choice leaves out, none by default; kinds of another version are passed over. */
export function readMuted(stored: string | null): NoticeKind[] {
  const muted = (stored ?? '').split(' ')
  return NOTICE_KINDS.filter((kind) => muted.includes(kind))
}
