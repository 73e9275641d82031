'use client'

import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { Rights } from '@/lib/core/permissions'
import { NewAgentForm } from './new-agent-form'

/** The button "Add agent" with its dialog. */
export function AddAgent({ manager }: { manager: Rights }) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      title="Add agent"
      description="They sign in with their e-mail address and a temporary password that you hand over."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="primary">
          <UserPlus aria-hidden="true" />
          Add agent
        </Button>
      }
    >
      <NewAgentForm manager={manager} onClose={() => setOpen(false)} />
    </Dialog>
  )
}
