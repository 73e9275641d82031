import type { ReactNode } from 'react'
import { DescriptionList } from '@/components/ui/description-list'

interface SeenProps {
  /** Null: unknown. */
  address: string | null
  how: string
  setting: string
  /** Where mail is kept; null: it goes to a mail server. */
  mailKept: string | null
  testMail: ReactNode
}

/** What this Gatehouse knows about the person's address and about mail, before anything depends on it. */
export function Seen({ address, how, setting, mailKept, testMail }: SeenProps) {
  return (
    <section aria-labelledby="seen" className="border-t border-line pt-6">
      <h2 id="seen" className="text-base font-semibold">
        Before you rely on it
      </h2>
      <DescriptionList
        className="mt-4"
        items={[
          {
            term: 'Your IP address',
            detail: (
              <>
                <span className={address ? 'font-mono text-base' : 'font-medium'}>
                  {address ?? 'Unknown'}
                </span>
                <span className="mt-1 block text-muted">{address ? how : `${how} ${setting}`}</span>
                {address && (
                  <span className="mt-1 block text-muted">
                    If that is not yours, a proxy stands in between: name it in TRUSTED_PROXIES.
                  </span>
                )}
              </>
            ),
          },
          {
            term: 'Mail',
            detail: mailKept ? (
              <>
                <span className="font-medium">Kept as files</span>
                <span className="mt-1 block text-muted">
                  No mail server is set up (SMTP_URL). Until there is one, mails and their links are{' '}
                  {mailKept}.
                </span>
              </>
            ) : (
              testMail
            ),
          },
        ]}
      />
    </section>
  )
}
