'use client'

import { type ReactNode, useState } from 'react'
import { ProveAgain } from '@/components/shell/prove-again'
import { useFormAction } from '@/components/shell/use-form-action'
import { FormMessage } from '@/components/ui/form-message'
import { Switch } from '@/components/ui/switch'
import type { FormState } from '@/lib/core/form-state'
import { requireFactorsAction } from './actions'

/** The switch; turning it off asks for the password when that was last given a while ago. */
export function RequirementSwitch({ checked, children }: { checked: boolean; children: ReactNode }) {
  const [state, send] = useFormAction(requireFactorsAction)
  const [cancelled, setCancelled] = useState<FormState | null>(null)
  const isAsking = state.status === 'confirm' && state !== cancelled
  return (
    <>
      <form action={send} className="flex flex-col gap-4">
        <Switch
          label="Require a second factor for admins"
          labelSize="lg"
          description={children}
          checked={checked}
          type="submit"
          name="to"
          value={checked ? 'off' : 'on'}
        />
        <FormMessage state={state.status === 'confirm' ? null : state} className="empty:hidden" />
      </form>
      <ProveAgain state={state} send={send} open={isAsking} onCancel={() => setCancelled(state)} />
    </>
  )
}
