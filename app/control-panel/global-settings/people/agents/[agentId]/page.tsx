import { LogOut } from 'lucide-react'
import { notFound } from 'next/navigation'
import { EndingForm } from '@/components/shell/ending-form'
import { PageHeader } from '@/components/shell/page-header'
import { SessionsTable } from '@/components/shell/sessions-table'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { SubmitButton } from '@/components/ui/submit-button'
import { describePermissions, ROLE_WORDS } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { isPermitted, mayChange, PERMISSIONS } from '@/lib/core/permissions'
import { listPlacesOf } from '@/lib/data/agent-places'
import { requirePermission } from '@/lib/server/current'
import { endPlaceAction } from './actions'

type Props = { params: Promise<{ agentId: string }> }

/** Everywhere one agent is signed in, each to be ended by itself. */
export default async function AgentSessionsPage({ params }: Props) {
  const { agentId } = await params
  const { actor, session } = await requirePermission('MANAGE_AGENTS', `${PATHS.agents}/${agentId}`)
  const found = await listPlacesOf(actor, agentId, Date.now())
  if (!found) notFound()
  const { agent, places } = found
  const mayEnd = mayChange(actor, agent, agent)
  return (
    <>
      <PageHeader
        title={`Sessions of ${agent.name}`}
        breadcrumbs={[
          { label: 'Global Settings' },
          { label: 'People' },
          { label: 'Agents', href: PATHS.agents },
          { label: agent.name },
        ]}
        description={[
          agent.email,
          ROLE_WORDS[agent.role],
          ...(PERMISSIONS.some((one) => isPermitted(agent, one)) ? [describePermissions(agent)] : []),
        ].join(' · ')}
      />
      <EndingForm action={endPlaceAction}>
        <input type="hidden" name="agentId" value={agentId} />
        <Card
          flush
          title="Where they are signed in"
          description={
            mayEnd
              ? 'Ended at once, on the web and in the mobile app.'
              : 'Only an admin can end the sessions of an admin.'
          }
          actions={
            mayEnd &&
            places.length > 1 && (
              <SubmitButton size="sm" variant="secondary" name="end" value="others" pendingLabel="Ending…">
                End all sessions
              </SubmitButton>
            )
          }
        >
          {places.length > 0 ? (
            <SessionsTable
              caption={`Sessions of ${agent.name}`}
              places={places}
              hereId={session.id}
              mayEnd={mayEnd}
            />
          ) : (
            <EmptyState icon={<LogOut />} title={`${agent.name} is not signed in anywhere`}>
              Sessions on the web and in the mobile app appear here.
            </EmptyState>
          )}
        </Card>
      </EndingForm>
    </>
  )
}
