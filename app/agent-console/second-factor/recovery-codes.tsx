'use client'

import { Arrival } from '@/components/ui/arrival'
import { CopyButton } from '@/components/ui/copy-button'

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes }: { codes: string }) {
  const list = codes.split(' ')
  return (
    <div className="rounded-lg border border-warning-line bg-warning-soft p-4 sm:p-5">
      <Arrival className="outline-none">
        <h3 className="text-base font-semibold">Save your recovery codes now</h3>
        <p className="mt-1 max-w-prose text-sm">
          They are shown this once. Each of them works once, in place of your second factor, when you have
          lost it. Keep them where you keep other secrets, and not on the device that they replace.
        </p>
      </Arrival>
      <ol
        aria-label="Recovery codes"
        className="mt-4 grid gap-x-8 gap-y-1.5 rounded-md border border-line bg-surface px-4 py-3 font-mono text-base sm:max-w-md sm:grid-cols-2"
      >
        {list.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-4">
        <CopyButton value={list.join('\n')} what="recovery codes" withText />
      </div>
    </div>
  )
}
