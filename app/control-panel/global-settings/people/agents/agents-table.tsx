import { Badge } from '@/components/ui/badge'
import { Mono } from '@/components/ui/mono'
import { Table, TableBody, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { formatAddress } from '@/lib/core/address'
import type { AgentListing, AgentSort, AgentStatus } from '@/lib/core/agent-listing'
import { describePermissions, ROLE_WORDS, rightsOf } from '@/lib/core/agent-words'
import { type Actor, mayChange } from '@/lib/core/permissions'
import { SURFACE_WORDS } from '@/lib/core/sign-in-words'
import type { AgentLine, AgentPage } from '@/lib/data/agent-list'
import { InvitationActions } from './invitation-actions'
import { RowActions } from './row-actions'

interface AgentsTableProps {
  found: AgentPage
  listing: AgentListing
  hrefOf: (change: Partial<AgentListing>) => string
  viewer: Actor
}

export function AgentsTable({ found, listing, hrefOf, viewer }: AgentsTableProps) {
  const sortOf = (sort: AgentSort) => {
    const isSorted = listing.sort === sort
    const direction = listing.descending ? ('descending' as const) : ('ascending' as const)
    return {
      href: hrefOf({ sort, descending: isSorted && !listing.descending }),
      ...(isSorted ? { direction } : {}),
    }
  }
  return (
    <Table caption="Agents of this account">
      <TableHead>
        <Th sort={sortOf('name')}>Name</Th>
        <Th sort={sortOf('role')}>Role</Th>
        <Th>Permissions</Th>
        <Th sort={sortOf('status')}>Status</Th>
        <Th sort={sortOf('last-sign-in')}>Last sign-in</Th>
        <Th hidden>Actions</Th>
      </TableHead>
      <TableBody>
        {found.agents.map((agent) => (
          <AgentTr key={agent.id} agent={agent} viewer={viewer} activeAdmins={found.activeAdmins} />
        ))}
      </TableBody>
    </Table>
  )
}

function AgentTr({ agent, viewer, activeAdmins }: { agent: AgentLine; viewer: Actor; activeAdmins: number }) {
  const isYou = agent.id === viewer.agentId
  return (
    <Tr>
      <Td rowHeader label="Name">
        <span className="flex flex-wrap items-center gap-x-2 font-medium wrap-anywhere">
          {agent.name}
          {isYou && <Badge tone="accent">You</Badge>}
        </span>
        <span className="block text-muted wrap-anywhere">{agent.email}</span>
      </Td>
      <Td label="Role">{ROLE_WORDS[agent.role]}</Td>
      <Td label="Permissions" className={agent.role === 'ADMIN' ? 'text-muted' : undefined}>
        {describePermissions(agent)}
      </Td>
      <Td label="Status">
        <span className="flex flex-wrap gap-1.5">
          <Standing status={agent.status} />
          {agent.hasFactor && <Badge tone="success">Second factor</Badge>}
          {agent.enabled && agent.passwordTemporary && <Badge tone="warning">Temporary password</Badge>}
        </span>
        {agent.invitedUntil && (
          <span className="mt-1 block text-xs text-muted">
            {agent.invitedUntil > new Date() ? 'until ' : 'over since '}
            <Time at={agent.invitedUntil} />
          </span>
        )}
      </Td>
      <Td label="Last sign-in">
        <LastSignIn of={agent} />
      </Td>
      <Td wide align="right">
        {!mayChange(viewer, agent, agent) ? (
          <span className="text-xs text-muted">Only an admin can change an admin.</span>
        ) : agent.invitedUntil ? (
          <InvitationActions
            invitation={{ id: agent.id, name: agent.name }}
            mayHandOver={mayChange(viewer, null, agent)}
          />
        ) : (
          <RowActions
            agent={agent}
            manager={rightsOf(viewer)}
            isYou={isYou}
            isLastAdmin={agent.role === 'ADMIN' && agent.enabled && activeAdmins === 1}
            mayHandOver={mayChange(viewer, null, agent)}
          />
        )}
      </Td>
    </Tr>
  )
}

function Standing({ status }: { status: AgentStatus }) {
  switch (status) {
    case 'active':
      return (
        <Badge tone="success" dot>
          Active
        </Badge>
      )
    case 'invited':
      return (
        <Badge tone="accent" dot>
          Invited
        </Badge>
      )
    case 'disabled':
      return <Badge dot>Disabled</Badge>
  }
}

function LastSignIn({ of: { lastSignIn } }: { of: AgentLine }) {
  if (!lastSignIn) return <span className="text-muted">Never</span>
  const { at, address, surface } = lastSignIn
  return (
    <>
      <Time at={at} />
      <Mono className="block text-xs text-muted">{address ? formatAddress(address) : 'Unknown address'}</Mono>
      <span className="block text-xs text-muted">{SURFACE_WORDS[surface]}</span>
    </>
  )
}
