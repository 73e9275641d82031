import { ShieldCheck } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { Arrival } from '@/components/ui/arrival'
import { Mono } from '@/components/ui/mono'
import { formatAddress } from '@/lib/core/address'
import type { Refusal } from '@/lib/server/refusal'
import { TryAgainForm } from './try-again-form'

/** The link was used, or somebody changed the list, while this screen was open. */
export function Allowed({ refusal }: { refusal: Refusal }) {
  const { address } = refusal.client
  return (
    <EntryFrame icon={<ShieldCheck />} tone="success" width="lg" title="You can go on">
      <Arrival className="text-base outline-none">
        Your address is allowed now
        {address && (
          <>
            : <Mono>{formatAddress(address)}</Mono>
          </>
        )}
        .
      </Arrival>
      <div className="flex flex-wrap gap-3">
        <TryAgainForm
          label="Continue"
          pendingLabel="Signing in…"
          variant="primary"
          to={refusal.destination}
        />
      </div>
    </EntryFrame>
  )
}
