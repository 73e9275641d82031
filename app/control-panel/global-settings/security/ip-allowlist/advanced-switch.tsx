'use client'

import type { ReactNode } from 'react'
import { Switch } from '@/components/ui/switch'
import type { ImpactView } from '@/lib/core/impact-words'
import { switchEveryRequestAction, switchMobileAction } from './actions'
import { ConsentDialog } from './consent-dialog'
import { ImpactNote } from './impact-note'
import { useAsked } from './use-asked'

const SWITCHES = {
  mobile: { label: 'IP Allowlist for mobile access', action: switchMobileAction },
  'every-request': { label: 'Check every request', action: switchEveryRequestAction },
} as const

interface AdvancedSwitchProps {
  which: keyof typeof SWITCHES
  checked: boolean
  canAddMine: boolean
  /** Who would be refused if it were turned on, where that can be told. */
  impact?: ImpactView | null
  /** What it does. */
  children: ReactNode
}

export function AdvancedSwitch({ which, checked, canAddMine, impact, children }: AdvancedSwitchProps) {
  const { label, action } = SWITCHES[which]
  const asked = useAsked(action)
  return (
    <>
      <form action={asked.send}>
        <Switch
          label={label}
          description={children}
          checked={checked}
          type="submit"
          name="to"
          value={checked ? 'off' : 'on'}
        />
      </form>
      {impact && <ImpactNote change="Turned on now" view={impact} />}
      <ConsentDialog asked={asked} verb="save" canAddMine={canAddMine} />
    </>
  )
}
