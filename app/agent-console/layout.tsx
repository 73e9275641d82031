import { SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppFrame } from '@/components/shell/app-frame'
import { SignOutButton } from '@/components/shell/sign-out-button'
import { ROLE_WORDS } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { hasAnyPermission } from '@/lib/core/permissions'
import { requireAdmitted } from '@/lib/server/current'
import { signOutAction } from '../(entry)/sign-out/actions'

export default async function AgentConsoleLayout({ children }: { children: ReactNode }) {
  const { session } = await requireAdmitted(PATHS.agentConsole)
  const { agent, account } = session
  const links =
    hasAnyPermission(agent) && !session.mustEnrol
      ? [{ label: 'Control Panel', href: PATHS.controlPanel, icon: <SlidersHorizontal aria-hidden="true" /> }]
      : []
  return (
    <AppFrame
      accountName={account.name}
      homeHref={PATHS.agentConsole}
      person={{
        name: agent.name,
        email: agent.email,
        role: ROLE_WORDS[agent.role],
        links,
        signOut: <SignOutButton action={signOutAction} />,
      }}
    >
      {children}
    </AppFrame>
  )
}
