import type { Metadata } from 'next'
import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { PATHS } from '@/lib/core/paths'
import { listOwnFactors } from '@/lib/data/factors'
import { relyingParty } from '@/lib/data/passkeys'
import { requireAdmitted } from '@/lib/server/current'
import { CodesCard } from './codes-card'
import { PasskeysCard } from './passkeys-card'
import { TotpCard } from './totp-card'

export const metadata: Metadata = { title: 'Second factor' }

/** Everybody's own second factors; also the place where an admin who needs one begins. */
export default async function OwnFactorsPage() {
  const { actor, session, client } = await requireAdmitted(PATHS.ownFactors)
  const { totpSince, passkeys, codesLeft, isRequired } = await listOwnFactors(actor)
  const count = passkeys.length + (totpSince ? 1 : 0)
  const isKept = isRequired && count === 1
  return (
    <>
      <PageHeader
        title="Second factor"
        breadcrumbs={
          session.mustEnrol
            ? []
            : [{ label: 'Agent Console', href: PATHS.agentConsole }, { label: 'Second factor' }]
        }
        description="Something you have, besides the password that you know: with it, a stolen password opens nothing."
      />
      {session.mustEnrol && (
        <Callout tone="warning" title="Set up a second factor to go on">
          Your account requires one of its admins. Choose an authenticator app or a passkey.
        </Callout>
      )}
      <TotpCard since={totpSince?.toISOString() ?? null} isKept={isKept} />
      <PasskeysCard
        passkeys={passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
          ...passkey,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        }))}
        isAvailable={relyingParty() !== null}
        isKept={isKept}
        deviceName={client.device}
      />
      {count > 0 && <CodesCard left={codesLeft} />}
    </>
  )
}
