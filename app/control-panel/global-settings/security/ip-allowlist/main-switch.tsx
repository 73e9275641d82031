'use client'

import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { Switch } from '@/components/ui/switch'
import { countOf, nameSome } from '@/lib/core/allowlist-words'
import type { ImpactView } from '@/lib/core/impact-words'
import { switchAllowlistAction } from './actions'
import { ConsentDialog } from './consent-dialog'
import { ImpactNote, ImpactShown } from './impact-note'
import { useAsked } from './use-asked'

interface MainSwitchProps {
  enabled: boolean
  /** What is in force now. */
  inForce: string
  /** Nobody can sign in on the web. */
  isShut: boolean
  canAddMine: boolean
  /** Running sessions that the list would refuse; other than the one at hand. */
  outside: { sessions: number; people: readonly string[] }
  /** Who would be refused if it were turned on; null while it is on, or the list is empty. */
  impact: ImpactView | null
}

/** The switch of the allowlist. Turning on may end the sessions outside the list. */
export function MainSwitch(props: MainSwitchProps) {
  const { enabled, inForce, isShut, canAddMine, outside, impact } = props
  const asked = useAsked(switchAllowlistAction)
  const others = outside.sessions > 0 && `Outside the list right now: ${nameSome(outside.people)}.`
  return (
    <>
      <form action={asked.send} className="flex flex-col gap-4">
        <Switch
          label="IP Allowlist"
          labelSize="lg"
          description={<span className={isShut ? 'text-danger-ink' : undefined}>{inForce}</span>}
          checked={enabled}
          type="submit"
          name="to"
          value={enabled ? 'off' : 'on'}
        />
        {!enabled && others && (
          <Checkbox
            name="endSessions"
            label={`End ${countOf(outside.sessions, 'session')} outside the list`}
            description={`When turning on. ${others} Otherwise they stay signed in and may lose access after logging out.`}
          />
        )}
      </form>
      {impact && <ImpactNote change="Turned on now" view={impact} />}
      <ConsentDialog asked={asked} verb="turn on" canAddMine={canAddMine}>
        {impact && impact.colleagues > 0 && <ImpactShown view={impact} canAddMine={canAddMine} />}
        {others && (
          <Callout tone="warning">
            {others}{' '}
            {asked.state.values?.endSessions
              ? 'Their sessions end.'
              : 'They stay signed in and may lose access after logging out.'}
          </Callout>
        )}
      </ConsentDialog>
    </>
  )
}
