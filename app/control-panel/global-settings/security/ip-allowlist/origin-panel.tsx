import { Badge } from '@/components/ui/badge'
import { Callout } from '@/components/ui/callout'
import { Disclosure } from '@/components/ui/disclosure'
import { Mono } from '@/components/ui/mono'
import { type Crowd, warnAboutAddresses } from '@/lib/core/address-warnings'
import type { ClientAddress, Hop } from '@/lib/core/client-address'
import { describeClientAddress } from '@/lib/core/client-address-words'

interface OriginPanelProps {
  client: ClientAddress
  headerName: string
  crowd: Crowd | null
}

/** "Where you seem to come from": each step from the connection to the address that counts, and the usual mistakes. */
export function OriginPanel({ client, headerName, crowd }: OriginPanelProps) {
  const warnings = warnAboutAddresses(client, headerName, crowd)
  const hint = warnings.length > 0 && <Badge tone="warning">Look at this</Badge>
  return (
    <Disclosure summary="Where you seem to come from" beside={hint}>
      <ol className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface text-sm">
        {client.trace.map((hop, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the trace never changes, and a hop may come twice
            key={at}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[15rem_minmax(0,1fr)_auto]"
          >
            <span className="text-muted">
              {hop.from === 'peer' ? 'The connection' : `${headerName}, ${place(at)}`}
            </span>
            <Mono>{hop.text || '(nothing)'}</Mono>
            <span className="justify-self-start">
              <HopState hop={hop} />
            </span>
          </li>
        ))}
      </ol>
      {client.address && (
        <p className="mt-3 max-w-prose text-sm text-muted">{describeClientAddress(client, headerName)}</p>
      )}
      {warnings.map((warning) => (
        <Callout key={warning} tone="warning" className="mt-3">
          {warning}
        </Callout>
      ))}
    </Disclosure>
  )
}

/** Hops are read from the right; the first step is the connection itself. */
function place(step: number): string {
  return step === 1 ? 'last entry' : `entry ${step} from the right`
}

function HopState({ hop }: { hop: Hop }) {
  if (hop.address === null) return <Badge tone="danger">Not an address</Badge>
  if (!hop.taken) return <Badge>Trusted proxy, passed over</Badge>
  return (
    <Badge tone="success" dot>
      {hop.trusted ? 'Trusted proxy, taken for you' : 'Taken for you'}
    </Badge>
  )
}
