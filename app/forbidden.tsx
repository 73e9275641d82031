'use client'

import { Lock } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'
import { PERMISSION_WORDS } from '@/lib/core/agent-words'
import { permissionsFor } from '@/lib/core/paths'

/** The 403 page: somebody is signed in, and this page isn't theirs. It may have been made before that page was asked for. */
export default function Forbidden() {
  const needed = permissionsFor(usePathname()).map((permission) => PERMISSION_WORDS[permission])
  return (
    <EntryFrame
      title="You don't have permission to view this page."
      tabTitle="No permission"
      icon={<Lock />}
      tone="warning"
      description={`It needs the permission ${needed.join(' or ')}. An admin of your account can give it to you.`}
    >
      <div>
        <ButtonLink href="/" variant="primary">
          Go to the start page
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}
