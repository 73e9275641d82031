import { ShieldX } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { SignOutForm } from '@/components/shell/sign-out-form'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Refusal } from '@/lib/server/refusal'
import { signOutAction } from '../sign-out/actions'
import { AddressUnknown } from './address-unknown'
import { AdminHelp } from './admin-help'
import { AgentHelp } from './agent-help'
import { Facts } from './facts'
import { TryAgainForm } from './try-again-form'

/** The refusal, and the way on that this person has. Nothing about what is allowed. */
export function Refused({ refusal }: { refusal: Refusal }) {
  const { client, isAdmin, destination } = refusal
  return (
    <EntryFrame
      icon={<ShieldX />}
      tone="warning"
      width="lg"
      title="Your IP address is not allowed"
      description={
        refusal.pending
          ? 'Your password is right, but your account lets people in only from addresses on its allowlist.'
          : 'You are signed in, but your account lets people in only from addresses on its allowlist.'
      }
    >
      <Facts refusal={refusal} />
      {client.address === null ? (
        <AddressUnknown client={client} />
      ) : isAdmin ? (
        <AdminHelp refusal={refusal} address={client.address} />
      ) : (
        <AgentHelp accountId={refusal.accountId} />
      )}
      <div className="flex flex-wrap items-start justify-between gap-3 border-t border-line pt-5 print:hidden">
        <TryAgainForm label="Try again" pendingLabel="Checking…" variant="secondary" to={destination} />
        <SignOutForm action={signOutAction}>
          <SubmitButton variant="ghost">Sign out</SubmitButton>
        </SignOutForm>
      </div>
    </EntryFrame>
  )
}
