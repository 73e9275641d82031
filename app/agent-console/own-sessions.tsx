import { EndingForm } from '@/components/shell/ending-form'
import { SessionsTable } from '@/components/shell/sessions-table'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { listOwnPlaces } from '@/lib/data/agent-places'
import type { Current } from '@/lib/server/current'
import { endOwnAction } from './actions'

/** Everywhere the person is signed in: web sessions and phones, the session at hand first. */
export async function OwnSessions({ current: { actor, session } }: { current: Current }) {
  const places = await listOwnPlaces(actor, Date.now())
  const hereFirst = places.sort((a, b) => Number(b.id === session.id) - Number(a.id === session.id))
  return (
    <EndingForm action={endOwnAction}>
      <Card
        flush
        title="Where you are signed in"
        description="End a session that you don't know, and change your password."
        actions={
          places.length > 1 && (
            <SubmitButton size="sm" variant="secondary" name="end" value="others" pendingLabel="Ending…">
              End other sessions
            </SubmitButton>
          )
        }
      >
        <SessionsTable caption="Your sessions" places={hereFirst} hereId={session.id} />
      </Card>
    </EndingForm>
  )
}
