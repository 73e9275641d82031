import { Mono } from '@/components/ui/mono'
import { Time } from '@/components/ui/time'
import type { Question } from './decision'

/** Who asks from where, and where the person is who looks at the link. */
export function WhoIsWhere({ question, isSameBrowser }: { question: Question; isSameBrowser: boolean }) {
  const { address, device, requestedAt, expiresAt, isAdmittedAlready } = question
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-sunken p-4">
      <p>
        Somebody with your password is at <Mono className="text-[0.95em] font-medium">{address}</Mono>,{' '}
        {device}, since <Time at={requestedAt} />.
      </p>
      <p>{whereYouAre(question, isSameBrowser)}</p>
      <p className="text-sm text-muted">
        This link works until <Time at={expiresAt} />.
        {!isAdmittedAlready && ' It puts this one address on the allowlist, and signs nobody in.'}
      </p>
    </div>
  )
}

function whereYouAre({ ownAddress, isSameAddress }: Question, isSameBrowser: boolean) {
  if (isSameBrowser && isSameAddress) return 'That is you: the same address, and the browser that asked.'
  if (isSameAddress) return 'You are at the same address, in another browser.'
  if (ownAddress === null) return 'Where you are is unknown.'
  return (
    <>
      You are at <Mono className="text-[0.95em] font-medium">{ownAddress}</Mono>. That is another address
      {isSameBrowser && ', though the same browser'}.
    </>
  )
}
