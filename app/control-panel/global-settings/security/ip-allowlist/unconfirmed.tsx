import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { TimeLeft } from '@/components/ui/time-left'
import { formatAddress } from '@/lib/core/address'
import type { Proof, Unconfirmed } from '@/lib/data/unconfirmed-changes'
import { UnconfirmedDesk, UnconfirmedForm } from './unconfirmed-form'

const YOURS: Record<Proof, string> = {
  fresh: 'You signed in after it, so you can.',
  older:
    'Your own sign-in began before it. Stay signed in here, and sign in once more at an address on the list, in another browser or on your phone; or ask a colleague who can.',
  'list-off': 'The list was off when you signed in: sign in again once it is on, or ask a colleague.',
}

interface UnconfirmedChangesProps {
  changes: readonly Unconfirmed[]
  now: Date
}

/** Changes that refuse the address they were made from, with the time left to confirm them; nothing when there are none. */
export function UnconfirmedChanges({ changes, now }: UnconfirmedChangesProps) {
  return (
    <UnconfirmedDesk>
      {changes.length > 0 && (
        <section aria-label="Changes to confirm" className="flex flex-col gap-3">
          {changes.map(({ id, sentence, address, madeAt, dueAt, proof }) => (
            <Callout
              key={id}
              tone="warning"
              title={
                <>
                  {sentence}. It is undone in <TimeLeft until={dueAt.toISOString()} nowMs={now.getTime()} />
                </>
              }
              actions={<UnconfirmedForm id={id} of={sentence} canConfirm={proof === 'fresh'} />}
            >
              This change of <Time at={madeAt} /> refuses{' '}
              {address ? (
                <>
                  <span className="font-mono">{formatAddress(address)}</span>, the address it was made from
                </>
              ) : (
                'whoever made it'
              )}
              . It stays only if somebody who manages security confirms it from a sign-in that began after it.{' '}
              {YOURS[proof]}
            </Callout>
          ))}
        </section>
      )}
    </UnconfirmedDesk>
  )
}
