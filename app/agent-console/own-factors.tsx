import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { Card } from '@/components/ui/card'
import { countOf } from '@/lib/core/allowlist-words'
import { PATHS } from '@/lib/core/paths'
import { listOwnFactors } from '@/lib/data/factors'
import type { Current } from '@/lib/server/current'

/** Whether the person has a second factor, in one line. */
export async function OwnFactors({ current: { actor } }: { current: Current }) {
  const { totpSince, passkeys, codesLeft } = await listOwnFactors(actor)
  const isOn = totpSince !== null || passkeys.length > 0
  const parts = [
    totpSince && 'an authenticator app',
    passkeys.length > 0 && (passkeys.length === 1 ? 'one passkey' : `${passkeys.length} passkeys`),
  ].filter(Boolean)
  return (
    <Card
      title="Second factor"
      actions={
        <ButtonLink size="sm" href={PATHS.ownFactors}>
          {isOn ? 'Manage' : 'Set up'}
          <span className="sr-only"> second factor</span>
        </ButtonLink>
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <Badge tone={isOn ? 'success' : 'warning'} dot>
          {isOn ? 'On' : 'Off'}
        </Badge>
        <p className="text-muted">
          {isOn
            ? `You sign in with your password and ${parts.join(' or ')}. ${countOf(codesLeft, 'recovery code is', 'recovery codes are')} left.`
            : 'Your password alone signs you in. With a second factor, a stolen password opens nothing.'}
        </p>
      </div>
    </Card>
  )
}
