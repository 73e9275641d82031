import { Callout } from '../ui/callout'
import { Time } from '../ui/time'
import { TimeLeft } from '../ui/time-left'

interface TimeOffBannerProps {
  off: { until: Date; byName: string; reason: string }
  now: Date
  /** How to end it before. */
  children: React.ReactNode
}

/** Says that the list is off for a time, for how long still, by whom and why. */
export function TimeOffBanner({ off, now, children }: TimeOffBannerProps) {
  const { until, byName, reason } = off
  return (
    <Callout
      tone="warning"
      role="note"
      aria-label="The IP Allowlist is off for a time"
      title={
        <>
          The IP Allowlist is off for <TimeLeft until={until.toISOString()} nowMs={now.getTime()} /> more
        </>
      }
    >
      {byName} turned it off until <Time at={until} />: “{reason}”. Until then everyone can sign in from
      anywhere; then it turns itself on again. {children}
    </Callout>
  )
}
