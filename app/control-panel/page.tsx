import { ChevronRight } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { TimeOffBanner } from '@/components/shell/time-off-banner'
import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { TimeLeft } from '@/components/ui/time-left'
import { countOf, describeInForce } from '@/lib/core/allowlist-words'
import { PATHS } from '@/lib/core/paths'
import { isPermitted } from '@/lib/core/permissions'
import { readAllowlistState } from '@/lib/data/allowlist-state'
import { listWaitingApprovals } from '@/lib/data/approvals'
import { requireControlPanel } from '@/lib/server/current'
import { entriesFor } from './navigation'

/** What the person may open, with what the allowlist does now. */
export default async function ControlPanelPage() {
  const { actor, session } = await requireControlPanel(PATHS.controlPanel)
  const now = new Date()
  const managesSecurity = isPermitted(actor, 'MANAGE_SECURITY')
  const state = managesSecurity ? await readAllowlistState(actor, now) : null
  const requests = managesSecurity ? (await listWaitingApprovals(actor, now)).length : 0
  return (
    <>
      <PageHeader title="Control Panel" description={`The settings of ${session.account.name}.`} />
      {state?.off && (
        <TimeOffBanner off={state.off} now={now}>
          To end it now, turn the <Link href={PATHS.ipAllowlist}>IP Allowlist</Link> on.
        </TimeOffBanner>
      )}
      {state?.revertAt && (
        <Callout
          tone="warning"
          title={
            <>
              A change of the allowlist is undone in{' '}
              <TimeLeft until={state.revertAt.toISOString()} nowMs={now.getTime()} />
            </>
          }
        >
          It stays only if somebody who manages security confirms it, on the page{' '}
          <Link href={PATHS.ipAllowlist}>IP Allowlist</Link>.
        </Callout>
      )}
      {requests > 0 && (
        <Callout tone="warning" title={`${countOf(requests, 'request')} to approve`}>
          Another admin asks to authorize an address. Decide on the page{' '}
          <Link href={PATHS.ipAllowlist}>IP Allowlist</Link>.
        </Callout>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        {entriesFor(session.agent).map(({ heading, items }) => (
          <section key={heading} aria-label={heading} className="min-w-0">
            <h2 className="mb-2 text-sm font-medium text-muted">{heading}</h2>
            <ul className="flex flex-col gap-4">
              {items.map(({ label, href, icon, description }) => (
                <li
                  key={href}
                  className="relative flex items-start gap-4 rounded-lg border border-line bg-surface p-5 shadow-card hover:border-control"
                >
                  <span
                    aria-hidden="true"
                    className="grid size-10 shrink-0 place-items-center rounded-lg border border-accent-line bg-accent-soft text-accent-ink max-[18rem]:hidden [&_svg]:size-5"
                  >
                    {icon}
                  </span>
                  <div className="min-w-0 flex-1 wrap-anywhere">
                    <Link
                      plain
                      href={href}
                      className="font-semibold after:absolute after:inset-0 after:rounded-lg"
                    >
                      {label}
                    </Link>
                    <p className="mt-1 text-sm text-muted">{description}</p>
                    {href === PATHS.ipAllowlist && state && (
                      <p className="mt-2 text-sm font-medium">{describeInForce(state)}</p>
                    )}
                  </div>
                  <ChevronRight aria-hidden="true" className="mt-1 size-4 shrink-0 text-muted" />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  )
}
