'use client'

import { TriangleAlert } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { Button } from '@/components/ui/button'
import { ButtonLink } from '@/components/ui/button-link'

interface ErrorPageProps {
  error: Error & { digest?: string }
  retry: () => void
}

/** Shown when a page fails. Says nothing of the cause but the number under which the log has it. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <EntryFrame
      title="Something went wrong"
      icon={<TriangleAlert />}
      tone="danger"
      description="This page could not be shown. Try again in a moment; if it stays this way, tell your operator."
      footer={error.digest ? `Error number for your operator: ${error.digest}` : undefined}
    >
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </div>
    </EntryFrame>
  )
}
