import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Mono } from '@/components/ui/mono'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { type Address, formatAddress } from '@/lib/core/address'
import { describeSignIn, SURFACE_WORDS } from '@/lib/core/sign-in-words'
import { listOwnSignIns } from '@/lib/data/sign-in-events'
import type { Current } from '@/lib/server/current'

/** The person's last attempts to sign in, good and bad. */
export async function OwnSignIns({ current: { session } }: { current: Current }) {
  const events = await listOwnSignIns(session.agent.id, session.account.id)
  return (
    <Card
      flush
      title="Last sign-ins"
      description="Attempts with your e-mail address, also those that failed. Was one not you? Change your password and tell an admin."
    >
      <Table caption="Your last sign-ins">
        <TableHead>
          <Th>When</Th>
          <Th>Result</Th>
          <Th>Signed in to</Th>
          <Th>IP address</Th>
          <Th>Device</Th>
        </TableHead>
        <TableBody>
          {events.map((event) => {
            const { words, tone } = describeSignIn(event)
            return (
              <Tr key={event.id}>
                <Td rowHeader label="When">
                  <Time at={event.at} />
                </Td>
                <Td label="Result" wide>
                  <Badge tone={tone} dot>
                    {words}
                  </Badge>
                </Td>
                <Td label="Signed in to">{SURFACE_WORDS[event.surface]}</Td>
                <Td label="IP address">
                  <Mono>{event.address ? formatAddress(event.address as Address) : 'Unknown'}</Mono>
                </Td>
                <Td label="Device">{event.device}</Td>
              </Tr>
            )
          })}
        </TableBody>
      </Table>
      {events.length === 0 && <p className="p-4 text-sm text-muted">None yet.</p>}
    </Card>
  )
}
