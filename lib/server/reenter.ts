import 'server-only'
import { homeOf, parseDestination } from '../core/paths'
import { hasAnyPermission } from '../core/permissions'
import { currentPending, forgetPending } from './auth'
import { enrolPath, findCurrent } from './current'
import { type Entry, enterFromPending } from './enter'

/**
 * Lets a refused person in who is admitted by now: a running session goes on, a pending sign-in becomes a session.
 * Everything but the password is checked anew.
 */
export async function reenter(to: string | null): Promise<Entry> {
  const current = await findCurrent()
  if (current) {
    if (!current.isAdmitted) return { outcome: 'refused', minutes: 0 }
    await forgetPending()
    const destination = parseDestination(to) ?? homeOf(hasAnyPermission(current.actor))
    return {
      outcome: 'entered',
      destination: current.session.mustEnrol ? enrolPath(destination) : destination,
    }
  }
  const pending = await currentPending()
  return enterFromPending(pending?.destination ?? '')
}
