import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Mono } from '@/components/ui/mono'
import { formatAddress } from '@/lib/core/address'
import { PATHS } from '@/lib/core/paths'
import { isPermitted } from '@/lib/core/permissions'
import { formatRange } from '@/lib/core/range'
import { type Coverage, findCoverage } from '@/lib/data/allowlist-state'
import type { Current } from '@/lib/server/current'

/** The address somebody is on, and whether the allowlist covers it; by which range is for who manages security. */
export async function YourAddress({ current: { session, client } }: { current: Current }) {
  const isManager = isPermitted(session.agent, 'MANAGE_SECURITY')
  const coverage = await findCoverage(session.account, client.address, Date.now())
  const { words, tone, detail } = describe(coverage, session.account.allowlistEnabled)
  const range = isManager ? coverage.range : null
  return (
    <Card
      title="Your current IP"
      actions={
        isManager && (
          <ButtonLink size="sm" href={PATHS.ipAllowlist}>
            IP Allowlist
          </ButtonLink>
        )
      }
    >
      <div className="flex flex-col items-start gap-3 text-sm">
        {client.address ? (
          <p className="flex items-center gap-1">
            <Mono className="text-xl">{formatAddress(client.address)}</Mono>
            <CopyButton value={formatAddress(client.address)} what="IP address" />
          </p>
        ) : (
          <p className="text-xl">Unknown</p>
        )}
        <Badge tone={tone} dot>
          {words}
        </Badge>
        {range && (
          <p>
            The range that covers it is{' '}
            {range.description ? `${range.description} (${formatRange(range)})` : formatRange(range)}.
          </p>
        )}
        <p className="text-muted">{detail}</p>
      </div>
    </Card>
  )
}

function describe({ verdict }: Coverage, isOn: boolean) {
  switch (verdict.because) {
    case 'listed':
      return {
        words: 'Covered by the allowlist',
        tone: 'success',
        detail: isOn
          ? 'You can sign in from this network.'
          : 'The IP Allowlist is off: sign-in is possible from anywhere.',
      } as const
    case 'not-listed':
      return {
        words: 'Not covered by the allowlist',
        tone: isOn ? 'warning' : 'neutral',
        detail: isOn
          ? 'You stay signed in, but after signing out you may not get in again from this network.'
          : 'The IP Allowlist is off: sign-in is possible from anywhere.',
      } as const
    case 'address-unknown':
      return {
        words: 'Address unknown',
        tone: isOn ? 'warning' : 'neutral',
        detail: isOn
          ? 'Gatehouse cannot tell your address, so it refuses sign-in from here. The operator sets this right with TRUSTED_PROXIES.'
          : 'Gatehouse cannot tell your address. The operator sets this right with TRUSTED_PROXIES.',
      } as const
    case 'list-empty':
    case 'allowlist-off':
    case 'mobile-not-enforced':
      return {
        words: 'No allowlist in force',
        tone: 'neutral',
        detail: 'The allowlist has no ranges: sign-in is possible from anywhere.',
      } as const
  }
}
