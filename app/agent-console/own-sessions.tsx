import { Monitor, Smartphone } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { type Address, formatAddress } from '@/lib/core/address'
import { SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { listOwnDevices } from '@/lib/data/own-access'
import { listOwnSessions } from '@/lib/data/sessions'
import type { Current } from '@/lib/server/current'
import { EndingForm } from './ending-form'

/** Everywhere the person is signed in: web sessions and phones, the session at hand first. */
export async function OwnSessions({ current: { actor, session } }: { current: Current }) {
  const now = Date.now()
  const [sessions, devices] = await Promise.all([listOwnSessions(actor, now), listOwnDevices(actor, now)])
  const web = sessions.map((row) => ({ ...row, kind: 'web' as const, name: row.device }))
  const mobile = devices.map((row) => ({ ...row, kind: 'mobile' as const, surface: 'MOBILE' as const }))
  const places = [...web, ...mobile].sort(
    (a, b) =>
      Number(b.id === session.id) - Number(a.id === session.id) ||
      b.lastSeenAt.getTime() - a.lastSeenAt.getTime(),
  )
  return (
    <EndingForm>
      <Card
        flush
        title="Where you are signed in"
        description="End a session that you don't know, and change your password."
        actions={
          places.length > 1 && (
            <SubmitButton size="sm" variant="secondary" name="end" value="others" pendingLabel="Ending…">
              End other sessions
            </SubmitButton>
          )
        }
      >
        <Table caption="Your sessions">
          <TableHead>
            <Th>Device</Th>
            <Th>Signed in to</Th>
            <Th>IP address</Th>
            <Th>Last seen</Th>
            <Th hidden>Actions</Th>
          </TableHead>
          <TableBody>
            {places.map((place) => (
              <Place key={place.id} place={place} isHere={place.id === session.id} />
            ))}
          </TableBody>
        </Table>
      </Card>
    </EndingForm>
  )
}

interface PlaceProps {
  place: {
    id: string
    kind: 'web' | 'mobile'
    name: string
    surface: keyof typeof SURFACE_WORDS
    address: string | null
    lastAddress: string | null
    lastSeenAt: Date
  }
  isHere: boolean
}

function Place({ place, isHere }: PlaceProps) {
  const Icon = place.kind === 'web' ? Monitor : Smartphone
  const stored = place.lastAddress ?? place.address
  const address = stored ? formatAddress(stored as Address) : 'Unknown'
  return (
    <Tr>
      <Td rowHeader label="Device">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
          {place.name}
          {isHere && <Badge tone="accent">This session</Badge>}
        </span>
      </Td>
      <Td label="Signed in to">{SURFACE_WORDS[place.surface]}</Td>
      <Td label="IP address" className="font-mono">
        {address}
      </Td>
      <Td label="Last seen">{isHere ? 'Now' : <Time at={place.lastSeenAt} />}</Td>
      <Td wide align="right">
        {!isHere && (
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
