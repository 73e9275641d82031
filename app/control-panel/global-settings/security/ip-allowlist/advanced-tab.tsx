import { Card } from '@/components/ui/card'
import type { ImpactView } from '@/lib/core/impact-words'
import type { AllowlistState } from '@/lib/data/allowlist-state'
import { AdvancedSwitch } from './advanced-switch'
import { ContactForm } from './contact-form'

interface AdvancedTabProps {
  state: AllowlistState
  canAddMine: boolean
  /** Who would be refused if the list were asked for the mobile app; null while that changes nothing. */
  mobileImpact: ImpactView | null
}

/** "Advanced": mobile access, the check of every request, the contact for refused people. */
export function AdvancedTab({ state, canAddMine, mobileImpact }: AdvancedTabProps) {
  const isIdle = !state.allowlistEnabled
  return (
    <div className="flex flex-col gap-6">
      <Card>
        <AdvancedSwitch
          which="mobile"
          checked={state.mobileEnforced}
          canAddMine={canAddMine}
          impact={mobileImpact}
        >
          <p>
            Off: the mobile app works from anywhere. On: the list applies to the mobile app, too, whenever it
            signs in or renews its access. Mobile means the mobile app; a browser on a phone is always judged
            like any browser.
          </p>
          <p className="mt-2">
            To block mobile access altogether, turn this on and let the list hold only addresses that no phone
            has. With a single range nobody has, such as <span className="font-mono">1.1.1.1</span>, nobody
            gets in by phone, nor on the web.
          </p>
          {isIdle && <Idle>the IP Allowlist is off</Idle>}
        </AdvancedSwitch>
      </Card>
      <Card>
        <AdvancedSwitch which="every-request" checked={state.checkEveryRequest} canAddMine={canAddMine}>
          <p>
            Off: the list is asked when somebody signs in, and running sessions go on wherever they are. On:
            it is asked on each request, too. Who leaves the list is shut out with the next click, and back in
            when back inside. The mobile app is included while “IP Allowlist for mobile access” is on.
          </p>
          {isIdle && <Idle>the IP Allowlist is off</Idle>}
        </AdvancedSwitch>
      </Card>
      <Card
        title="Contact for people who are refused"
        description="An agent who is refused is shown the admins by name and e-mail. With a contact address, that address is shown instead."
      >
        <ContactForm contactEmail={state.contactEmail} />
      </Card>
    </div>
  )
}

function Idle({ children }: { children: string }) {
  return <p className="mt-2 font-medium text-ink">Does nothing now, because {children}.</p>
}
