import { PageHeader } from '@/components/shell/page-header'
import { PATHS } from '@/lib/core/paths'
import { requirePermission } from '@/lib/server/current'
import { ImportForm } from './import-form'

/** Many ranges at once, out of a list from elsewhere. */
export default async function ImportPage() {
  const { session, client } = await requirePermission('MANAGE_SECURITY', PATHS.importRanges)
  return (
    <>
      <PageHeader
        title="Import ranges"
        breadcrumbs={[
          { label: 'Global Settings' },
          { label: 'Security' },
          { label: 'IP Allowlist', href: PATHS.ipAllowlist },
          { label: 'Import ranges' },
        ]}
        description="Bring a list from elsewhere: paste it, or choose a text or CSV file. You see what it would do before anything is changed."
      />
      <ImportForm agentId={session.agent.id} canAddMine={client.address !== null} />
    </>
  )
}
