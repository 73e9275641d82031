'use client'

import { useState } from 'react'
import { Callout } from '@/components/ui/callout'
import { Disclosure } from '@/components/ui/disclosure'
import { SubmitButton } from '@/components/ui/submit-button'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import { countOf, nameSome } from '@/lib/core/allowlist-words'
import { formatRange } from '@/lib/core/range'
import type { Suggestions as Suggested, SuggestedRange } from '@/lib/core/suggested-ranges'
import { focusOn, PutOnList } from './put-on-list'
import { dismissSuggestionAction } from './range-actions'
import { useAsked } from './use-asked'

/** Has the focus once a suggestion was taken or left. */
const HEADING = 'suggestions'

interface SuggestionsProps {
  suggestions: Suggested
  isOpen: boolean
}

/** Ranges that recent sign-ins speak for, each to be put on the list or left; and addresses that look like a proxy. */
export function Suggestions({ suggestions: { ranges, more, suspects }, isOpen }: SuggestionsProps) {
  const dismissed = useAsked(dismissSuggestionAction, { onDone: () => focusOn(HEADING) })
  // The list is no longer empty after the first one was taken; the others stay in sight.
  const [isOpenAtFirst] = useState(isOpen)
  if (ranges.length + suspects.length === 0) return null
  return (
    <section
      aria-labelledby={HEADING}
      className="mb-6 rounded-lg border border-line bg-surface px-4 py-3 text-sm shadow-card sm:px-6"
    >
      <Disclosure
        isOpen={isOpenAtFirst}
        summary={
          <span id={HEADING} tabIndex={-1} className="outline-none">
            {headlineOf(ranges.length + more)}
          </span>
        }
      >
        <p className="text-muted">
          From where people signed in during the last 30 days, and what no range holds.
        </p>
        {ranges.length > 0 && (
          <ul className="mt-2 divide-y divide-line">
            {ranges.map((suggestion) => (
              <Suggestion key={suggestion.range.start} suggestion={suggestion} dismiss={dismissed.send} />
            ))}
            {more > 0 && <li className="py-2.5 text-muted">and {more.toLocaleString('en')} more</li>}
          </ul>
        )}
        {suspects.map(({ address, people }) => (
          <Callout key={address} tone="warning" className="mt-3">
            {nameSome(people)} came from <span className="font-mono">{formatAddress(address)}</span>, a
            private address. Most likely that is a proxy that nobody declared: the operator should set{' '}
            <span className="font-mono">TRUSTED_PROXIES={formatAddress(address)}</span>. If these people are
            in your own network, add its range by hand.
          </Callout>
        ))}
      </Disclosure>
    </section>
  )
}

function headlineOf(count: number): string {
  return count > 0
    ? `${countOf(count, 'suggested range')} from recent sign-ins`
    : 'Sign-ins from a private address'
}

function Suggestion({
  suggestion,
  dismiss,
}: {
  suggestion: SuggestedRange
  dismiss: (form: FormData) => void
}) {
  const { people, lastAtMs, isEverybodys } = suggestion
  const range = formatRange(suggestion.range)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
      <p className="min-w-0 flex-1 basis-60 wrap-anywhere">
        <span className="font-mono font-medium">{range}</span>{' '}
        <span className="block text-muted">
          {nameSome(people)}, last <Time at={lastAtMs} dateOnly relative="beside" />
        </span>
        {isEverybodys && (
          <span className="mt-1 block text-warning-ink">
            Everybody came from this one address. If it isn’t your office or VPN, it is a proxy that nobody
            declared: adding it would let in everybody behind it.
          </span>
        )}
      </p>
      <div className="flex gap-2">
        <PutOnList range={range} description={nameSome(people)} label="Add" focusAfter={HEADING} />
        <form action={dismiss}>
          <input type="hidden" name="range" value={range} />
          <SubmitButton variant="ghost" size="sm">
            Dismiss<span className="sr-only"> {range}</span>
          </SubmitButton>
        </form>
      </div>
    </li>
  )
}
