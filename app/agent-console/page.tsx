import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { Callout } from '@/components/ui/callout'
import { Card } from '@/components/ui/card'
import { DescriptionList } from '@/components/ui/description-list'
import { describePermissions, ROLE_WORDS } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { requireAgent } from '@/lib/server/current'
import { OwnFactors } from './own-factors'
import { OwnNotices } from './own-notices'
import { OwnSessions } from './own-sessions'
import { OwnSignIns } from './own-sign-ins'
import { PasswordForm } from './password-form'
import { YourAddress } from './your-address'

export default async function AgentConsolePage() {
  const current = await requireAgent(PATHS.agentConsole)
  const { agent } = current.session
  return (
    <>
      <PageHeader
        title="Agent Console"
        description="Who you are here, the address you are on, and everywhere you are signed in."
      />
      {agent.passwordTemporary && (
        <Callout
          tone="warning"
          title="Choose your own password"
          actions={
            <ButtonLink size="sm" href="#password">
              Change password
            </ButtonLink>
          }
        >
          You signed in with a temporary password that somebody gave you. Replace it with one that only you
          know.
        </Callout>
      )}
      <div className="grid gap-6 lg:grid-cols-2">
        <Card title="You">
          <DescriptionList
            items={[
              { term: 'Name', detail: agent.name },
              { term: 'Email', detail: agent.email },
              { term: 'Role', detail: ROLE_WORDS[agent.role] },
              { term: 'Permissions', detail: describePermissions(agent) },
            ]}
          />
        </Card>
        <YourAddress current={current} />
      </div>
      <OwnFactors current={current} />
      <OwnSessions current={current} />
      <OwnSignIns current={current} />
      <OwnNotices current={current} />
      <div id="password" className="scroll-mt-6">
        <Card
          title="Change password"
          description="Afterwards you stay signed in here and are signed out everywhere else, in the mobile app too."
        >
          <PasswordForm email={agent.email} />
        </Card>
      </div>
    </>
  )
}
