import { Headset } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppFrame } from '@/components/shell/app-frame'
import { SignOutButton } from '@/components/shell/sign-out-button'
import { ROLE_WORDS } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { requireControlPanel } from '@/lib/server/current'
import { signOutAction } from '../(entry)/sign-out/actions'
import { entriesFor } from './navigation'

/** The Control Panel is for people with any permission; each page asks for its own besides. */
export default async function ControlPanelLayout({ children }: { children: ReactNode }) {
  const { session } = await requireControlPanel(PATHS.controlPanel)
  const { agent, account } = session
  return (
    <AppFrame
      accountName={account.name}
      homeHref={PATHS.controlPanel}
      nav={{ heading: 'Global Settings', groups: entriesFor(agent) }}
      person={{
        name: agent.name,
        email: agent.email,
        role: ROLE_WORDS[agent.role],
        links: [{ label: 'Agent Console', href: PATHS.agentConsole, icon: <Headset aria-hidden="true" /> }],
        signOut: <SignOutButton action={signOutAction} />,
      }}
    >
      {children}
    </AppFrame>
  )
}
