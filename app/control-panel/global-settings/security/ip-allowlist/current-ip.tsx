import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Mono } from '@/components/ui/mono'
import { formatAddress } from '@/lib/core/address'
import type { ClientAddress } from '@/lib/core/client-address'
import { identifyRange } from '@/lib/core/range'
import type { Coverage } from '@/lib/data/allowlist-state'
import { AddOwnAddress } from './add-own-address'
import { CURRENT_IP_ID } from './current-ip-id'

interface CurrentIpProps {
  client: ClientAddress
  coverage: Coverage
  headerName: string
  /** The empty list offers the same button where the list would be. */
  isListEmpty: boolean
}

/** "Your current IP", whether the list holds it, and the way to add it. */
export function CurrentIp({ client, coverage, headerName, isListEmpty }: CurrentIpProps) {
  if (!client.address) return <UnknownAddress client={client} headerName={headerName} />
  const { range } = coverage
  const address = formatAddress(client.address)
  return (
    <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="min-w-0 *:align-middle">
          <p id={CURRENT_IP_ID} tabIndex={-1} className="inline outline-none wrap-anywhere">
            Your current IP:{' '}
            <strong className="font-medium">
              <Mono className="text-[0.9375rem]">{address}</Mono>
            </strong>
          </p>{' '}
          <CopyButton value={address} what="IP address" />
        </div>
        {range ? (
          <Badge
            tone="success"
            dot
            className="h-auto min-h-6 max-w-full shrink whitespace-normal wrap-anywhere"
          >
            Covered by {identifyRange(range)}
          </Badge>
        ) : (
          <Badge tone="warning" dot>
            Not covered
          </Badge>
        )}
      </div>
      {!range && !isListEmpty && <AddOwnAddress />}
    </div>
  )
}

/** Why the address is unknown, and what the operator can do about it. */
function UnknownAddress({ client, headerName }: Pick<CurrentIpProps, 'client' | 'headerName'>) {
  return (
    <div className="text-sm">
      <p className="text-base">
        Your current IP: <strong className="font-medium">unknown</strong>
      </p>
      <p className="mt-1 max-w-prose text-muted">
        {whyUnknown(client, headerName)} An unknown address is refused as soon as the list has a range.
      </p>
    </div>
  )
}

function whyUnknown({ because, trace }: ClientAddress, headerName: string): string {
  const hop = trace.at(-1)?.text
  switch (because) {
    case 'hop-malformed':
      return `The proxy sent “${hop}” in the header ${headerName}, which is not an address. The operator should look at the proxy and at the settings TRUSTED_PROXIES and CLIENT_IP_HEADER.`
    case 'only-trusted-hops':
      return `Every address in the header ${headerName} is one of the proxies named in TRUSTED_PROXIES. The operator should name only the proxies there, not the people behind them.`
    case 'no-stamp':
    case 'peer-malformed':
      return 'Gatehouse could not see where this request came from. The operator should start Gatehouse with “npm start”.'
    case 'peer-is-client':
    case 'forwarded':
    case 'header-absent':
      return 'Gatehouse could not see where this request came from.'
  }
}
