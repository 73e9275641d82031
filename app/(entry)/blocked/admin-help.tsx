import { Link } from '@/components/ui/link'
import { Mono } from '@/components/ui/mono'
import { type Address, formatAddress } from '@/lib/core/address'
import { isLinkingBarred, maskEmail } from '@/lib/core/authorization-link'
import { PATHS } from '@/lib/core/paths'
import { readApprovalStanding } from '@/lib/data/approvals'
import { readLinkStage } from '@/lib/server/link-stage'
import type { Refusal } from '@/lib/server/refusal'
import { ApprovalHelp } from './approval-help'
import { Code } from './code'
import { LinkForm } from './link-form'
import { ReloadWhileVisible } from './reload-while-visible'
import { StageWords } from './stage-words'

/** An admin may let this address in with a link out of their own mailbox. */
export async function AdminHelp({ refusal, address }: { refusal: Refusal; address: Address }) {
  const { pending, person, destination } = refusal
  if (pending && isLinkingBarred(pending.agent)) return <Barred />
  if (pending && pending.address !== address) return <Moved from={pending.address} />
  const standing = pending && (await readApprovalStanding(pending))
  if (standing?.need)
    return <ApprovalHelp need={standing.need} request={standing.request} address={address} />
  const stage = pending && (await readLinkStage(pending.id))
  const mailbox = maskEmail(person.email)
  return (
    <>
      <div className="flex flex-col gap-4">
        {!stage && <Offer mailbox={mailbox} needsPassword={!pending} />}
        <div role="status" className="empty:hidden">
          {stage && <StageWords stage={stage} mailbox={mailbox} address={formatAddress(address)} />}
        </div>
        <LinkForm
          needsPassword={!pending}
          to={destination}
          sent={stage && { waitMs: stage.resendWaitMs, atMs: stage.requestedAtMs }}
        />
      </div>
      {pending && stage?.hasOpenLink && <Code pendingSignInId={pending.id} />}
      {stage && <ReloadWhileVisible />}
    </>
  )
}

function Offer({ mailbox, needsPassword }: { mailbox: string; needsPassword: boolean }) {
  return (
    <p>
      You are an admin, so you can let this address in yourself: Gatehouse mails a link to{' '}
      <span className="font-medium wrap-anywhere">{mailbox}</span>, and you confirm it there.
      {needsPassword && ' Enter your password first, to show that it is you.'}
    </p>
  )
}

function Barred() {
  return (
    <p>
      Somebody answered an earlier link with "I didn't request this", so no more links are sent until your
      password is changed. Change it from an address on the allowlist, or ask another admin for a new one.
    </p>
  )
}

function Moved({ from }: { from: Address | null }) {
  return (
    <p>
      When you signed in, you were at <Mono>{from ? formatAddress(from) : 'an unknown address'}</Mono>. To
      authorize the address you are at now, <Link href={PATHS.signIn}>sign in again</Link>.
    </p>
  )
}
