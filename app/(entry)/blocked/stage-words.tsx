import type { LinkStage } from '@/lib/server/link-stage'

interface StageWordsProps {
  stage: LinkStage
  /** Masked. */
  mailbox: string
  address: string
}

/** What became of the link so far; announced whenever it changes. */
export function StageWords(props: StageWordsProps) {
  return (
    <div role="status" className="flex flex-col gap-2">
      <Words {...props} />
    </div>
  )
}

function Words({ stage, mailbox, address }: StageWordsProps) {
  if (stage.link !== 'open') return <p>{overWords(stage.link, mailbox)}</p>
  switch (stage.mail) {
    case 'waiting':
      return <p>The authorization link to {mailbox} is on its way.</p>
    case 'delivered':
      return (
        <p>
          We sent an authorization link to {mailbox}. It expires in {minutes(stage.minutesLeft)}.
        </p>
      )
    case 'kept':
      return (
        <>
          <p>
            Mail isn’t set up here, so the link was kept for your operator. It expires in{' '}
            {minutes(stage.minutesLeft)}.
          </p>
          <p className="text-sm text-muted">
            It stands in the terminal in which Gatehouse runs, and in the folder <code>var/mail</code>. With
            the setting <code>SMTP_URL</code> it would have been mailed to {mailbox}.
          </p>
        </>
      )
    case 'delayed':
      return (
        <>
          <p>The link to {mailbox} could not be sent yet. Gatehouse goes on trying.</p>
          <OperatorWords address={address} />
        </>
      )
    case 'failed':
      return (
        <>
          <p>The link to {mailbox} could not be sent.</p>
          <OperatorWords address={address} />
        </>
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
      return 'The link was used, but this address isn’t on the allowlist any more. Send another one.'
    case 'denied':
      return 'Somebody answered the link with “I didn’t request this”.'
    case 'not-entitled':
      return 'You are no longer an admin, so links of yours don’t work any more.'
  }
}

function OperatorWords({ address }: { address: string }) {
  return (
    <div className="text-sm text-muted">
      <p>
        Your operator can look at the setting <code>SMTP_URL</code>, or let this address in at the command
        line:
      </p>
      <code className="mt-2 block rounded-md border border-line bg-sunken px-3 py-2 font-mono text-ink wrap-anywhere">
        npm run -s gatehouse -- allowlist add {address}
      </code>
    </div>
  )
}

function minutes(count: number): string {
  return `${count} ${count === 1 ? 'minute' : 'minutes'}`
}
