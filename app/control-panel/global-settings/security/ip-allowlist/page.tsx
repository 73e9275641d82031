import { PageHeader } from '@/components/shell/page-header'
import { TimeOffBanner } from '@/components/shell/time-off-banner'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { LinkTabs, TabPanel } from '@/components/ui/link-tabs'
import { formatAddress } from '@/lib/core/address'
import { parseAskedAddress } from '@/lib/core/address-check'
import { findCrowd } from '@/lib/core/address-warnings'
import { formatRangeQuery, offeredRange, parseRangeQuery } from '@/lib/core/allowlist-search'
import { describeInForce } from '@/lib/core/allowlist-words'
import { PATHS } from '@/lib/core/paths'
import { checkAddress } from '@/lib/data/address-check'
import { type Draft, foresee } from '@/lib/data/allowlist-impact'
import { listRanges } from '@/lib/data/allowlist-list'
import { findSessionsOutside } from '@/lib/data/allowlist-sessions'
import { findCoverage, readAllowlistState } from '@/lib/data/allowlist-state'
import { writeMatches } from '@/lib/data/range-matches'
import { suggestForAccount } from '@/lib/data/range-suggestions'
import { readRecentSignIns } from '@/lib/data/recent-sign-ins'
import { listUnconfirmed } from '@/lib/data/unconfirmed-changes'
import { requirePermission } from '@/lib/server/current'
import { OwnAddress } from './add-own-address'
import { AdvancedTab } from './advanced-tab'
import { Announcer } from './announcer'
import { Approvals } from './approvals'
import { CheckAddress } from './check-address'
import { CurrentIp } from './current-ip'
import { viewOf } from './impact-view'
import { ListTab } from './list-tab'
import { MainSwitch } from './main-switch'
import { OriginPanel } from './origin-panel'
import { Offers } from './put-on-list'
import { Suggestions } from './suggestions'
import { UnconfirmedChanges } from './unconfirmed'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const TABS = [
  { id: 'list', label: 'Allowed IP List', href: PATHS.ipAllowlist },
  { id: 'advanced', label: 'Advanced', href: `${PATHS.ipAllowlist}?tab=advanced` },
]

export default async function IpAllowlistPage({ searchParams }: Props) {
  const given = await searchParams
  const tab = given.tab === 'advanced' ? 'advanced' : 'list'
  const { actor, client, session } = await requirePermission(
    'MANAGE_SECURITY',
    tab === 'advanced' ? `${PATHS.ipAllowlist}?tab=advanced` : PATHS.ipAllowlist,
  )
  const now = new Date()
  const state = await readAllowlistState(actor, now)
  const coverage = await findCoverage(state, client.address, now.getTime())
  const isOfferingToEnd = !state.allowlistEnabled && state.total > 0
  const outside = isOfferingToEnd
    ? await findSessionsOutside(actor, state, session.id, now.getTime())
    : { sessions: 0, people: [] }
  // What other instances noted is ten seconds old at most; what can’t be written now is written later.
  await writeMatches().catch(() => undefined)
  const recent = await readRecentSignIns(actor, now)
  const view = async (draft: Draft) => {
    const impact = await foresee(actor, draft, { now, recent })
    return impact && viewOf(impact, actor)
  }
  const canAddMine = client.address !== null
  const query = parseRangeQuery(given)
  const asked = typeof given.check === 'string' ? given.check : null
  const parsed = asked === null ? null : parseAskedAddress(asked)
  return (
    <Announcer>
      <OwnAddress>
        <Offers canAddMine={canAddMine}>
          <PageHeader
            title="IP Allowlist"
            breadcrumbs={[{ label: 'Global Settings' }, { label: 'Security' }, { label: 'IP Allowlist' }]}
            description="Decide from which IP addresses people can sign in to this account."
          />
          {state.off && (
            <TimeOffBanner off={state.off} now={now}>
              To end it now, turn it on.
            </TimeOffBanner>
          )}
          <UnconfirmedChanges changes={await listUnconfirmed(actor, session, now)} now={now} />
          <Approvals actor={actor} />
          {client.resolved.undeclaredProxy && (
            <ProxyBanner address={formatAddress(client.resolved.undeclaredProxy)} />
          )}
          <Card
            footer={
              <div className="flex flex-col gap-3 text-base text-ink">
                <CurrentIp
                  client={client.resolved}
                  coverage={coverage}
                  headerName={client.headerName}
                  isListEmpty={state.total === 0 && tab === 'list'}
                />
                <CheckAddress
                  asked={asked}
                  parsed={parsed}
                  check={parsed?.ok ? await checkAddress(actor, parsed.address, now) : null}
                  mine={client.address && formatAddress(client.address)}
                  keep={tab === 'advanced' ? 'tab=advanced' : formatRangeQuery(query)}
                />
                <OriginPanel
                  client={client.resolved}
                  headerName={client.headerName}
                  crowd={findCrowd(recent.signIns)}
                />
              </div>
            }
          >
            <MainSwitch
              enabled={state.allowlistEnabled}
              inForce={describeInForce(state)}
              isShut={state.allowlistEnabled && state.total > 0 && state.active === 0}
              canAddMine={canAddMine}
              outside={outside}
              impact={isOfferingToEnd ? await view({ change: 'turn-on' }) : null}
            />
          </Card>
          <div>
            <LinkTabs label="IP Allowlist" tabs={TABS} current={tab} />
            <TabPanel id={tab}>
              {tab === 'advanced' ? (
                <AdvancedTab
                  state={state}
                  canAddMine={canAddMine}
                  mobileImpact={
                    state.allowlistEnabled && state.total > 0 && !state.mobileEnforced
                      ? await view({ change: 'enforce-mobile' })
                      : null
                  }
                />
              ) : (
                <>
                  <Suggestions
                    suggestions={await suggestForAccount(actor, recent, now)}
                    isOpen={state.total === 0}
                  />
                  <ListTab
                    enabled={state.allowlistEnabled}
                    total={state.total}
                    found={await listRanges(actor, query, state.total, now)}
                    query={query}
                    canAddMine={canAddMine}
                    startWith={offeredRange(given)}
                  />
                </>
              )}
            </TabPanel>
          </div>
        </Offers>
      </OwnAddress>
    </Announcer>
  )
}

function ProxyBanner({ address }: { address: string }) {
  return (
    <Callout tone="warning" title="There seems to be a proxy that Gatehouse doesn't know">
      Your requests come from the private address <span className="font-mono">{address}</span> and carry
      forwarding headers. If that is a proxy, everybody behind it looks the same to the list, and adding the
      address may let the whole internet in. The operator should name it:{' '}
      <span className="font-mono wrap-anywhere">TRUSTED_PROXIES={address}</span>
    </Callout>
  )
}
