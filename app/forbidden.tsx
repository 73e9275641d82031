import { Lock } from 'lucide-react'
import type { Metadata } from 'next'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'

export const metadata: Metadata = { title: 'No permission' }

/** The 403 page: somebody is signed in, and this page isn't theirs. */
export default function Forbidden() {
  return (
    <>
      <title>No permission · Gatehouse</title>
      <EntryFrame
        title="You don't have permission to view this page."
        icon={<Lock />}
        tone="warning"
        description="An admin of your account can give you the permission that it needs."
      >
        <div>
          <ButtonLink href="/" variant="primary">
            Go to the start page
          </ButtonLink>
        </div>
      </EntryFrame>
    </>
  )
}
