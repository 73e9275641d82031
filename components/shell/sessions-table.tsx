import { Monitor, Smartphone } from 'lucide-react'
import { type Address, formatAddress } from '@/lib/core/address'
import { SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { Badge } from '../ui/badge'
import { Mono } from '../ui/mono'
import { SubmitButton } from '../ui/submit-button'
import { Table, TableBody, TableHead, Td, Th, Tr } from '../ui/table'
import { Time } from '../ui/time'

/** Where somebody is signed in: a web session, or a phone. */
export interface SignedInPlace {
  id: string
  kind: 'web' | 'mobile'
  name: string
  surface: keyof typeof SURFACE_WORDS
  address: string | null
  lastAddress: string | null
  lastSeenAt: Date
}

interface SessionsTableProps {
  caption: string
  places: readonly SignedInPlace[]
  /** The session at hand, which has no button. */
  hereId?: string
  mayEnd?: boolean
}

/** Each place with a button that ends it, for the form around: it sends `end` as "web:ID" or "mobile:ID". */
export function SessionsTable({ caption, places, hereId, mayEnd = true }: SessionsTableProps) {
  return (
    <Table caption={caption}>
      <TableHead>
        <Th>Device</Th>
        <Th>Signed in to</Th>
        <Th>IP address</Th>
        <Th>Last seen</Th>
        <Th hidden>Actions</Th>
      </TableHead>
      <TableBody>
        {places.map((place) => (
          <Place key={place.id} place={place} isHere={place.id === hereId} mayEnd={mayEnd} />
        ))}
      </TableBody>
    </Table>
  )
}

/** "Safari on iPhone": a browser, on something that is held in a hand. */
const ON_A_PHONE = / on (Android|iPhone|iPad)$/

function Place({ place, isHere, mayEnd }: { place: SignedInPlace; isHere: boolean; mayEnd: boolean }) {
  const Icon = place.kind === 'mobile' || ON_A_PHONE.test(place.name) ? Smartphone : Monitor
  const stored = place.lastAddress ?? place.address
  const address = stored ? formatAddress(stored as Address) : 'Unknown'
  return (
    <Tr>
      <Td rowHeader label="Device">
        <span className="flex items-center gap-2 font-medium">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 wrap-anywhere">
            {place.name}
            {isHere && <Badge tone="accent">This session</Badge>}
          </span>
        </span>
      </Td>
      <Td label="Signed in to">{SURFACE_WORDS[place.surface]}</Td>
      <Td label="IP address">
        <Mono>{address}</Mono>
      </Td>
      <Td label="Last seen">{isHere ? 'Now' : <Time at={place.lastSeenAt} />}</Td>
      <Td wide align="right">
        {!isHere && mayEnd && (
          <SubmitButton
            size="sm"
            variant="secondary"
            name="end"
            value={`${place.kind}:${place.id}`}
            aria-label={`End session: ${place.name}, ${address}`}
          >
            End session
          </SubmitButton>
        )}
      </Td>
    </Tr>
  )
}
