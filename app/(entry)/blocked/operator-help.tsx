import { type Address, formatAddress } from '@/lib/core/address'

/** The way in that is left when mail fails. */
export function OperatorHelp({ address }: { address: string }) {
  return (
    <>
      <p className="mt-2">
        Your operator can look at the setting <code>SMTP_URL</code>, or let this address in at the command
        line:
      </p>
      <OperatorCommand address={address} />
    </>
  )
}

/** The way in that is left when there is no other admin, or none who answers. */
export function OperatorAlone({ address, isAsked }: { address: Address; isAsked: boolean }) {
  return (
    <div className="text-sm text-muted">
      <p>
        {isAsked ? 'Nobody answers?' : 'There is nobody to ask?'} Your operator can let this address in at the
        command line:
      </p>
      <OperatorCommand address={formatAddress(address)} />
    </div>
  )
}

function OperatorCommand({ address }: { address: string }) {
  return (
    <code className="mt-2 block rounded-md border border-line bg-surface px-3 py-2 font-mono wrap-anywhere">
      npm run -s gatehouse -- allowlist add {address}
    </code>
  )
}
