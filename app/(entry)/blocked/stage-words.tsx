import type { ReactNode } from 'react'
import { Callout } from '@/components/ui/callout'
import type { LinkStage } from '@/lib/server/link-stage'
import { keptMailPlace } from '@/lib/server/mail-server'
import { OperatorHelp } from './operator-help'

interface StageWordsProps {
  stage: LinkStage
  /** Masked. */
  mailbox: string
  address: string
}

/** What became of the link so far. */
export function StageWords({ stage, mailbox, address }: StageWordsProps): ReactNode {
  if (stage.link !== 'open') return <Callout tone="warning">{overWords(stage.link, mailbox)}</Callout>
  const expiry = `It expires in ${stage.minutesLeft} ${stage.minutesLeft === 1 ? 'minute' : 'minutes'}.`
  switch (stage.mail) {
    case 'waiting':
      return <Callout>The authorization link to {mailbox} is on its way.</Callout>
    case 'delivered':
      return <Callout tone="success">{`We sent an authorization link to ${mailbox}. ${expiry}`}</Callout>
    case 'kept':
      return (
        <Callout>
          <p>Mail isn't set up here, so the link was kept for your operator. {expiry}</p>
          <p className="mt-2">
            It is {keptMailPlace()}. With the setting <code>SMTP_URL</code> it would go to {mailbox}.
          </p>
        </Callout>
      )
    case 'delayed':
      return (
        <Callout tone="warning">
          <p>The link to {mailbox} could not be sent yet. Gatehouse goes on trying.</p>
          <OperatorHelp address={address} />
        </Callout>
      )
    case 'failed':
      return (
        <Callout tone="danger">
          <p>The link to {mailbox} could not be sent.</p>
          <OperatorHelp address={address} />
        </Callout>
      )
  }
}

function overWords(link: Exclude<LinkStage['link'], 'open'>, mailbox: string): string {
  switch (link) {
    case 'expired':
      return `The link to ${mailbox} has expired. Send another one.`
    case 'guessed':
      return 'The link was closed after too many wrong codes. Send another one.'
    case 'used':
      return "The link was used, but this address isn't on the allowlist any more. Send another one."
    case 'denied':
      return 'Somebody answered the link with "I didn\'t request this".'
    case 'not-entitled':
      return "You are no longer an admin, so links of yours don't work any more."
  }
}
