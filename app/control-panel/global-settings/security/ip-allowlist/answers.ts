import { formatAddress } from '@/lib/core/address'
import type { Question } from '@/lib/core/allowlist-change'
import type { FormState } from '@/lib/core/form-state'
import type { Actor } from '@/lib/core/permissions'
import { coversWholeFamily, formatRange, type Range } from '@/lib/core/range'
import { RANGES_MAX, type RangeRow } from '@/lib/data/allowlist'

/** How a lock-out comes about: with the next sign-in, or with the next click. */
export type When = 'next-sign-in' | 'next-click'

/** The question that has to be answered first, in words. */
export function ask(
  question: Question,
  facts: { actor: Actor; when: When; range?: Range; endsLater?: boolean },
): FormState {
  return { status: 'confirm', question, message: explain(question, facts) }
}

function explain(question: Question, { actor, when, range, endsLater }: Parameters<typeof ask>[1]): string {
  const mine = actor.address
    ? `Your current IP ${formatAddress(actor.address)}`
    : 'Your IP address is unknown and'
  switch (question) {
    case 'locks-you-out':
    case 'takes-yours-off': {
      const since = endsLater ? 'would be refused, at the latest when the range expires' : 'would be refused'
      const why = question === 'takes-yours-off' ? ', since this range is that address' : ''
      return when === 'next-click'
        ? `${mine} ${since}${why}. You would be shut out with your next click.`
        : `${mine} ${since}${why}. You stay signed in for now, but can't sign in again from here after logging out.`
    }
    case 'prove-again':
      return 'This lets more people in, so enter your password first.'
    case 'admits-everyone':
      return 'This is the last range. While the list is empty, everyone can sign in from anywhere, although the allowlist is on.'
    case 'covers-everything':
      return `${range && coversWholeFamily(range) ? formatRange(range) : 'This range'} covers every address of its kind: the whole internet would be on the list.`
    case 'undeclared-proxy':
      return 'Requests from this private address carry forwarding headers, so it is most likely a proxy in front of Gatehouse that nobody declared. Everyone behind it, maybe the whole internet, would be let in. Better: the operator names the proxy in TRUSTED_PROXIES.'
  }
}

/** Good news, in one sentence or two. */
export function done(
  message: string,
  extra: { addedMine: boolean; sessionsEnded: number; confirmUntil: Date | null },
  actor: Actor,
): FormState {
  const parts = [message]
  if (extra.addedMine && actor.address) parts.push(`${formatAddress(actor.address)} is on the list.`)
  if (extra.sessionsEnded > 0)
    parts.push(
      extra.sessionsEnded === 1 ? '1 session was ended.' : `${extra.sessionsEnded} sessions were ended.`,
    )
  if (extra.confirmUntil)
    parts.push('It is undone in 10 minutes, unless somebody who signs in after it confirms it.')
  return { status: 'done', message: parts.join(' ') }
}

export function duplicate(existing: RangeRow, now: Date): FormState {
  const state = !existing.enabled
    ? ', but disabled'
    : existing.expiresAt && existing.expiresAt <= now
      ? ', but expired'
      : ''
  const name = existing.description ? ` as ${existing.description}` : ''
  return {
    status: 'invalid',
    fieldErrors: { start: `${formatRange(existing)} is on the list already${name}${state}.` },
  }
}

export const EXPIRY_PAST: FormState = {
  status: 'invalid',
  fieldErrors: { expiresAt: 'This time has passed. Choose one that is still to come.' },
}

export const LIST_FULL: FormState = {
  status: 'refused',
  message: `The list is full: it holds at most ${RANGES_MAX.toLocaleString('en')} ranges. Delete some, or join neighbours into one.`,
}

/** Of many ranges, when so many would still fit. */
export function listFull(room: number): FormState {
  if (room <= 0) return LIST_FULL
  const most = RANGES_MAX.toLocaleString('en')
  return {
    status: 'refused',
    message: `The list holds at most ${most} ranges, so there is room for ${room.toLocaleString('en')} more. Nothing was imported.`,
  }
}

export function gone(): FormState {
  return {
    status: 'refused',
    isFinal: true,
    message: 'Somebody deleted this range meanwhile. Nothing was changed.',
  }
}

export function overtaken(current: RangeRow, deed: 'saved' | 'deleted'): FormState {
  return {
    status: 'refused',
    isFinal: true,
    message: `Somebody else changed this range meanwhile, so nothing was ${deed}. It now reads ${identify(current)}. Close this, look at it, and make your change again.`,
  }
}

/** "198.51.100.0/24 (Office)". */
export function identify(range: Range & { description: string }): string {
  return range.description ? `${formatRange(range)} (${range.description})` : formatRange(range)
}
