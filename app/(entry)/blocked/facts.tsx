import { CopyButton } from '@/components/ui/copy-button'
import { DescriptionList } from '@/components/ui/description-list'
import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import type { Refusal } from '@/lib/server/refusal'

export function Facts({ refusal }: { refusal: Refusal }) {
  const { client, person, at } = refusal
  const address = client.address && formatAddress(client.address)
  return (
    <DescriptionList
      className="rounded-lg border border-line bg-sunken px-4 py-3"
      items={[
        {
          term: 'Your IP address',
          detail: address ? (
            <span className="-mt-0.5 -mb-1.5 block *:align-middle sm:-mt-1.5">
              <Mono className="text-base font-medium">{address}</Mono>{' '}
              <CopyButton value={address} what="IP address" />
            </span>
          ) : (
            'Unknown'
          ),
        },
        { term: 'Refused', detail: <Time at={at} /> },
        { term: 'You are', detail: person.name },
      ]}
    />
  )
}
