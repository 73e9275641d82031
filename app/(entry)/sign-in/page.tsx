import { redirect } from 'next/navigation'
import { EntryFrame } from '@/components/shell/entry-frame'
import { Callout } from '@/components/ui/callout'
import { Link } from '@/components/ui/link'
import { homeOf, PATHS, parseDestination } from '@/lib/core/paths'
import { hasAnyPermission } from '@/lib/core/permissions'
import { findCurrent } from '@/lib/server/current'
import { SignInForm } from './sign-in-form'

/** The session, or the pending sign-in, had ended when its form was sent, or while its page was open. */
const ENDED = ['session', 'sign-in', 'refusal']
/** What has just been done elsewhere, by what stands in the address. */
const NEWS: ReadonlyMap<string, string> = new Map([
  ['password', 'Your password is changed. Sign in with the new one.'],
  ['invitation', 'Welcome. Sign in with your e-mail address and the password that you chose.'],
  ['session', 'You are not signed in any more, so nothing was changed. Sign in and do it again.'],
  ['refusal', 'Your sign-in was ended, by the mailed link or by a change of your account. Sign in again.'],
  ['sign-in', 'Your sign-in has ended, so nothing was done. Sign in again.'],
])

interface SignInPageProps {
  searchParams: Promise<{ to?: string | string[]; changed?: string | string[] }>
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { to, changed } = await searchParams
  const news = NEWS.get(String(changed))
  const destination = parseDestination(typeof to === 'string' ? to : null)
  // With the database away the form is shown, and says so when it is sent.
  const current = await findCurrent().catch(() => null)
  if (current && !current.isAdmitted) redirect(PATHS.blocked)
  if (current) redirect(destination ?? homeOf(hasAnyPermission(current.actor)))
  return (
    <EntryFrame
      title="Sign in"
      description={
        destination ? 'Sign in to go on to the page you asked for.' : 'Sign in with your work account.'
      }
      footer={<Link href={PATHS.resetPassword}>Forgot your password?</Link>}
    >
      {news && (
        <Callout tone={ENDED.includes(String(changed)) ? 'warning' : 'success'} role="status">
          {news}
        </Callout>
      )}
      <SignInForm to={destination} />
    </EntryFrame>
  )
}
