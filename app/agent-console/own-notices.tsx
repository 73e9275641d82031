import { Card } from '@/components/ui/card'
import { isPermitted } from '@/lib/core/permissions'
import { readWantedNotices } from '@/lib/data/notice-choice'
import type { Current } from '@/lib/server/current'
import { NoticesForm } from './notices-form'

/** Which notices the person gets by e-mail; nothing for who manages no security, and so gets none. */
export async function OwnNotices({ current: { actor } }: { current: Current }) {
  if (!isPermitted(actor, 'MANAGE_SECURITY')) return null
  return (
    <div id="notices" className="scroll-mt-6">
      <Card
        title="Notices by e-mail"
        description="What others do that you may want to know of. You get at most one mail of a kind in 5 minutes: the first at once, the rest as a summary. Mails about your own password, sign-ins and devices always come."
      >
        <NoticesForm wanted={await readWantedNotices(actor)} />
      </Card>
    </div>
  )
}
