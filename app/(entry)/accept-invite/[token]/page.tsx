import { MailOpen } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { LinkOver } from '@/components/shell/link-over'
import { ButtonLink } from '@/components/ui/button-link'
import { describeRights } from '@/lib/core/agent-words'
import { PATHS } from '@/lib/core/paths'
import { viewInvitation } from '@/lib/data/invitations'
import { answerWithStatus } from '@/lib/server/status'
import { AcceptForm } from './accept-form'

interface AcceptInvitePageProps {
  params: Promise<{ token: string }>
}

/** Looking at an invitation changes nothing; accepting it makes an agent, and signs nobody in. */
export default async function AcceptInvitePage({ params }: AcceptInvitePageProps) {
  const { token } = await params
  const view = await viewInvitation(token)
  if (view?.state !== 'open') {
    await answerWithStatus(view ? 410 : 404)
    return (
      <LinkOver {...OVER[view?.state ?? 'unknown']}>
        <ButtonLink href={PATHS.signIn}>Go to sign-in</ButtonLink>
      </LinkOver>
    )
  }
  return (
    <EntryFrame
      icon={<MailOpen />}
      title={`Your place in ${view.accountName}`}
      description={
        <>
          {view.invitedByName} invites you. You will sign in as{' '}
          <strong className="font-medium text-ink wrap-anywhere">{view.email}</strong>.
        </>
      }
    >
      <div className="rounded-md border border-line bg-sunken p-4 text-sm">
        <h2 className="font-medium">What you will be able to do</h2>
        <ul className="mt-1.5 list-disc pl-5 text-muted marker:text-muted">
          {describeRights(view.rights).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <AcceptForm token={token} email={view.email} name={view.name} />
    </EntryFrame>
  )
}

const OVER = {
  accepted: {
    title: 'This invitation was accepted already',
    words: 'It works once. Sign in with your e-mail address and the password that you chose.',
  },
  withdrawn: {
    title: 'This invitation was withdrawn',
    words: 'Whoever invited you took it back. Ask them if you think that is a mistake.',
  },
  expired: {
    title: 'This invitation is over',
    words: 'It works for 7 days. Ask whoever invited you to send it again.',
  },
  unknown: {
    title: 'This invitation is not valid',
    words:
      'Gatehouse does not know it. Copy the whole link out of the latest mail: once an invitation is sent again, the earlier link no longer works.',
  },
} as const
