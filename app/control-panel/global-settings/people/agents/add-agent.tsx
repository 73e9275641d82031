'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Rights } from '@/lib/core/permissions'
import { NewAgentForm } from './new-agent-form'

/** The button "Add agent" with its dialog. */
export function AddAgent({ manager, hasMailServer }: { manager: Rights; hasMailServer: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      title="Add agent"
      description="They are invited by e-mail, or sign in with a temporary password that you hand over."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary" className="noscript:hidden">
          <UserPlus aria-hidden="true" />
          Add agent
        </Button>
      }
    >
      <NewAgentForm manager={manager} hasMailServer={hasMailServer} onClose={() => setOpen(false)} />
    </Dialog>
  )
}
