import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Callout } from '@/components/ui/callout'
import { PATHS, parseDestination } from '@/lib/core/paths'
import { listOwnFactors } from '@/lib/data/factors'
import { relyingParty } from '@/lib/data/passkeys'
import { requireAdmitted } from '@/lib/server/current'
import { CodesCard } from './codes-card'
import { PasskeysCard } from './passkeys-card'
import { TotpCard } from './totp-card'

type Props = { searchParams: Promise<{ to?: string | string[] }> }

/** Everybody's own second factors; also the place where an admin who needs one begins. */
export default async function OwnFactorsPage({ searchParams }: Props) {
  const { to } = await searchParams
  const { actor, session, client } = await requireAdmitted(PATHS.ownFactors)
  const { totpSince, passkeys, codesLeft, isRequired } = await listOwnFactors(actor)
  const count = passkeys.length + (totpSince ? 1 : 0)
  // The request that set the first one up has read its session before.
  const mustEnrol = session.mustEnrol && count === 0
  const isKept = isRequired && count === 1
  const hasPasskeys = relyingParty() !== null
  const destination = parseDestination(typeof to === 'string' ? to : null)
  return (
    <>
      <PageHeader
        title="Second factor"
        breadcrumbs={
          mustEnrol ? [] : [{ label: 'Agent Console', href: PATHS.agentConsole }, { label: 'Second factor' }]
        }
        description="Besides your password, something that only you have, such as your phone. A stolen password alone then opens nothing."
      />
      {mustEnrol && (
        <Callout tone="warning" title="Set up a second factor to go on">
          Your account requires one of its admins.{' '}
          {hasPasskeys && 'Choose an authenticator app or a passkey. '}Then you go on to the page you asked
          for.
        </Callout>
      )}
      {destination && count > 0 && (
        <Callout
          tone="success"
          title="You have a second factor now"
          actions={
            <ButtonLink size="sm" variant="primary" href={destination}>
              Continue
            </ButtonLink>
          }
        >
          Save your recovery codes first; then go on to the page you asked for.
        </Callout>
      )}
      <TotpCard since={totpSince?.toISOString() ?? null} isKept={isKept} />
      <PasskeysCard
        passkeys={passkeys.map(({ createdAt, lastUsedAt, ...passkey }) => ({
          ...passkey,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        }))}
        isAvailable={hasPasskeys}
        isKept={isKept}
        deviceName={client.device}
      />
      {count > 0 && <CodesCard left={codesLeft} />}
    </>
  )
}
