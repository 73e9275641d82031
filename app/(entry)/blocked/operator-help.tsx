/** The way in that is left when mail fails. */
export function OperatorHelp({ address }: { address: string }) {
  return (
    <>
      <p className="mt-2">
        Your operator can look at the setting <code>SMTP_URL</code>, or let this address in at the command
        line:
      </p>
      <code className="mt-2 block rounded-md border border-line bg-surface px-3 py-2 font-mono wrap-anywhere">
        npm run -s gatehouse -- allowlist add {address}
      </code>
    </>
  )
}
