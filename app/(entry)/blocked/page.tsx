import { redirect } from 'next/navigation'
import { homeOf, PATHS } from '@/lib/core/paths'
import { hasAnyPermission } from '@/lib/core/permissions'
import { pendingToken } from '@/lib/server/auth'
import { findCurrent } from '@/lib/server/current'
import { readRefusal } from '@/lib/server/refusal'
import { answerWithStatus } from '@/lib/server/status'
import { Allowed } from './allowed'
import { Refused } from './refused'

interface BlockedPageProps {
  searchParams: Promise<{ to?: string | string[] }>
}

/** For people who have proven who they are, at an address that the list refuses. Strangers learn nothing here. */
export default async function BlockedPage({ searchParams }: BlockedPageProps) {
  const { to } = await searchParams
  const refusal = await readRefusal(typeof to === 'string' ? to : null)
  if (!refusal) {
    const current = await findCurrent()
    if (current) redirect(homeOf(hasAnyPermission(current.actor)))
    redirect((await pendingToken()) ? PATHS.refusalOver : PATHS.signIn)
  }
  if (refusal.isAdmittedNow) return <Allowed refusal={refusal} />
  await answerWithStatus(403)
  return <Refused refusal={refusal} />
}
