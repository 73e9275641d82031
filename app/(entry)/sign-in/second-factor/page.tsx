import { Hourglass, KeyRound } from 'lucide-react'
import { redirect } from 'next/navigation'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'
import { Link } from '@/components/ui/link'
import { PATHS } from '@/lib/core/paths'
import { findFactorKinds } from '@/lib/data/factors'
import { relyingParty } from '@/lib/data/passkeys'
import { currentHalf, wasHalf } from '@/lib/server/auth'
import { CodeForm } from './code-form'
import { PasskeyForm } from './passkey-form'

/** For somebody whose password was right, in this browser and in the last five minutes. */
export default async function SecondFactorPage() {
  const half = await currentHalf()
  if (!half) return (await wasHalf()) ? <Over /> : redirect(PATHS.signIn)
  const kinds = await findFactorKinds(half.agent.id)
  if (!kinds) redirect(PATHS.signIn)
  const hasPasskey = kinds.passkeys && relyingParty() !== null
  return (
    <EntryFrame
      icon={<KeyRound />}
      title="Second factor"
      description="Your password is right. Now show that it is you."
      footer={
        <>
          Lost your second factor? An admin of your account can reset it.{' '}
          <Link href={PATHS.signIn}>Start again</Link>
        </>
      }
    >
      {hasPasskey && <PasskeyForm isOnly={!kinds.totp && !kinds.codes} />}
      {(kinds.totp || kinds.codes) && <CodeForm kinds={kinds} hasPasskey={hasPasskey} />}
    </EntryFrame>
  )
}

/** Whatever ended it: five minutes, five tries, a new password. */
function Over() {
  return (
    <EntryFrame
      icon={<Hourglass />}
      tone="warning"
      title="Start again"
      description="The second step took longer than 5 minutes, or a code was wrong too many times. Nobody was signed in."
    >
      <div>
        <ButtonLink href={PATHS.signIn} variant="primary">
          Go to sign-in
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}
