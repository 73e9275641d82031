'use client'

import { CircleCheck, Clock, ShieldAlert, Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { Arrival } from '@/components/ui/arrival'
import { ButtonLink } from '@/components/ui/button-link'
import { Link } from '@/components/ui/link'
import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import type { LinkState } from '@/lib/core/authorization-link'
import { PATHS } from '@/lib/core/paths'

export type OutcomeName =
  | Exclude<LinkState, 'open'>
  | 'authorized'
  | 'admitted-already'
  | 'unknown'
  | 'needs-approval'

interface OutcomeProps {
  outcome: OutcomeName
  /** `address` of the authorized one, `until` when it is taken off again. */
  result: Readonly<Record<string, string>>
  isSameBrowser: boolean
}

/** What came of a link, or why it can't be used, each with the next step. */
export function Outcome({ outcome, result, isSameBrowser }: OutcomeProps) {
  const { tone, icon, title, news, next } = wordsOf(outcome, result)
  const isIn = outcome === 'authorized' || outcome === 'admitted-already'
  return (
    <EntryFrame width="lg" tone={tone} icon={icon} title={title}>
      <Arrival className="text-base outline-none">{news}</Arrival>
      {next && <div className="flex flex-col gap-2 text-sm text-muted">{next}</div>}
      <div>
        {isIn && isSameBrowser ? (
          <ButtonLink href={PATHS.blocked} variant="primary">
            Continue
          </ButtonLink>
        ) : (
          // Not the next thing to do: that is on the screen that asked, mostly another one.
          <ButtonLink href={PATHS.signIn}>Go to sign-in</ButtonLink>
        )}
      </div>
    </EntryFrame>
  )
}

interface Words {
  tone: 'success' | 'warning' | 'danger'
  icon: ReactNode
  title: string
  news: ReactNode
  next?: ReactNode
}

function wordsOf(outcome: OutcomeName, result: Readonly<Record<string, string>>): Words {
  const over = { tone: 'warning', icon: <Unlink /> } as const
  switch (outcome) {
    case 'authorized':
      return {
        tone: 'success',
        icon: <CircleCheck />,
        title: 'IP address authorized',
        news: (
          <p>
            <Mono>{result.address ?? ''}</Mono> is now on the allowlist.
          </p>
        ),
        next: <AfterAuthorizing until={result.until} />,
      }
    case 'admitted-already':
      return {
        tone: 'success',
        icon: <CircleCheck />,
        title: 'Nothing to authorize',
        news: (
          <p>
            <Mono>{result.address ?? ''}</Mono> is allowed already.
          </p>
        ),
        next: <p>Go back to the screen that asked and press "Continue", or sign in there.</p>,
      }
    case 'used':
      return {
        ...over,
        title: 'This link was used already',
        news: <p>An authorization link works once, and this one has done its work.</p>,
        next: (
          <p>
            If that wasn't you, change your password, and delete the address on the page{' '}
            <Link href={PATHS.ipAllowlist}>IP Allowlist</Link>.
          </p>
        ),
      }
    case 'expired':
      return {
        ...over,
        icon: <Clock />,
        title: 'This link has expired',
        news: <p>Nothing was authorized. An authorization link works for 10 minutes.</p>,
        next: (
          <p>To get a new one, sign in from the address you want to authorize, and ask for another link.</p>
        ),
      }
    case 'guessed':
      return {
        ...over,
        title: 'This link no longer works',
        news: <p>Nothing was authorized: too many wrong codes were entered.</p>,
        next: (
          <p>If you asked for the link yourself, send another one from the screen that shows the code.</p>
        ),
      }
    case 'denied':
      return {
        tone: 'danger',
        icon: <ShieldAlert />,
        title: 'Request stopped',
        news: <p>Nobody was let in by this link, and none of your other links works any more.</p>,
        next: <AfterDenying />,
      }
    case 'not-entitled':
      return {
        ...over,
        title: 'This link is no longer valid',
        news: <p>Nothing was authorized: the person it was sent to is not an active admin any more.</p>,
        next: <p>Ask one of your admins to add the address.</p>,
      }
    case 'needs-approval':
      return {
        ...over,
        title: 'Another admin has to approve first',
        news: <p>Nothing was authorized: the mailbox alone is not enough now.</p>,
        next: (
          <p>
            Ask for approval on the screen that asked for this link. The link works once another admin has
            approved.
          </p>
        ),
      }
    case 'unknown':
      return {
        ...over,
        title: 'This link is not known here',
        news: <p>Nothing was authorized. The link may be incomplete, or it is very old.</p>,
        next: <p>Copy the whole link out of the mail, or sign in again and ask for another one.</p>,
      }
  }
}

function AfterAuthorizing({ until }: { until: string | undefined }) {
  return (
    <>
      {until && (
        <p>
          It works until <Time at={until} />.
        </p>
      )}
      <p>Sign-in works from there now. On the screen that asked, press "Continue".</p>
      <p>
        To undo it, delete the address on the page <Link href={PATHS.ipAllowlist}>IP Allowlist</Link>.
      </p>
    </>
  )
}

function AfterDenying() {
  return (
    <>
      <p>
        Somebody has your password. Change it now, from an address on the allowlist, on{' '}
        <Link href={PATHS.agentConsole}>your own page</Link>. Until then no new link is sent.
      </p>
      <p>The other admins, if there are any, are told.</p>
    </>
  )
}
