import { PageHeader } from '@/components/shell/page-header'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'
import { PATHS } from '@/lib/core/paths'
import { type FactorRequirement, readFactorRequirement } from '@/lib/data/factor-requirement'
import { requirePermission } from '@/lib/server/current'
import { RequirementSwitch } from './requirement-switch'

export default async function FactorSettingsPage() {
  const { actor } = await requirePermission('MANAGE_SECURITY', PATHS.factorSettings)
  const requirement = await readFactorRequirement(actor)
  const isYouWithout = requirement.without.some(({ id }) => id === actor.agentId)
  return (
    <>
      <PageHeader
        title="Second Factor"
        breadcrumbs={[{ label: 'Global Settings' }, { label: 'Security' }, { label: 'Second Factor' }]}
        description="Everybody may set up an authenticator app or a passkey on the Agent Console. Here you decide who has to."
      />
      <Card footer={<Standing {...requirement} />}>
        <RequirementSwitch checked={requirement.isRequired}>
          <p>
            On: an admin without a second factor sets one up at the next sign-in, before anything else, and
            only from an address that the IP Allowlist lets in. Until then they can't sign in to the mobile
            app, nor authorize a new address with their mailbox alone.
          </p>
          <p className="mt-2">Running sessions go on.</p>
        </RequirementSwitch>
      </Card>
      {isYouWithout && (
        <Callout tone="warning" title="You have no second factor yet">
          <Link href={PATHS.ownFactors}>Set one up now</Link>, on your own page.
        </Callout>
      )}
    </>
  )
}

const NAMES_SHOWN = 10

function Standing({ admins, without }: FactorRequirement) {
  const having = admins - without.length
  const shown = without.slice(0, NAMES_SHOWN).map(({ name }) => name)
  const more = without.length - shown.length
  return (
    <p className="text-base text-ink">
      {having} of {admins} active {admins === 1 ? 'admin has' : 'admins have'} one.
      {shown.length > 0 && ` Without: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`}
    </p>
  )
}
