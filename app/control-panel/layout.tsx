import { Headset } from 'lucide-react'
import type { ReactNode } from 'react'
import { AppFrame } from '@/components/shell/app-frame'
import { PATHS } from '@/lib/core/paths'
import { requireControlPanel } from '@/lib/server/current'
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
        role: agent.role === 'ADMIN' ? 'Admin' : 'Agent',
        links: [{ label: 'Agent Console', href: PATHS.agentConsole, icon: <Headset aria-hidden="true" /> }],
      }}
    >
      {children}
    </AppFrame>
  )
}
