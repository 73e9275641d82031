import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { Mono } from '@/components/ui/mono'
import { formatAddress } from '@/lib/core/address'
import { describeIdle, describeVerdict } from '@/lib/core/address-check'
import { identifyRange } from '@/lib/core/range'
import { SURFACE_WORDS } from '@/lib/core/sign-in-words'
import type { AddressCheck } from '@/lib/data/address-check'
import { PutOnList } from './put-on-list'

/** Has the focus once the address was added. */
const ANSWER = 'check-address-answer'

/** The answer about one address: on which surface, yes or no, why, and by which range. */
export function Verdicts({ check }: { check: AddressCheck }) {
  const { enabled, ifOn, range, idle } = check
  const address = formatAddress(check.address)
  const isRefused = ifOn.some(({ verdict }) => !verdict.admit)
  return (
    <div className="relative mt-3 rounded-md border border-line bg-surface p-4 text-sm">
      <p id={ANSWER} tabIndex={-1} className={cn('outline-none wrap-anywhere', isRefused && 'sm:pr-48')}>
        <strong className="font-medium">
          <Mono>{address}</Mono>
        </strong>{' '}
        {enabled ? 'now:' : 'gets in everywhere, because the IP Allowlist is off. If it were on:'}
      </p>
      <ul className="mt-3 flex flex-col gap-2.5">
        {ifOn.map(({ surfaces, verdict }) => (
          <li key={verdict.because} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="w-19">
              <Badge tone={verdict.admit ? 'success' : 'danger'} dot>
                {verdict.admit ? 'Gets in' : 'Refused'}
              </Badge>
            </span>{' '}
            <span className="font-medium">
              {surfaces.map((surface) => SURFACE_WORDS[surface]).join(', ')}
            </span>{' '}
            <span className="min-w-0 text-muted wrap-anywhere">
              {describeVerdict(verdict, range && identifyRange(range))}
            </span>
          </li>
        ))}
      </ul>
      {idle.map((one) => (
        <p key={one.id} className="mt-2.5 text-muted wrap-anywhere">
          {describeIdle(identifyRange(one), one.state, range !== null)}
        </p>
      ))}
      {isRefused && (
        <div className="mt-4 sm:absolute sm:top-3 sm:right-3 sm:mt-0">
          <PutOnList range={address} focusAfter={ANSWER} />
        </div>
      )}
    </div>
  )
}
