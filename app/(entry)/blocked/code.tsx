import { CodeDigits } from '@/components/ui/code-digits'
import { codeOf } from '@/lib/data/secrets'

/** The six digits that another browser asks for. Shown here and nowhere else. */
export function Code({ pendingSignInId }: { pendingSignInId: string }) {
  return (
    <section aria-labelledby="code" className="flex flex-col gap-3 border-t border-line pt-5">
      <h2 id="code" className="text-base font-semibold">
        Your code
      </h2>
      <CodeDigits code={codeOf(pendingSignInId)} label="Your code" />
      <p className="text-sm text-muted">
        If you open the link in another browser, such as the one on your phone, it asks for this code. Type it
        there yourself, and tell it to nobody.
      </p>
      <noscript>
        <p className="text-sm text-muted">Reload this page to see whether the link was used.</p>
      </noscript>
    </section>
  )
}
