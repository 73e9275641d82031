import { Users } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { AGENTS_PER_PAGE, formatAgentListing, parseAgentListing } from '@/lib/core/agent-listing'
import { rightsOf } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { listAgents } from '@/lib/data/agent-list'
import { requirePermission } from '@/lib/server/current'
import { hasMailServer } from '@/lib/server/mail-server'
import { AddAgent } from './add-agent'
import { AgentsFilter } from './agents-filter'
import { AgentsTable } from './agents-table'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function AgentsPage({ searchParams }: Props) {
  const { actor } = await requirePermission('MANAGE_AGENTS', PATHS.agents)
  const listing = parseAgentListing(await searchParams)
  const found = await listAgents(actor, listing)
  const hrefOf = (change: Partial<typeof listing>) =>
    PATHS.agents + formatAgentListing({ ...listing, page: 1, ...change })
  const sort = new URLSearchParams(formatAgentListing(listing)).get('sort') ?? ''
  return (
    <>
      <PageHeader
        title="Agents"
        breadcrumbs={[{ label: 'Global Settings' }, { label: 'People' }, { label: 'Agents' }]}
        description="Everybody who can sign in to this account, and what each of them may do."
        actions={<AddAgent manager={rightsOf(actor)} hasMailServer={hasMailServer()} />}
      />
      <Card flush>
        <div className="border-b border-line p-4 sm:px-6">
          <AgentsFilter listing={listing} sort={sort} />
          <noscript>
            <p className="mt-3 text-sm text-muted">
              Adding and changing agents needs JavaScript. Turn it on for this page, and reload it.
            </p>
          </noscript>
        </div>
        {found.agents.length > 0 ? (
          <AgentsTable found={found} listing={listing} hrefOf={hrefOf} viewer={actor} />
        ) : (
          <EmptyState
            icon={<Users />}
            title={listing.search ? `Nobody matches “${listing.search}”` : 'Nobody is like that'}
            actions={<ButtonLink href={PATHS.agents}>Show all agents</ButtonLink>}
          >
            Names and e-mail addresses are searched; part of one is enough. Status, role and second factor
            narrow it down.
          </EmptyState>
        )}
        {found.agents.length > 0 && (
          <Pagination
            label="Agents"
            page={found.page}
            pageSize={AGENTS_PER_PAGE}
            total={found.total}
            href={(page) => hrefOf({ page })}
          />
        )}
      </Card>
    </>
  )
}
