import { redirect } from 'next/navigation'
import { homeOf, PATHS } from '@/lib/core/paths'
import { hasAnyPermission } from '@/lib/core/permissions'
import { isSetupOpen } from '@/lib/data/accounts'
import { currentPending } from '@/lib/server/auth'
import { findCurrent } from '@/lib/server/current'

/** "/" leads to whichever screen fits. */
export default async function StartPage() {
  const current = await findCurrent()
  if (current?.isAdmitted) redirect(homeOf(hasAnyPermission(current.actor)))
  if (current || (await currentPending())) redirect(PATHS.blocked)
  redirect((await isSetupOpen()) ? PATHS.setup : PATHS.signIn)
}
