import { Lock } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'

/** The 403 page: somebody is signed in, and this page isn't theirs. */
export default function Forbidden() {
  return (
    <EntryFrame
      title="You don't have permission to view this page."
      tabTitle="No permission"
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
  )
}
