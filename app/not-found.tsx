import { MapPinOff } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { ButtonLink } from '@/components/ui/button-link'

export default function NotFound() {
  return (
    <EntryFrame
      title="Page not found"
      icon={<MapPinOff />}
      description="There is nothing at this address. The link may be incomplete, or what it led to was removed."
    >
      <div>
        <ButtonLink href="/" variant="primary">
          Go to the start page
        </ButtonLink>
      </div>
    </EntryFrame>
  )
}
