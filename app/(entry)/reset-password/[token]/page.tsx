import { KeyRound } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { LinkOver } from '@/components/shell/link-over'
import { ButtonLink } from '@/components/ui/button-link'
import { PATHS } from '@/lib/core/paths'
import { viewReset } from '@/lib/data/password-resets'
import { answerWithStatus } from '@/lib/server/status'
import { ResetForm } from './reset-form'

interface ResetPageProps {
  params: Promise<{ token: string }>
}

/** Looking at a link changes nothing; choosing the password spends it, and signs nobody in. */
export default async function ResetPage({ params }: ResetPageProps) {
  const { token } = await params
  const view = await viewReset(token)
  if (view?.state !== 'open') {
    await answerWithStatus(view ? 410 : 404)
    return (
      <LinkOver {...OVER[view?.state ?? 'unknown']}>
        <ButtonLink href={PATHS.resetPassword} variant="primary">
          Ask for a new link
        </ButtonLink>
        <ButtonLink href={PATHS.signIn}>Go to sign-in</ButtonLink>
      </LinkOver>
    )
  }
  return (
    <EntryFrame
      icon={<KeyRound />}
      title="Choose a new password"
      description={
        <>
          For <strong className="font-medium text-ink wrap-anywhere">{view.email}</strong>. You are signed out
          everywhere, and then sign in with it.
        </>
      }
    >
      <ResetForm token={token} email={view.email} />
    </EntryFrame>
  )
}

const OVER = {
  used: {
    title: 'This link was used already',
    words:
      'A link to choose a password works once. If it wasn’t you who used it, ask for a new one at once and tell your admins.',
  },
  expired: {
    title: 'This link is over',
    words:
      'It works for 30 minutes, and until the password is changed in another way. Ask for a new one if you still need it.',
  },
  unknown: {
    title: 'This link is not valid',
    words: 'Gatehouse does not know it. Copy the whole link out of the mail, or ask for a new one.',
  },
} as const
