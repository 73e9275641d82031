import 'server-only'
import { homeOf, parseDestination } from '../core/paths'
import { hasAnyPermission } from '../core/permissions'
import { currentPending, forgetPending } from './auth'
import { enrolPath, findCurrent } from './current'
import { type Entry, enterFromPending } from './enter'

/**
 * Lets a refused person in who is admitted by now: their running session goes on, else their pending sign-in becomes a
 * session. Everything but the password is checked anew. A session of somebody else in this browser lets nobody in.
 */
export async function reenter(to: string | null): Promise<Entry> {
  const [current, pending] = [await findCurrent(), await currentPending()]
  if (current && (!pending || pending.agent.id === current.session.agent.id)) {
    if (!current.isAdmitted) return { outcome: 'refused', minutes: 0 }
    await forgetPending()
    const destination = parseDestination(to) ?? homeOf(hasAnyPermission(current.actor))
    return {
      outcome: 'entered',
      destination: current.session.mustEnrol ? enrolPath(destination) : destination,
    }
  }
  return enterFromPending(pending?.destination ?? '')
}
