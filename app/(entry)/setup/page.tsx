import { DoorClosed, KeyRound, TowerControl } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'
import { formatAddress } from '@/lib/core/address'
import { isSetupOpen } from '@/lib/data/accounts'
import { isSetupCode } from '@/lib/data/setup-link'
import { currentClient, explainClient } from '@/lib/server/client'
import { hasMailServer, keptMailPlace } from '@/lib/server/mail-server'
import { answerWithStatus } from '@/lib/server/status'
import { Seen } from './seen'
import { SetupForm } from './setup-form'
import { TestMailForm } from './test-mail-form'

interface SetupPageProps {
  searchParams: Promise<{ code?: string | string[] }>
}

/** Makes the account and its first admin: with the code that the terminal printed, and only once. */
export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { code } = await searchParams
  if (!(await isSetupOpen())) return <Closed />
  if (typeof code !== 'string' || !isSetupCode(code)) return <CodeMissing wasGiven={code !== undefined} />
  const client = await currentClient()
  const { how, setting } = explainClient(client)
  return (
    <EntryFrame
      width="lg"
      icon={<TowerControl />}
      title="Set up Gatehouse"
      description="Make your company's account and its first admin: you. The allowlist stays off until you turn it on."
    >
      <SetupForm setupCode={code} />
      <Seen
        address={client.address && formatAddress(client.address)}
        how={how}
        setting={setting}
        mailKept={hasMailServer() ? null : keptMailPlace()}
        testMail={<TestMailForm setupCode={code} />}
      />
    </EntryFrame>
  )
}

async function Closed() {
  await answerWithStatus(404)
  return (
    <EntryFrame
      icon={<DoorClosed />}
      title="Set-up is closed"
      description="This Gatehouse has its account already, so this page can't make another one."
    >
      <p className="text-sm text-muted">
        If you work here, sign in, or ask one of your admins to add you. Further accounts are made by the
        operator, at the command line.
      </p>
      <div>
        <ButtonLink href="/sign-in" variant="primary">
          Go to sign-in
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}

async function CodeMissing({ wasGiven }: { wasGiven: boolean }) {
  await answerWithStatus(403)
  return (
    <EntryFrame
      icon={<KeyRound />}
      tone="warning"
      title={wasGiven ? 'This set-up link is not valid' : 'Set-up needs its link'}
      description={
        wasGiven
          ? 'The code in the address is not the one of this Gatehouse. Copy the whole link.'
          : 'Nobody has set up this Gatehouse yet. That is done by whoever started it.'
      }
    >
      <p className="text-sm text-muted">
        The link stands in the terminal in which Gatehouse was started, in the line that begins with{' '}
        <span className="font-mono text-ink">Set up Gatehouse:</span>. On the server, the command{' '}
        <span className="font-mono text-ink">gatehouse setup-link</span> prints it again.
      </p>
    </EntryFrame>
  )
}
