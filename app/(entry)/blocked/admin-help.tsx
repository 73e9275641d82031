import { CodeDigits } from '@/components/ui/code-digits'
import { Link } from '@/components/ui/link'
import { type Address, formatAddress } from '@/lib/core/address'
import { isLinkingBarred, maskEmail } from '@/lib/core/authorization-link'
import { PATHS } from '@/lib/core/paths'
import type { PendingSignIn } from '@/lib/data/pending-sign-ins'
import { codeOf } from '@/lib/data/secrets'
import { readLinkStage } from '@/lib/server/link-stage'
import type { Refusal } from '@/lib/server/refusal'
import { AuthorizeForm } from './authorize-form'
import { ReloadWhileVisible } from './reload-while-visible'
import { ResendForm } from './resend-form'
import { StageWords } from './stage-words'

/** An admin may let this address in with a link out of their own mailbox. */
export async function AdminHelp({ refusal, address }: { refusal: Refusal; address: Address }) {
  const { pending, person, destination } = refusal
  const stage = pending && (await readLinkStage(pending.id))
  if (!pending) return <Offer email={person.email} needsPassword to={destination} />
  if (isLinkingBarred(pending.agent)) return <Barred />
  if (pending.address !== address) return <Moved from={pending.address} />
  if (!stage) return <Offer email={person.email} needsPassword={false} to={destination} />
  return (
    <>
      <div className="flex flex-col gap-3">
        <StageWords stage={stage} mailbox={maskEmail(person.email)} address={formatAddress(address)} />
        <ResendForm waitMs={stage.resendWaitMs} requestedAtMs={stage.requestedAtMs} />
      </div>
      {stage.link === 'open' && <Code pending={pending} />}
      <ReloadWhileVisible />
    </>
  )
}

function Offer({ email, needsPassword, to }: { email: string; needsPassword: boolean; to: string }) {
  return (
    <div className="flex flex-col gap-4">
      <p>
        You are an admin, so you can let this address in yourself: Gatehouse mails a link to{' '}
        <span className="font-medium wrap-anywhere">{maskEmail(email)}</span>, and you confirm it there.
        {needsPassword && ' Enter your password first, to show that it is you.'}
      </p>
      <AuthorizeForm needsPassword={needsPassword} to={to} />
    </div>
  )
}

function Code({ pending }: { pending: PendingSignIn }) {
  return (
    <section aria-labelledby="code" className="flex flex-col gap-3">
      <h2 id="code" className="text-base font-semibold">
        Your code
      </h2>
      <CodeDigits code={codeOf(pending.id)} label="Your code" />
      <p className="text-sm text-muted">
        If you open the link in another browser, such as the one on your phone, it asks for this code. Type it
        there yourself, and tell it to nobody.
      </p>
      <noscript>
        <p className="text-sm text-muted">Reload this page to see whether the link was used.</p>
      </noscript>
    </section>
  )
}

function Barred() {
  return (
    <p>
      Somebody answered an earlier link with “I didn’t request this”, so no more links are sent until your
      password is changed. Change it from an address on the allowlist, or ask another admin for a new one.
    </p>
  )
}

function Moved({ from }: { from: Address | null }) {
  return (
    <p>
      When you signed in, you were at{' '}
      <span className="font-mono">{from ? formatAddress(from) : 'an unknown address'}</span>. To authorize the
      address you are at now, <Link href={PATHS.signIn}>sign in again</Link>.
    </p>
  )
}
